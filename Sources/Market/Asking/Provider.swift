/// The name under which a provider stands in settings, tables and messages: `binance`, `alternative.me`.
package struct ProviderName: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  package let description: String

  package init(_ name: String) { description = name }
  package init(stringLiteral name: String) { description = name }
  package static func < (a: ProviderName, b: ProviderName) -> Bool { a.description < b.description }

  /// Letters, digits and underscores only, as in `APPLIANCE_<PROVIDER>_BASE_URL`: `ALTERNATIVE_ME`.
  package var settingName: String {
    String(
      description.uppercased().unicodeScalars.map {
        $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "_"
      })
  }

  /// Its name in a path under `APPLIANCE_BASE_URL`: `alternative-me`.
  package var pathName: String {
    String(
      description.lowercased().unicodeScalars.map {
        $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "-"
      })
  }
}

/// Somebody who answers questions about markets: what to ask, and how to read the answer.
///
/// A provider never touches the network, a clock or a database. `requests(for:at:)` and `read(_:to:)` are pure: equal
/// arguments give equal results, so that an answer read from the vault years later gives the same facts.
package protocol Provider: Sendable {
  var profile: ProviderProfile { get }

  /// What it tells as a whole, besides its series; nothing unless it says otherwise.
  var questions: [Question] { get }

  /// The requests that together bring what is wanted, in the order in which they should be sent.
  ///
  /// Empty when this provider cannot bring any of it, for instance because it only reaches back thirty days.
  func requests(for want: Want, at now: Instant) -> [Request]

  /// The facts in an answer to one of this provider's requests.
  ///
  /// A row that cannot be believed is among `refusals` and costs only itself; an answer that is not of the expected
  /// shape, or that is an error, throws. Rows that are not final at `answer.receivedAt` are left out.
  func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading

  /// Where in an answer to one of this provider's requests a figure stands that was read from it.
  ///
  /// Pure, like `read`, and about the same row that `read` believed. `nil` where the answer does not hold it.
  func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place?
}

extension Provider {
  /// A provider of series alone.
  package var questions: [Question] { [] }

  /// A provider that cannot point at its figures: they are still traced to the answer, not to a place in it.
  package func locate(_ figure: Figure, in answer: Answer, to request: Request) -> Place? { nil }
}

/// What is wanted of a provider: every fact of a subject whose key lies in a span.
package struct Want: Hashable, Sendable {
  /// What is asked about.
  package enum Subject: Hashable, Sendable {
    /// One series.
    case series(SeriesKey)
    /// Something that the provider tells as a whole: a feed, a list of all coins, the week's events.
    case question(Question)
  }
  package let subject: Subject
  /// First and last open time (for days, the start of the day) wanted.
  package let span: ClosedRange<Instant>
  /// Funds to ask one by one, where a provider answers by fund.
  package let tickers: [String]

  /// What is wanted of a series.
  package init(series: SeriesKey, span: ClosedRange<Instant>, tickers: [String] = []) {
    subject = .series(series)
    self.span = span
    self.tickers = tickers
  }

  /// What is wanted of a question.
  package init(question: Question, span: ClosedRange<Instant>) {
    subject = .question(question)
    self.span = span
    tickers = []
  }

  /// The series, where it is about one.
  package var series: SeriesKey? { if case .series(let key) = subject { key } else { nil } }
}

/// A question that is about no series of its own: its answer says which series it speaks of.
package struct Question: Hashable, Sendable {
  package let provider: ProviderName
  /// Its name among those of the provider: `coins`, `this-week`.
  package let name: String
  /// The step of a run in which it is asked.
  package let step: StepName
  /// It is due when its last good answer is so many seconds old.
  package let every: Int64

  /// A question of a provider.
  package init(provider: ProviderName, name: String, step: StepName, every: Int64) {
    self.provider = provider
    self.name = name
    self.step = step
    self.every = every
  }
}

/// What holds for every request to a provider.
package struct ProviderProfile: Sendable {
  package let name: ProviderName
  /// For people: `Binance`.
  package let title: String
  /// Scheme, host and, where the API has one, a path prefix; no slash at the end.
  package let baseURL: String
  /// Where a person can read about it, and the credit that the provider asks for.
  package let homepage: String
  package let politeness: Politeness
  /// How a key travels, if the provider takes one.
  package let credential: Credential?
  /// Whether it answers conditional requests (`ETag`, `Last-Modified`).
  package let answersConditionally: Bool
  /// Seconds after the close of a bar before it may be taken as final.
  package let safety: Int64
  /// A cheap request that tells whether the provider can be reached.
  package let probe: Request

  package init(
    name: ProviderName, title: String, baseURL: String, homepage: String, politeness: Politeness,
    credential: Credential? = nil, answersConditionally: Bool = false, safety: Int64, probe: Request
  ) {
    self.name = name
    self.title = title
    self.baseURL = baseURL
    self.homepage = homepage
    self.politeness = politeness
    self.credential = credential
    self.answersConditionally = answersConditionally
    self.safety = safety
    self.probe = probe
  }
}

/// How a provider wants to be asked.
package struct Politeness: Hashable, Sendable {
  /// At most `limit` units of `Request.weight` in `window` seconds.
  package let limit: Int
  package let window: Int64
  /// With a key; the same as `limit` where a key changes nothing.
  package let limitWithKey: Int
  /// Requests under way at the same time.
  package let concurrency: Int
  /// The least time between the starts of two requests.
  package let spacing: Duration

  package init(limit: Int, window: Int64, limitWithKey: Int? = nil, concurrency: Int, spacing: Duration = .zero) {
    self.limit = limit
    self.window = window
    self.limitWithKey = limitWithKey ?? limit
    self.concurrency = concurrency
    self.spacing = spacing
  }
}

/// How a key is sent and where people put it.
package struct Credential: Hashable, Sendable {
  /// The request header that carries it. Keys are never put into an address.
  package let header: String
  /// The setting that holds it: `COINGECKO_API_KEY`.
  package let setting: String
  /// Whether nothing at all is answered without it.
  package let isRequired: Bool

  package init(header: String, setting: String, isRequired: Bool) {
    self.header = header
    self.setting = setting
    self.isRequired = isRequired
  }
}
