import Market
import Metrics
import Testing

@Suite struct CloseComparisonTests {
  private func bars(_ closes: [Int64: Double]) -> [Bar] {
    closes.sorted { $0.key < $1.key }.map { hour, close in
      Bar(
        openTime: Instant(epochSeconds: hour * 3600), open: close, high: close, low: close, close: close, volume: 1)
    }
  }

  private func compared(_ reference: [Int64: Double], _ other: [Int64: Double]) -> CloseComparison {
    CloseComparison(bars(reference), bars(other), tolerance: 0.005)
  }

  @Test func `of an odd number of bars the middle difference counts, and the largest is told with its bar`() {
    let found = compared([1: 100, 2: 200, 3: 50], [1: 101, 2: 199, 3: 50])
    #expect((found.count, found.median) == (3, 0.005))
    #expect(found.largest.map { [$0.reference, $0.other, $0.difference] } == [100, 101, 0.01])
    #expect(found.largest?.openTime == Instant(epochSeconds: 3600))
    #expect(found.beyond.map(\.other) == [101])
  }

  @Test func `of an even number the median lies between the two in the middle`() {
    #expect(compared([1: 100, 2: 100, 3: 100, 4: 100], [1: 100, 2: 102, 3: 104, 4: 150]).median == 0.03)
  }

  @Test func `bars that one of them lacks are counted where both reach`() {
    let found = compared([1: 1, 3: 1, 4: 1, 6: 1, 9: 1], [2: 1, 3: 1, 5: 1, 6: 1, 7: 1])
    #expect(found.span == Instant(epochSeconds: 7200)...Instant(epochSeconds: 7 * 3600))
    #expect((found.count, found.onlyReference, found.onlyOther) == (2, 1, 3))
  }

  @Test func `two that cover no stretch together have nothing in common`() {
    for found in [compared([1: 1], [2: 1]), compared([:], [1: 1]), compared([1: 1], [:])] {
      #expect((found.count, found.median, found.largest, found.onlyOther) == (0, nil, nil, 0))
      #expect(found.span == nil)
    }
  }

  @Test func `a reference of zero has no fraction, and one below zero has`() {
    let found = compared([1: 0, 2: -10], [1: 5, 2: -11])
    #expect((found.count, found.median) == (1, 0.1))
  }

  @Test func `scaling all prices changes no difference`() {
    let (one, other): ([Int64: Double], [Int64: Double]) = ([1: 3, 2: 5, 3: 7], [1: 3.5, 2: 5, 3: 6])
    let scaled = compared(one.mapValues { $0 * 8 }, other.mapValues { $0 * 8 })
    #expect(scaled.median == compared(one, other).median)
    #expect(scaled.beyond.map(\.difference) == compared(one, other).beyond.map(\.difference))
  }
}
