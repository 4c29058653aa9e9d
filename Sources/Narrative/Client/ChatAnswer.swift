import Formats
import Market

/// What a server with OpenAI's chat completions answered. Pure.
package struct ChatAnswer: Hashable, Sendable {
  /// How it ended.
  package let finish: Finish
  /// What it said; `nil` where that is not to be used.
  package let text: String?
  package let usage: TokenUsage
  /// The model as the server names it.
  package let model: String?
  /// What it said in place of an answer, or what is wrong with it; short.
  package let detail: String?

  /// Reads any answer, also one that is an error.
  package init(_ answer: Answer) {
    if let fault = ModelFault(answer) {
      self.init(finish: fault.finish, detail: "HTTP \(answer.status): \(fault.message)")
      return
    }
    guard let scalars = try? JSONCursor.scalars(in: answer.body) else {
      self.init(finish: .failed, detail: "it is no JSON object")
      return
    }
    let reader = Reader(scalars: Dictionary(scalars.map { ($0.path, $0) }) { first, _ in first })
    guard reader.hasChoice else {
      let words = reader.text("error", "message") ?? reader.text("error") ?? "it holds no choice"
      self.init(finish: .failed, usage: reader.usage, model: reader.text("model"), detail: String(words.prefix(300)))
      return
    }
    let finish = reader.finish
    let isUsable = finish == .complete
    self.init(
      finish: finish, text: isUsable ? reader.content : nil, usage: reader.usage, model: reader.text("model"),
      detail: isUsable ? nil : reader.detail)
  }

  private init(
    finish: Finish, text: String? = nil, usage: TokenUsage = TokenUsage(), model: String? = nil, detail: String?
  ) {
    self.finish = finish
    self.text = text
    self.usage = usage
    self.model = model
    self.detail = detail
  }
}

private struct Reader {
  let scalars: [[String]: JSONScalar]

  func text(_ path: String...) -> String? { scalars[path]?.text }

  var hasChoice: Bool { scalars.keys.contains { $0.starts(with: ["choices", "0"]) } }

  private func choice(_ path: String...) -> String? { scalars[["choices", "0"] + path]?.text }

  /// A text, or the texts of its parts.
  var content: String? {
    if let whole = choice("message", "content") { return whole.isEmpty ? nil : whole }
    var (parts, number) = ("", 0)
    while scalars.keys.contains(where: { $0.starts(with: ["choices", "0", "message", "content", "\(number)"]) }) {
      parts += choice("message", "content", "\(number)", "text") ?? ""
      number += 1
    }
    return parts.isEmpty ? nil : parts
  }

  private var refusal: String? { choice("message", "refusal").flatMap { $0.isEmpty ? nil : $0 } }

  var finish: Finish {
    if refusal != nil { return .refused }
    switch choice("finish_reason") {
    case "stop": return content == nil ? .failed : .complete
    case "length": return .length
    case "content_filter": return .blocked
    case nil: return .failed
    case let other?: return .unknown(other)
    }
  }

  var detail: String? {
    if let refusal { return String(refusal.prefix(300)) }
    switch finish {
    case .failed: return "its text is empty"
    case .length: return "it was cut off at the most tokens that it may have"
    case .unknown(let word): return "it ended with '\(word.prefix(40))'"
    default: return nil
    }
  }

  var usage: TokenUsage {
    func count(_ path: String...) -> Int64? {
      scalars[["usage"] + path]?.text.flatMap { Int64($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }
    return TokenUsage(
      input: count("prompt_tokens"), cached: count("prompt_tokens_details", "cached_tokens"),
      cacheWrite: count("prompt_tokens_details", "cache_write_tokens"), output: count("completion_tokens"),
      reasoning: count("completion_tokens_details", "reasoning_tokens"))
  }
}
