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

extension TerminalTextTests {
  @Test(arguments: [
    ("plain", true, true, "plain"), ("a\nb\tc", true, false, "a\nb\tc"), ("a\nb\tc", false, false, "a\\nb\\tc"),
    ("\u{1B}[1ma\u{1B}[0m", true, true, "\u{1B}[1ma\u{1B}[0m"),
    ("\u{1B}[1ma\u{1B}[0m", true, false, "\\u{1b}[1ma\\u{1b}[0m"),
    ("\u{1B}[1;5ma", true, true, "\\u{1b}[1;5ma"), ("\u{1B}[2Ja", true, true, "\\u{1b}[2Ja"),
    ("\u{1B}", true, true, "\\u{1b}"), ("a\r\nb", true, true, "a\\r\nb"), ("a\u{202E}b", true, true, "a\\u{202e}b"),
  ])
  func `of a text of ours only what is ours is kept`(text: String, lines: Bool, marks: Bool, safe: String) {
    #expect(TerminalText.harmless(text, keepsLines: lines, keepsMarks: marks) == safe)
  }
}
