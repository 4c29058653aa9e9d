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
    let choices = lines.dropFirst().map { $0.drop { $0 == " " || $0 == "-" } }
    if !choices.isEmpty {
      message = message.replacing("Please provide one of the following:", with: "") + choices.joined(separator: ", ")
    }
    if message.contains(". Did you mean '"), message.hasSuffix("?") {
      message = message.replacing(". Did you mean '", with: " (did you mean '") + ")"
    }
    message = message.replacing(" is invalid for '--", with: " is none for '--").replacing(".  ", with: "; there are ")
      .replacing(". " + choices.joined(separator: ", "), with: "; there are " + choices.joined(separator: ", "))
    while message.last == "." || message.last == " " { message.removeLast() }
    return lowered(message) + (hint.map { "; see `\($0)`" } ?? "")
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
