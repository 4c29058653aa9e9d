import Market

/// Blocks of GitHub-flavoured Markdown. Each takes plain text, which shows as it is: nothing in it becomes markup.
package enum Markdown {
  /// A heading of level 1 to 6.
  package static func heading(_ text: String, level: Int = 1) -> String {
    String(repeating: "#", count: min(max(level, 1), 6)) + " " + escaped(text)
  }

  /// A paragraph. Line breaks within become spaces.
  package static func paragraph(_ text: String) -> String {
    escapedAtLineStart(escaped(text))
  }

  /// A list of bullets, an item a line.
  package static func list(_ items: [String]) -> String {
    items.map { "- " + paragraph($0) }.joined(separator: "\n")
  }

  /// A table; columns of numbers are aligned to the right. Line breaks in cells become `<br>`.
  package static func table(columns: [Column], rows: [[String]]) -> String {
    let encoder = MarkdownRows()
    encoder.begin(columns)
    for row in rows {
      row.forEach(encoder.text)
      encoder.endRow()
    }
    encoder.finish()
    var text = encoder.output.text
    text.removeLast()
    return text
  }

  /// Strong emphasis.
  package static func strong(_ text: String) -> String { "**\(escaped(text))**" }

  /// What is typed as it stands; line breaks become spaces, and backticks within do not end it.
  package static func code(_ text: String) -> String {
    let text = String(text.map { $0.isNewline ? " " : $0 })
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    return longest == 0 ? fence + text + fence : "\(fence) \(text) \(fence)"
  }

  /// The blocks with a blank line between them, and a line feed at the end.
  package static func document(_ blocks: [String]) -> String {
    blocks.joined(separator: "\n\n") + "\n"
  }

  /// The text with everything escaped that Markdown or HTML would take for markup; line breaks become spaces.
  package static func escaped(_ text: String) -> String {
    let buffer = ByteBuffer(capacity: text.utf8.count * 2)
    var text = text
    text.withUTF8 { buffer.append(markdown: $0, lineBreak: " ") }
    return buffer.text
  }

  /// Keeps a paragraph from beginning as a heading, a quotation or a list.
  private static func escapedAtLineStart(_ text: String) -> String {
    let text = text.drop { $0 == " " }
    let number = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text[number.endIndex...]
    if number.isEmpty { return "#+-=>".contains(rest.prefix(1)) && !rest.isEmpty ? "\\" + text : String(text) }
    return rest.hasPrefix(".") || rest.hasPrefix(")") ? number + "\\" + rest : String(text)
  }
}

extension ByteBuffer {
  /// Appends text with its markup escaped, by bytes. Line breaks of any kind become `lineBreak`, other control
  /// characters spaces; marks that turn the direction of writing are spelled as on a terminal.
  func append(markdown bytes: UnsafeBufferPointer<UInt8>, lineBreak: StaticString) {
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      let next = position + 1 < bytes.count ? bytes[position + 1] : 0
      position += 1
      switch byte {
      case UInt8(ascii: "&") where ByteBuffer.isReference(bytes[position...].prefix(32)):
        append("&amp;" as StaticString)
      case UInt8(ascii: "<"): append("&lt;" as StaticString)
      case UInt8(ascii: "\r") where next == UInt8(ascii: "\n"): continue
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): append(lineBreak)
      case 0..<0x20, 0x7F: append(UInt8(ascii: " "))
      case 0xC2 where (0x80...0x9F).contains(next):
        append(UInt8(ascii: " "))
        position += 1
      case 0xD8, 0xE2, 0xEF:
        guard let (scalar, length) = ByteBuffer.turningMark(bytes[(position - 1)...].prefix(3)) else {
          append(byte)
          continue
        }
        position += length - 1
        if scalar == 0x2028 || scalar == 0x2029 {
          append(lineBreak)
        } else {
          append("\\\\u{\(String(scalar, radix: 16))}")
        }
      default:
        let previous = position >= 2 ? bytes[position - 2] : 0
        if isMarkup(byte, between: previous, and: next) { append(UInt8(ascii: "\\")) }
        append(byte)
      }
    }
  }

  /// A mark that a page would obey and not show, and its length in bytes; `nil` where another character begins.
  private static func turningMark(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> (scalar: UInt32, length: Int)? {
    let (first, rest) = (bytes.first ?? 0, bytes.dropFirst().map { UInt32($0 & 0x3F) })
    let length = first == 0xD8 ? 2 : 3
    guard bytes.count >= length else { return nil }
    let value =
      length == 2 ? UInt32(first & 0x1F) << 6 | rest[0] : UInt32(first & 0x0F) << 12 | rest[0] << 6 | rest[1]
    guard let scalar = Unicode.Scalar(value), TerminalText.isUnsafe(scalar) else { return nil }
    return (value, length)
  }

  /// Whether what stands behind an ampersand would be taken for the name or the number of a character: `lt;`, `#60;`.
  private static func isReference(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let name = bytes.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "#") || isLetter($0) }
    return !name.isEmpty && name.endIndex < bytes.endIndex && bytes[name.endIndex] == UInt8(ascii: ";")
  }

  private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }

  /// An underscore within a word (`net_flow_usd`) is none.
  private func isMarkup(_ byte: UInt8, between previous: UInt8, and next: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "~"):
      true
    case UInt8(ascii: "_"): !(isWordByte(previous) && isWordByte(next))
    default: false
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
