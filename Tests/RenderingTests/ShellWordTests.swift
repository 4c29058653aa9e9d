import Rendering
import Testing

@Suite struct ShellWordTests {
  @Test(arguments: [
    ("/home/ann/markets", "/home/ann/markets"), ("/tmp/a b", "'/tmp/a b'"), ("/tmp/50%", "'/tmp/50%'"),
    ("/tmp/it's", "'/tmp/it'\\''s'"), ("/tmp/$HOME", "'/tmp/$HOME'"), ("", "''"), ("it'\u{301}s", "'it'\\''\u{301}s'"),
  ])
  func `a text is one word, and the same one`(text: String, word: String) {
    #expect(shellWord(text) == word)
  }
}
