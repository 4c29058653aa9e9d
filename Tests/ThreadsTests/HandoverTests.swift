import Dispatch
import Testing

@testable import Threads

@Suite struct HandoverTests {
  private struct Fault: Error {}

  @Test func `things come in their order, then the end, again and again`() throws {
    let handover = Handover<Int>(ahead: 2)
    DispatchQueue.global().async {
      for number in 0..<100 { handover.put(number) }
      handover.end()
    }
    for number in 0..<100 { #expect(try handover.take() == number) }
    #expect(try handover.take() == nil)
    #expect(try handover.take() == nil)
  }

  @Test func `what went wrong comes after everything that came before it`() throws {
    let handover = Handover<Int>(ahead: 2)
    #expect(handover.put(1))
    handover.end(Fault())
    #expect(try handover.take() == 1)
    #expect(throws: Fault.self) { try handover.take() }
  }

  @Test func `the maker does not wait for a taker who wants no more`() {
    let handover = Handover<Int>(ahead: 1)
    #expect(handover.put(1))
    handover.abandon()
    #expect(!handover.put(2))
    #expect(!handover.put(3))
  }
}
