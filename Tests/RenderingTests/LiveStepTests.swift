import Market
import Rendering
import Testing

@Suite struct LiveStepTests {
  private func steps(_ texts: String..., ended: Set<String> = []) -> [LiveStep] {
    texts.map { text in
      LiveStep(
        StepReport(name: .prices, asset: text, outcome: .done), text, end: ended.contains(text) ? "\(text)." : nil)
    }
  }

  @Test func `live lines leave the last line of the screen free and tell how many there is no room for`() {
    let steps = steps("a", "b", "c", "d")
    #expect(LiveStep.lines(of: steps, width: 80, height: 5) == ["a", "b", "c", "d"])
    #expect(LiveStep.lines(of: steps, width: 80, height: 4) == ["a", "b", "… and 2 more"])
    #expect(LiveStep.lines(of: steps, width: 80, height: 1) == ["… and 4 more"])
  }

  @Test func `steps that have ended make room for those under way, and no more of them than must`() {
    var steps = steps("a", "b", "c", "d", ended: ["b", "c"])
    #expect(LiveStep.settled(&steps, height: 5) == [])
    #expect(LiveStep.settled(&steps, height: 4) == ["b."])
    #expect(LiveStep.lines(of: steps, width: 80, height: 4) == ["a", "c.", "d"])
    #expect(LiveStep.settled(&steps, height: 2) == ["c."])
    #expect(steps.map(\.text) == ["a", "d"])
  }

  @Test func `a live line is cut before the terminal would wrap it`() {
    let steps = steps("prices BTC  336 new, 0 changed")
    #expect(LiveStep.lines(of: steps, width: 24, height: 9) == ["prices BTC  336 new, 0…"])
    #expect(LiveStep.lines(of: steps, width: 31, height: 9) == ["prices BTC  336 new, 0 changed"])
  }
}
