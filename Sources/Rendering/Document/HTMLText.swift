/// HTML and SVG as text, made of plain texts that never become markup.
enum HTMLText {
  /// The text with everything escaped that HTML would take for markup, in an attribute too. Line breaks become spaces;
  /// other control characters and marks that turn the direction of writing are left out.
  static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isSpecial) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      case "\n", "\r", "\t", "\u{2028}", "\u{2029}": safe += " "
      case _ where TerminalText.isUnsafe(scalar): continue
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "&", "<", ">", "\"", "'": true
    default: TerminalText.isUnsafe(scalar)
    }
  }
}
