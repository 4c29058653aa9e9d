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

  /// Symbols of those wanted that are not in what a question looks up, so that nobody can be asked about them; none unless
  /// it says otherwise.
  func unlisted(_ want: Want) -> [String]

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

  /// A provider that looks nothing up.
  package func unlisted(_ want: Want) -> [String] { [] }

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
  /// Funds to ask one by one, where a provider answers by fund; symbols, where a question is about several series.
  package let tickers: [String]
  /// How often values of an economic series come; `nil` of all others, and where nobody knows.
  package let frequency: Frequency?
  /// Whether a key goes along, of a provider that is asked otherwise without one.
  package let isKeyed: Bool
  /// The newest answer to what its question looks up; `nil` where it looks nothing up.
  package let lookedUp: Answer?

  /// What is wanted of a series.
  package init(
    series: SeriesKey, span: ClosedRange<Instant>, tickers: [String] = [], frequency: Frequency? = nil,
    isKeyed: Bool = false
  ) {
    subject = .series(series)
    self.span = span
    self.tickers = tickers
    (self.frequency, self.isKeyed, lookedUp) = (frequency, isKeyed, nil)
  }

  /// What is wanted of a question; `tickers` are the provider's symbols of the series that it is about.
  package init(
    question: Question, span: ClosedRange<Instant>, tickers: [String] = [], lookedUp: Answer? = nil
  ) {
    subject = .question(question)
    self.span = span
    self.tickers = tickers
    self.lookedUp = lookedUp
    (frequency, isKeyed) = (nil, false)
  }

  /// The series, where it is about one.
  package var series: SeriesKey? { if case .series(let key) = subject { key } else { nil } }
}

/// A question that is about no series of its own: its answer says which series it speaks of.
package struct Question: Hashable, Sendable {
  package let provider: ProviderName
  /// Its name among those of the provider: `coins`, `acts`.
  package let name: String
  /// The step of a run in which it is asked.
  package let step: StepName
  /// Each of its requests is due when the last good answer to it is so many seconds old.
  package let every: Int64
  /// Where it is due once a UTC day: from how many seconds of it on; `nil` for what goes by `every` alone.
  package let dailyFrom: Int64?
  /// The kind of series that it is about, which are named to the provider; it is not asked where none is followed. `nil`
  /// where the answer says of what it speaks.
  package let subject: Dataset?
  /// Whether it is answered only with a key, whatever else the provider answers without.
  package let needsKey: Bool
  /// What has to be known before it can be asked, such as a list of numbers by symbol: asked for first, and kept.
  package let lookup: Lookup?
  /// The one series that its answers fill, where `subject` only says about what it is: it is not asked where that is not
  /// followed. `nil` where the answers say it.
  package let fills: SeriesKey?
  /// Whether an answer says mostly what the one before it said, so that it is kept beside that one.
  package let repeatsItself: Bool

  /// A request whose answer other requests are made from.
  package struct Lookup: Hashable, Sendable {
    /// What is asked for.
    package let request: Request
    /// It is asked for again when its last good answer is so many seconds old.
    package let every: Int64

    /// A request and how long its answer holds.
    package init(_ request: Request, every: Int64) { (self.request, self.every) = (request, every) }
  }

  /// A question of a provider.
  package init(
    provider: ProviderName, name: String, step: StepName, every: Int64, dailyFrom: Int64? = nil,
    about subject: Dataset? = nil, needsKey: Bool = false, lookup: Lookup? = nil,
    fills series: SeriesKey? = nil, repeatsItself: Bool = false
  ) {
    (self.lookup, fills, self.repeatsItself) = (lookup, series, repeatsItself)
    self.provider = provider
    self.name = name
    self.step = step
    self.every = every
    self.dailyFrom = dailyFrom
    self.subject = subject
    self.needsKey = needsKey
  }

  /// A clock that was put back by no more than so many seconds makes nothing due.
  private static let setBack: Int64 = 3600

  /// Whether it is to be asked again after its last good answer.
  package func isDue(at now: Instant, after last: Instant) -> Bool {
    if last - now > Question.setBack { return true }
    guard let dailyFrom else { return now - last >= every }
    let today = now.day.start + dailyFrom
    return last < (now < today ? today - 86_400 : today)
  }
}

/// What holds for every request to a provider.
package struct ProviderProfile: Sendable {
  package let name: ProviderName
  /// For people: `Binance`.
  package let title: String
  /// Scheme, host and, where the API has one, a path prefix; no slash at the end. Empty where every request names its host.
  package let baseURL: String
  /// The other servers that its requests may name.
  package let hosts: AllowedHosts
  /// Where a person can read about it, and the credit that the provider asks for.
  package let homepage: String
  package let politeness: Politeness
  package let patience: Patience
  /// What an answer means for asking again, where its status does not tell; `nil` leaves that to the status. Pure.
  package let verdict: @Sendable (Answer) -> RetryVerdict?
  package let redirects: RedirectRule
  /// How a key travels, if the provider takes one.
  package let credential: Credential?
  /// Whether it answers conditional requests (`ETag`, `Last-Modified`).
  package let answersConditionally: Bool
  /// Seconds after the close of a bar before it may be taken as final.
  package let safety: Int64
  /// A cheap request that tells whether the provider can be reached.
  package let probe: Request
  /// Whether an answer to it says that New York's regular session is on; `nil` where it does not say. Pure.
  package let sessionTold: @Sendable (Answer) -> Bool?
  /// Who asks, as it wants to be told: made of `appliance/0.1.0`. Pure.
  package let userAgent: @Sendable (String) -> String

  /// - Parameter redirects: within the server asked unless said otherwise, and to any public one where every public host
  ///   may be asked anyway.
  package init(
    name: ProviderName, title: String, baseURL: String, hosts: AllowedHosts = .own, homepage: String,
    politeness: Politeness, patience: Patience = Patience(), redirects: RedirectRule? = nil,
    credential: Credential? = nil, answersConditionally: Bool = false, safety: Int64, probe: Request,
    verdict: @escaping @Sendable (Answer) -> RetryVerdict? = { _ in nil },
    sessionTold: @escaping @Sendable (Answer) -> Bool? = { _ in nil },
    userAgent: @escaping @Sendable (String) -> String = { $0 }
  ) {
    self.name = name
    self.title = title
    self.baseURL = baseURL
    self.hosts = hosts
    self.homepage = homepage
    self.politeness = politeness
    self.patience = patience
    self.verdict = verdict
    self.redirects = redirects ?? (hosts == .anyPublic ? .toPublicServers : .withinServer)
    self.credential = credential
    self.answersConditionally = answersConditionally
    self.safety = safety
    self.probe = probe
    self.sessionTold = sessionTold
    self.userAgent = userAgent
  }

  /// The address of a request to this provider where no setting has moved it.
  package func address(of request: Request) -> String {
    (request.host?.origin ?? baseURL) + request.pathAndQuery
  }
}

/// Which redirects of a provider are followed.
package enum RedirectRule: Hashable, Sendable {
  /// Those within the same scheme, host and port; three for one request.
  case withinServer
  /// Also those to another server in the open internet, where neither a key nor a body goes along; five for one request.
  case toPublicServers
}
