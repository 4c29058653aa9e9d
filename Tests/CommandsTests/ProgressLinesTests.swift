import Testing

@testable import Commands

@Suite struct ProgressLinesTests {
  @Test func `a step that is longer than the line goes on below`() {
    #expect(
      ProgressLines.folded("prices BTC  336 new, 0 changed", to: 24) == ["prices BTC  336 new,", "    0 changed"])
  }
}
