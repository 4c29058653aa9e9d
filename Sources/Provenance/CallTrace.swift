import Market
import Rendering

/// What stands behind a text that a language model wrote.
package struct CallTrace: Sendable {
  /// Its number, model, outcome, tokens, cost: a line.
  package let call: String
  /// Who said what in the question, in order.
  package let prompt: [(role: String, text: String)]
  /// The bytes of the answer.
  package let answer: [UInt8]
  /// Sentences that were not believed, each with the reason.
  package let dropped: [(sentence: String, reason: String)]
  /// The members of the call in the JSON object.
  package let members: [(String, JSONValue)]

  /// A call with what was sent and what came back.
  package init(
    call: String, prompt: [(role: String, text: String)], answer: [UInt8],
    dropped: [(sentence: String, reason: String)], members: [(String, JSONValue)]
  ) {
    self.call = call
    self.prompt = prompt
    self.answer = answer
    self.dropped = dropped
    self.members = members
  }

  /// Longer answers are cut on a screen; `--raw` gives all bytes.
  private static let longestAnswer = 2_000

  /// Adds what people read.
  func add(to text: inout LabelledText) {
    text.add("call", call)
    for (index, message) in prompt.enumerated() {
      let lines = "\(message.role): \(message.text)".split(separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() { text.add(index + number == 0 ? "asked" : "", String(line)) }
    }
    let shown = String(decoding: answer.prefix(CallTrace.longestAnswer), as: UTF8.self)
    text.add("answered", shown + (answer.count > CallTrace.longestAnswer ? " … \(answer.count) bytes in all" : ""))
    for (index, one) in dropped.enumerated() {
      text.add(index == 0 ? "dropped" : "", (one.sentence.isEmpty ? "" : "\(one.sentence) — ") + one.reason)
    }
  }

  /// What programs read.
  var json: JSONValue {
    .object(
      members + [
        ("prompt", .array(prompt.map { ["role": .string($0.role), "text": .string($0.text)] })),
        ("dropped", .array(dropped.map { ["sentence": .string($0.sentence), "reason": .string($0.reason)] })),
      ])
  }
}
