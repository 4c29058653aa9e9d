import Rendering
import Testing

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("abc", 3), ("", 0), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("😀", 2), ("👩‍👩‍👧", 2), ("❤️", 2), ("✅", 2), ("🇩🇪", 2),
    ("…−", 2), ("▁█", 2),
  ])
  func `width is counted in columns`(text: String, width: Int) {
    #expect(TerminalText.width(of: text) == width)
  }

  @Test(arguments: [("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("日本の", 4, "日…"), ("abc", 1, "…"), ("abc", 0, "")])
  func `text is cut at whole characters`(text: String, width: Int, cut: String) {
    #expect(TerminalText.truncated(text, to: width) == cut)
  }

  @Test func `a harmless text stays as it is`() {
    #expect(TerminalText.escaped("Ärger, 日本 👩‍👩‍👧") == "Ärger, 日本 👩‍👩‍👧")
  }

  @Test func `a control character is shown even in front of a combining mark`() {
    #expect(TerminalText.escaped("\u{1B}\u{301}") == "\\u{1b}\u{301}")
  }
}
