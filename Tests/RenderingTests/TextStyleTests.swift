import Rendering
import Testing

@Suite struct TextStyleTests {
  @Test func `a style that is off leaves text alone`() {
    let style = TextStyle.plain
    #expect(
      [style.bold("a"), style.dim("a"), style.red("a"), style.green("a"), style.yellow("a")]
        == Array(repeating: "a", count: 5))
  }

  @Test func `a style that is on marks and resets`() {
    #expect(TextStyle(isEnabled: true).red("a") == "\u{1B}[31ma\u{1B}[0m")
    #expect(TextStyle(isEnabled: true).red("") == "")
  }
}
