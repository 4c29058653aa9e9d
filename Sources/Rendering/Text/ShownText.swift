/// What a user typed, fit for a message.
package func shown(_ text: String) -> String {
  TerminalText.truncated(TerminalText.escaped(text), to: 80)
}
