/// Colours and weights of a terminal, or none: a style that is off returns every text as it came.
///
/// Meaning never hangs on a colour alone. Text from outside goes through `TerminalText.escaped` first.
package struct TextStyle: Hashable, Sendable {
  /// Whether escape sequences are written.
  package let isEnabled: Bool

  /// A style that marks, or one that does not.
  package init(isEnabled: Bool) {
    self.isEnabled = isEnabled
  }

  /// No escape sequences at all.
  package static let plain = TextStyle(isEnabled: false)

  /// For headings and what matters.
  package func bold(_ text: String) -> String { marked(text, "1") }
  /// For what can be passed over.
  package func dim(_ text: String) -> String { marked(text, "2") }
  /// For failures and losses.
  package func red(_ text: String) -> String { marked(text, "31") }
  /// For success and gains.
  package func green(_ text: String) -> String { marked(text, "32") }
  /// For warnings.
  package func yellow(_ text: String) -> String { marked(text, "33") }

  /// Every sequence that a style writes.
  static let marks = ["0", "1", "2", "31", "32", "33"].map { "\u{1B}[\($0)m" }

  /// ECMA-48, SGR.
  private func marked(_ text: String, _ code: String) -> String {
    isEnabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
