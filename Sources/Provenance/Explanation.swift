import Market
import Rendering
import Store

/// The answer to "where does this come from", for people and for programs.
package struct Explanation: Sendable {
  /// What the value is, or that there is none.
  package let headline: String
  /// How it came about, a label a line.
  package let details: LabelledText
  /// The members of the JSON object, after `version`.
  let members: [(String, JSONValue)]
  /// Whether nothing is stored under that name; the details say why.
  package let isAbsent: Bool
  /// The bytes of the answer that it was read from; `nil` for what was computed and where there is no answer.
  package let answer: [UInt8]?

  /// Headline and details, folded to `width` columns.
  package func text(width: Int?, style: TextStyle = .plain) -> String {
    let lines = LabelledText.folded(TerminalText.escaped(headline), to: width)
    return lines.map { style.bold($0) + "\n" }.joined() + details.text(width: width, style: style)
  }

  /// `version` is 1 until a member changes its meaning or goes.
  package var json: JSONValue { .object([("version", 1)] + members) }
}

/// A command such as `ingest --force` as it is typed where the question was: the program by its name or path, and the
/// record that was meant.
package typealias TypedCommand = @Sendable (String) -> String

/// The command behind the name of the program.
package let plainlyTyped: TypedCommand = { "appliance \($0)" }

/// Why a question of `why` cannot be asked.
package enum WhyError: Error, Hashable, Sendable {
  /// No series of the file fits the words.
  case noSeries(String, known: [String])
  case noField(String, of: String, known: [String])
}

extension WhyError: CustomStringConvertible {
  /// What was asked in vain, and what there is instead; one line, fit for a terminal.
  package var description: String {
    switch self {
    case .noSeries(let asked, let known):
      "no series here is \(asked)" + (known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))")
    case .noField(let field, let row, let known):
      "\(row) has no figure '\(TerminalText.truncated(TerminalText.escaped(field), to: 40))'; it has "
        + known.joined(separator: ", ")
    }
  }
}

extension FigureValue {
  /// The value with all its digits; `–` for none.
  var text: String {
    switch self {
    case .number(let value): NumberText.text(value)
    case .whole(let value): "\(value)"
    case .text(let text): text
    case .absent: "–"
    }
  }

  var json: JSONValue {
    switch self {
    case .number(let value): .number(value)
    case .whole(let value): .integer(value)
    case .text(let text): .string(text)
    case .absent: .null
    }
  }
}
