import Market
import Support
import Testing

/// One way in which a provider can misbehave, made from its true answer to the same request.
struct Fault: Sendable, CustomTestStringConvertible {
  typealias Response = LoopbackServer.Response

  /// The true answer, for a fault to damage.
  struct Question: Sendable {
    let answers: GoodAnswers
    let request: LoopbackServer.Request

    var text: String { answers.text(for: request) }
    var bytes: [UInt8] { Array(text.utf8) }
    /// Its header lines, without a length.
    var lines: [String] { ["HTTP/1.1 200 OK", "Content-Type: \(answers.contentType)"] }

    /// These bytes as an answer without any fault.
    func whole(_ bytes: [UInt8], _ headers: Response.Headers = []) -> Response {
      .answer(200, [("Content-Type", answers.contentType)] + headers, body: bytes)
    }

    func whole(_ text: String) -> Response { whole(Array(text.utf8)) }
  }

  let testDescription: String
  /// Whether only a time limit ends it; the request then gets a short one.
  let isSlow: Bool
  /// For whom it is no damage but another truth, which nobody could tell from the answer alone.
  let believed: Set<ProviderName>
  let answer: @Sendable (Question) -> Response

  init(
    _ name: String, isSlow: Bool = false, believed: Set<ProviderName> = [],
    _ answer: @escaping @Sendable (Question) -> Response
  ) {
    testDescription = name
    self.isSlow = isSlow
    self.believed = believed
    self.answer = answer
  }

  static let all = statuses + framings + encodings + paces + redirects + sizes + json + html
}

extension Fault {
  /// A provider of each kind of answer: rows of numbers, entries with names, a page, columns. They meet every fault.
  static let ofEachKind: Set<ProviderName> = ["binance", "alternative.me", "farside", "yahoo"]

  /// What the other providers meet as well: what is decided by their own readers and profiles, and one fault of each kind
  /// that is decided before anybody knows whose answer it is.
  static let representative: Set<String> = [
    "status 401", "status 404", "status 429, Retry-After in seconds", "hung up in the body", "a gzip bomb",
    "redirected to another host", "no row", "numbers: a word", "JSON of another shape", "members twice",
    "the first half", "another symbol, where the answer names one", "a welcome page",
  ]

  /// Whether a provider meets the fault.
  func concerns(_ provider: ProviderName) -> Bool {
    Fault.ofEachKind.contains(provider) || Fault.representative.contains(testDescription)
  }
}
