import ArgumentParser
import Rendering

/// What the parser says of arguments that it does not understand, in the one line that every error of ours is.
enum UsageMessage {
  /// - Parameter text: the parser's account: the error, what the flag is, how the command is called.
  static func line(_ text: String) -> String {
    var lines = text.split(separator: "\n").map(String.init)
    let hint = lines.first { $0.hasPrefix("  See '") }.flatMap(hint)
    if let usage = lines.firstIndex(where: { $0.hasPrefix("Usage: ") || $0.hasPrefix("Help: ") }) {
      lines.removeSubrange(usage...)
    }
    guard var message = lines.first, message.hasPrefix("Error: ") else { return text }
    message.removeFirst("Error: ".count)
    let more = lines.dropFirst().map { String($0.drop { $0 == " " || $0 == "-" }) }
    message = listed(message, more) ?? ([message] + more).joined(separator: ", ")
    if message.contains(". Did you mean '"), message.hasSuffix("?") {
      message = message.replacing(". Did you mean '", with: " (did you mean '") + ")"
    }
    message = message.replacing(" is invalid for '--", with: " is none for '--")
      .replacing(" is invalid for '<", with: " is none for '<")
    while message.last == "." || message.last == " " { message.removeLast() }
    return lowered(message) + (hint.map { "; see `\($0)`" } ?? "")
  }

  /// What can be given instead, which the parser tells in a sentence (`one of 'a', 'b' or 'c'`) where there are few, and
  /// in lines of their own where there are many; `nil` where it tells nothing of that.
  private static func listed(_ message: String, _ lines: [String]) -> String? {
    guard let beginning = message.ranges(of: ". Please provide one of ").last else { return nil }
    let sentence = message[beginning.upperBound...]
    let quoted = sentence.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    let values = sentence.hasPrefix("the following") ? lines : quoted
    return message[..<beginning.lowerBound] + (values.count == 1 ? "; there is " : "; there are ")
      + values.joined(separator: ", ")
  }

  private static func hint(_ line: String) -> String? {
    line.split(separator: "'").dropFirst().first.map(String.init)
  }

  /// A sentence's first letter within another sentence; names and flags stay as they are.
  private static func lowered(_ message: String) -> String {
    let word = message.prefix { $0.isLetter }
    guard word.dropFirst().allSatisfy(\.isLowercase) else { return message }
    return message.prefix(1).lowercased() + String(message.dropFirst())
  }
}
