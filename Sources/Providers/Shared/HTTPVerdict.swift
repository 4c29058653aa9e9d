import Formats
import Market

/// What the status of an answer and the look of its body say before anything is read.
struct HTTPVerdict {
  let answer: Answer
  /// The provider's own words, cut to a line; the start of the body where they are not where they used to be.
  let message: String

  /// - Parameter paths: where this provider puts the words of an error.
  init(_ answer: Answer, messageAt paths: [[String]]) {
    self.answer = answer
    let words = paths.lazy.compactMap { JSONCursor.text(at: $0, in: answer.body) }.first
    message = words.map { Excerpt.of($0, limit: 200) } ?? Self.start(of: answer)
  }

  /// What stands against reading the answer; `nil` for HTTP 200 with a body that is no web page or firewall text.
  ///
  /// - Parameters:
  ///   - symbol: what was asked for, if 404 means that the provider does not know it.
  ///   - takesKey: whether 401 and 403 speak of a key; otherwise 403 is a firewall.
  func objection(symbol: String?, takesKey: Bool) -> ReadingError? {
    switch answer.status {
    case 200: pageInsteadOfData
    case 429, 418: .throttled(retryAfter: RetryAfter.seconds(in: answer))
    case 404: symbol.map { .unknownSymbol($0) } ?? .refused(status: 404, message: message)
    case 401: takesKey ? .keyRefused(message: message) : .refused(status: 401, message: message)
    case 403: takesKey && !looksLikePage ? .keyRefused(message: message) : .blocked(message: message)
    case 451: .restricted(message: message)
    case 408, 500...: .outOfOrder(status: answer.status, message: message)
    default: .refused(status: answer.status, message: message)
    }
  }

  /// A page or a firewall's line under HTTP 200.
  private var pageInsteadOfData: ReadingError? {
    if looksLikePage {
      return Excerpt.of(answer.body, limit: 4096).lowercased().contains("maintenance")
        ? .outOfOrder(status: 200, message: "a maintenance page in place of data")
        : .blocked(message: "a web page in place of data")
    }
    return cloudflareCode.map {
      $0 == "1015" ? .throttled(retryAfter: RetryAfter.seconds(in: answer)) : .blocked(message: "error code: \($0)")
    }
  }

  /// Whether the body begins as HTML does.
  var looksLikePage: Bool {
    answer.body.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF } == UInt8(ascii: "<")
  }

  /// The number in `error code: 1015`, all that Cloudflare says to programs.
  var cloudflareCode: String? {
    let text = Excerpt.of(answer.body, limit: 40)
    guard answer.body.count <= 40, text.hasPrefix("error code: ") else { return nil }
    return String(text.dropFirst(12).prefix { $0.isNumber })
  }

  private static func start(of answer: Answer) -> String {
    let text = Excerpt.of(answer.body, limit: 200)
    if text.allSatisfy({ $0 == " " }) { return "no message" }
    return text.hasPrefix("<") ? "a web page" : text
  }
}
