import Rendering
import Testing

@Suite struct LabelledTextTests {
  @Test func `texts stand below each other beside their labels`() {
    var text = LabelledText()
    text.add("rule", "a word")
    text.add("and below it")
    text.add("longer", "another")
    #expect(text.text(width: nil) == "  rule    a word\n          and below it\n  longer  another\n")
  }

  @Test func `a line is folded at spaces, and within what fits on no line`() {
    #expect(LabelledText.folded("one two three", to: 8) == ["one two", "three"])
    #expect(LabelledText.folded("abcdefghijkl", to: 5) == ["abcde", "fghij", "kl"])
    #expect(
      LabelledText.folded("GET https://example.test/a/long/path", to: 16) == [
        "GET https://exam", "ple.test/a/long/", "path",
      ])
    #expect(LabelledText.folded("short", to: nil) == ["short"])
    #expect(LabelledText.folded("", to: 5) == [""])
  }

  @Test func `what a terminal would obey is shown instead`() {
    var text = LabelledText()
    text.add("sent", "\u{1B}[31m\u{202E}")
    #expect(text.text(width: nil) == "  sent  \\u{1b}[31m\\u{202e}\n")
  }
}
