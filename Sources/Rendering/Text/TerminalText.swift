/// Text for a terminal: harmless, measured, cut to width.
package enum TerminalText {
  /// The text with everything escaped that a terminal would obey instead of show: control characters (`\n`, `\u{1b}`)
  /// and marks that turn the direction of writing.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isUnsafe(scalar) { safe.append(contentsOf: escape(scalar).unicodeScalars) } else { safe.append(scalar) }
    }
    return String(safe)
  }

  /// The same for text of ours in which foreign text may have been left as it came: its line feeds and tabs stay where
  /// they are ours, and so do the marks that a `TextStyle` makes.
  ///
  /// - Parameters:
  ///   - keepsLines: whether the text has several lines of our own.
  ///   - keepsMarks: whether it may bear marks of our own.
  package static func harmless(_ text: String, keepsLines: Bool, keepsMarks: Bool) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var safe = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      if keepsMarks, let mark = TextStyle.marks.first(where: { rest.starts(with: $0.unicodeScalars) }) {
        safe.append(contentsOf: mark.unicodeScalars)
        rest = rest.dropFirst(mark.unicodeScalars.count)
        continue
      }
      let isOurs = keepsLines && (scalar == "\n" || scalar == "\t")
      if isUnsafe(scalar), !isOurs {
        safe.append(contentsOf: escape(scalar).unicodeScalars)
      } else {
        safe.append(scalar)
      }
      rest = rest.dropFirst()
    }
    return String(safe)
  }

  /// How many columns of a terminal the text takes: two for wide East Asian characters and emoji, none for combining
  /// marks.
  ///
  /// An approximation by ranges of Unicode 15 (UAX #11); terminals differ in the rest.
  package static func width(of text: String) -> Int {
    text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + width(of: $1) }
  }

  /// The text in at most `width` columns; where something is cut off, it ends in `…`.
  package static func truncated(_ text: String, to width: Int) -> String {
    guard self.width(of: text) > width else { return text }
    guard width > 0 else { return "" }
    var room = width - 1
    let kept = text.prefix {
      room -= self.width(of: $0)
      return room >= 0
    }
    return kept + "…"
  }

  /// The same without breaking a word, where that leaves a quarter of the width.
  package static func truncatedAtWord(_ text: String, to width: Int) -> String {
    let cut = truncated(text, to: width)
    let kept = cut.dropLast()
    guard cut != text, text.dropFirst(kept.count).first != " ", let space = kept.lastIndex(of: " "),
      self.width(of: String(kept[..<space])) * 4 >= width
    else { return cut }
    return kept[..<space] + "…"
  }

  private static func width(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    if scalars.contains("\u{FE0F}") || scalars.contains(where: isWide) { return 2 }
    return scalars.allSatisfy(isWithoutWidth) ? 0 : 1
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      true
    default: scalar.properties.isEmojiPresentation
    }
  }

  private static func isWithoutWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: true
    default: false
    }
  }

  /// Whether a terminal would obey it instead of showing it.
  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
  }
}
