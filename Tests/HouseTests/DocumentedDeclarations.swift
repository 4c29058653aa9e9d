import Foundation

/// The declarations of a Swift file that other rooms can see, and which of them bear a doc comment.
///
/// Reads lines, not the grammar: a declaration begins its line, as the formatter has it. The cases of an enum are left
/// out, since the enum says what they are. Attributes on lines of their own may stand between comment and declaration.
struct DocumentedDeclarations {
  /// How many there are.
  private(set) var count = 0
  /// Lines, counted from 1, of those without a comment.
  private(set) var bare: [Int] = []

  var documented: Int { count - bare.count }

  init(_ text: String) {
    let lines = text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    for (index, line) in lines.enumerated() where Self.isDeclaration(line) {
      count += 1
      let before = lines[..<index].last { !$0.hasPrefix("@") } ?? ""
      if !before.hasPrefix("///"), !before.hasSuffix("*/") { bare.append(index + 1) }
    }
  }

  private static let kinds: Set<Substring> = [
    "func", "var", "let", "init", "struct", "class", "enum", "protocol", "typealias", "actor", "subscript",
  ]
  private static let modifiers: Set<Substring> = [
    "final", "static", "mutating", "indirect", "borrowing", "consuming", "nonisolated", "override", "convenience",
    "private", "fileprivate", "internal", "unsafe", "lazy", "weak",
  ]

  /// Whether a line declares something `package` or `public`: attributes, the level, modifiers, then what it is.
  private static func isDeclaration(_ line: String) -> Bool {
    var rest = line[...]
    while rest.hasPrefix("@") {
      guard let end = endOfAttribute(rest) else { return false }
      rest = rest[end...].drop { $0 == " " }
    }
    guard rest.hasPrefix("package ") || rest.hasPrefix("public ") else { return false }
    var words = rest.replacing("(set)", with: "").split { !$0.isLetter }.dropFirst()
    while let word = words.first, modifiers.contains(word) { words.removeFirst() }
    return words.first.map(kinds.contains) ?? false
  }

  /// Behind the attribute that a text begins with, its parentheses included; `nil` where it goes on on the next line.
  private static func endOfAttribute(_ text: Substring) -> Substring.Index? {
    var depth = 0
    for index in text.indices {
      switch text[index] {
      case "(": depth += 1
      case ")": depth -= 1
      case " " where depth == 0: return index
      default: break
      }
    }
    return nil
  }
}
