import Formats
import Market

/// An answer of a server that is an error, whichever server it was.
package struct ModelFault: Hashable, Sendable {
  /// What is done about it.
  package enum Action: Hashable, Sendable {
    /// Sent again after so many seconds at least: it is known to have had no effect.
    case again(after: Int64?)
    /// Asked with less, once.
    case shorten
    /// Asked without a field that the server does not know, once.
    case change
    /// Left for the next run: it may have been done, and paid for.
    case leave
    /// Nothing more is asked in this run.
    case giveUp
    /// Nothing more is asked until a person did something.
    case userMustAct
  }

  /// What of a request a server would not take.
  enum Field: Hashable, Sendable { case schema, temperature, cap }

  let status: Int
  /// The server's own words, short.
  package let message: String
  package let action: Action
  package let finish: Finish
  let field: Field?

  /// `nil` for an answer that is no error by its status.
  package init?(_ answer: Answer) {
    guard !(200...299).contains(answer.status) else { return nil }
    let body = ErrorBody(answer.body)
    status = answer.status
    message = body.message
    let isContext = ModelFault.isAboutContext(body)
    finish = isContext ? .context : .failed
    field = answer.status == 400 || answer.status == 422 ? ModelFault.field(in: body) : nil
    action = ModelFault.action(answer, body, isContext: isContext, field)
  }

  private static func action(_ answer: Answer, _ body: ErrorBody, isContext: Bool, _ field: Field?) -> Action {
    switch answer.status {
    case 429: return limited(answer, body)
    case _ where isContext: return [400, 413, 422].contains(answer.status) ? .shorten : .giveUp
    case 503: return .again(after: RetryAfter.seconds(in: answer))
    case 400, 422: return field == nil ? .userMustAct : .change
    case 401, 402, 403, 404: return .userMustAct
    case 408, 409, 500...599: return .leave
    default: return .giveUp
    }
  }

  /// Too often, too much at once, or no money left: one status for three things.
  private static func limited(_ answer: Answer, _ body: ErrorBody) -> Action {
    if !final.isDisjoint(with: [body.code, body.type]) { return .userMustAct }
    if let limit = number(after: "Limit ", in: body.message),
      let wanted = number(after: "Requested ", in: body.message),
      wanted > limit
    {
      return .giveUp
    }
    let told = seconds(in: body.message)
    let header = RetryAfter.seconds(in: answer)
    return .again(after: [told, header].compactMap { $0 }.max())
  }

  private static let final: Set<String> = [
    "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded", "organization_usage_limit_exceeded",
  ]

  private static func isAboutContext(_ body: ErrorBody) -> Bool {
    if [body.code, body.type].contains(where: { ["context_length_exceeded", "exceed_context_size_error"].contains($0) })
    {
      return true
    }
    let words = body.message.lowercased()
    return ["context length", "context size", "context window", "prompt is too long"].contains { words.contains($0) }
  }

  private static func field(in body: ErrorBody) -> Field? {
    let words = (body.param + " " + body.message).lowercased()
    if words.contains("response_format") || words.contains("json_schema") { return .schema }
    if words.contains("temperature") { return .temperature }
    return words.contains("max_tokens") || words.contains("max_completion_tokens") ? .cap : nil
  }

  private static func number(after word: String, in text: String) -> Int64? {
    text.firstRange(of: word).flatMap { Int64(text[$0.upperBound...].prefix(while: \.isNumber)) }
  }

  /// `Please try again in 1.574s`: rounded up.
  private static func seconds(in text: String) -> Int64? {
    guard let place = text.firstRange(of: "try again in ") else { return nil }
    let rest = text[place.upperBound...]
    let digits = rest.prefix { $0.isNumber || $0 == "." }
    guard let value = Double(digits), value < 1_000_000 else { return nil }
    let unit = rest.dropFirst(digits.count)
    let seconds = unit.hasPrefix("ms") ? value / 1000 : unit.hasPrefix("m") ? value * 60 : value
    return Int64(seconds.rounded(.up))
  }

  /// What an answer means for sending the same again. Of what the status tells as well, nothing.
  package static func verdict(on answer: Answer) -> RetryVerdict? {
    guard let fault = ModelFault(answer) else { return nil }
    switch fault.action {
    case .again(let seconds): return answer.status == 429 ? .throttled(retryAfter: seconds) : nil
    case .leave: return nil
    case .shorten, .change, .giveUp, .userMustAct: return .final
    }
  }
}

/// The parts of an error in any of the shapes in which servers give one.
private struct ErrorBody {
  let message: String
  let code: String
  let type: String
  let param: String

  /// The first of an array; then `error` as an object or a text, or the object itself; else the beginning of the text.
  init(_ body: [UInt8]) {
    let scalars = (try? JSONCursor.scalars(in: body)) ?? []
    func text(_ name: String) -> String? {
      scalars.first { ($0.path == ["error", name]) || $0.path == ["0", "error", name] || $0.path == [name] }?.text
    }
    let plain = scalars.first { $0.path == ["error"] && $0.isString }?.text
    let words = text("message") ?? plain ?? ErrorBody.withoutTags(String(decoding: body.prefix(2_000), as: UTF8.self))
    message = String(words.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300))
    code = text("code") ?? ""
    type = text("type") ?? ""
    param = text("param") ?? ""
  }

  private static func withoutTags(_ text: String) -> String {
    var (plain, isTag) = ("", false)
    for letter in text {
      if letter == "<" { isTag = true }
      if !isTag { plain.append(letter) }
      if letter == ">" { isTag = false }
    }
    return plain
  }
}
