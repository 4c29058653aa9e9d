/// Colours and weights of a terminal, or none: a style that is off returns every text as it came.
///
/// Meaning never hangs on a colour alone. Text from outside goes through `TerminalText.escaped` first.
package struct TextStyle: Hashable, Sendable {
  package let isEnabled: Bool

  package init(isEnabled: Bool) {
    self.isEnabled = isEnabled
  }

  /// No escape sequences at all.
  package static let plain = TextStyle(isEnabled: false)

  package func bold(_ text: String) -> String { marked(text, "1") }
  package func dim(_ text: String) -> String { marked(text, "2") }
  package func red(_ text: String) -> String { marked(text, "31") }
  package func green(_ text: String) -> String { marked(text, "32") }
  package func yellow(_ text: String) -> String { marked(text, "33") }

  /// ECMA-48, SGR.
  private func marked(_ text: String, _ code: String) -> String {
    isEnabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
