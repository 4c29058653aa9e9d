/// The settings in a `.env` file.
///
/// Lines are `KEY=value` or `export KEY=value`; blank lines and those that begin with `#` are passed over. A bare value
/// ends before ` #`; in single quotes everything stands for itself; in double quotes `\n`, `\t`, `\"`, `\\` and `\$` are
/// escapes. A value ends on its line. Nothing is expanded. CRLF and a byte order mark are accepted.
package struct DotEnv: Hashable, Sendable {
  /// One setting and the line, counted from 1, on which it stands.
  package struct Entry: Hashable, Sendable {
    /// Letters, digits and underscores; begins with no digit.
    package let key: String
    /// Without its quotes, escapes undone. May be a secret.
    package let value: String
    /// Counted from 1.
    package let line: Int
  }

  /// In the order of their lines. Of a repeated key only the last is here.
  package let entries: [Entry]

  /// - Throws: at the first line that cannot be read; the error never shows a value, which may be a secret.
  package init(_ bytes: [UInt8]) throws(DotEnvError) {
    var entries: [Entry] = []
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      var line = line
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      do throws(DotEnvError.Problem) {
        guard let (key, value) = try DotEnv.setting(in: line) else { continue }
        entries.removeAll { $0.key == key }
        entries.append(Entry(key: key, value: value, line: index + 1))
      } catch {
        throw DotEnvError(line: index + 1, problem: error)
      }
    }
    self.entries = entries
  }

  /// The value of the last line of this name; `nil` where there is none.
  package subscript(key: String) -> String? { self.entry(key)?.value }

  /// The setting of that name, with its line.
  package func entry(_ key: String) -> Entry? {
    entries.first { $0.key == key }
  }
}

/// A line of a `.env` file that cannot be read.
package struct DotEnvError: Error, Hashable, Sendable {
  /// Counted from 1.
  package let line: Int
  /// What is wrong with it. It never holds the value.
  package let problem: Problem

  /// A fault on a line, counted from 1.
  package init(line: Int, problem: Problem) {
    self.line = line
    self.problem = problem
  }

  /// What is wrong with a line.
  package enum Problem: Error, Hashable, Sendable {
    case noEqualsSign
    case badKey
    case unterminatedQuote(key: String)
    case textAfterQuote(key: String)
    case controlCharacter
    case notUTF8
  }
}

extension DotEnvError: CustomStringConvertible {
  /// `line 7: …`; the caller puts the file's name before it.
  package var description: String { "line \(line): \(problem.description)" }
}

extension DotEnvError.Problem: CustomStringConvertible {
  /// What is wrong and how to write it; shows the key at most, never the value.
  package var description: String {
    switch self {
    case .noEqualsSign: "no '='; write KEY=value, or begin a comment with #"
    case .badKey: "the name before '=' may hold only letters, digits and underscores, and begins with no digit"
    case .unterminatedQuote(let key): "the quote of \(key) does not end on its line"
    case .textAfterQuote(let key): "there is text after the closing quote of \(key)"
    case .controlCharacter: "there is a NUL or another control character"
    case .notUTF8: "not UTF-8; save the file in that encoding"
    }
  }
}

extension DotEnv {
  private typealias Bytes = ArraySlice<UInt8>

  /// The setting on a line, or `nil` for a blank line or a comment.
  private static func setting(in line: Bytes) throws(DotEnvError.Problem) -> (key: String, value: String)? {
    let text = trimmed(line)
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    guard !text.contains(where: { $0 < 32 && $0 != UInt8(ascii: "\t") || $0 == 127 }) else {
      throw .controlCharacter
    }
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { throw .noEqualsSign }
    let key = try key(in: text[..<equals])
    let bytes = try value(in: text[(equals + 1)...], of: key)
    guard let value = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
    return (key, value)
  }

  private static func key(in text: Bytes) throws(DotEnvError.Problem) -> String {
    var name = trimmed(text)
    let export = Array("export".utf8)
    if name.starts(with: export), let next = name.dropFirst(export.count).first, isBlank(next) {
      name = trimmed(name.dropFirst(export.count))
    }
    let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
    let isLetter = { (byte: UInt8) in (65...90).contains(byte) || (97...122).contains(byte) || byte == 95 }
    guard let first = name.first, isLetter(first), name.allSatisfy({ isLetter($0) || isDigit($0) }) else {
      throw .badKey
    }
    return String(decoding: name, as: UTF8.self)
  }

  private static func value(in text: Bytes, of key: String) throws(DotEnvError.Problem) -> [UInt8] {
    let start = text.drop(while: isBlank)
    guard let quote = start.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      return Array(trimmed(withoutComment(text)))
    }
    var value: [UInt8] = []
    var rest = start.dropFirst()
    while let byte = rest.popFirst() {
      if byte == quote {
        let after = trimmed(rest)
        guard after.isEmpty || after.first == UInt8(ascii: "#") else { throw .textAfterQuote(key: key) }
        return value
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), let next = rest.popFirst() {
        value += unescaped(next)
      } else {
        value.append(byte)
      }
    }
    throw .unterminatedQuote(key: key)
  }

  private static func unescaped(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "n"): [UInt8(ascii: "\n")]
    case UInt8(ascii: "t"): [UInt8(ascii: "\t")]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): [byte]
    default: [UInt8(ascii: "\\"), byte]
    }
  }

  /// A comment begins at a `#` with white space before it; a `#` within a word belongs to the value.
  private static func withoutComment(_ text: Bytes) -> Bytes {
    for index in text.indices.dropFirst() where text[index] == UInt8(ascii: "#") && isBlank(text[index - 1]) {
      return text[..<index]
    }
    return text
  }

  private static func trimmed(_ text: Bytes) -> Bytes {
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return text
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
