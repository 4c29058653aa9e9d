import Market
import Metrics
import Testing

@Suite struct SplitRebaseTests {
  private func bar(_ day: Day, _ close: Double) -> Bar {
    Bar(openTime: day.start, open: close - 1, high: close + 1, low: close - 2, close: close, volume: 1)
  }

  private func known(_ bars: [Bar]) -> [Instant: (open: Double, close: Double)] {
    Dictionary(bars.map { ($0.openTime, ($0.open, $0.close)) }) { first, _ in first }
  }

  private func scaled(_ bar: Bar, by factor: Double) -> Bar {
    Bar(
      openTime: bar.openTime, open: bar.open * factor, high: bar.high * factor, low: bar.low * factor,
      close: bar.close * factor, volume: bar.volume / factor)
  }

  private let split = Day("2020-08-31").map { CorporateAction(day: $0, kind: .split, value: 4) }

  @Test func `rows of before a split that are all a quarter are explained by it`() throws {
    let split = try #require(split)
    let (day, rule) = (split.day, try #require(SplitRebase([split])))
    let before = [bar(day - 4, 500), bar(day - 3, 499.23)]
    #expect(rule.factor == 0.25)
    #expect(rule.cause == "split 4 for 1 on 2020-08-31")
    #expect(rule.explains(known(before), restatedAs: before.map { scaled($0, by: 0.25) } + [bar(day, 129)]))
  }

  @Test func `one row that says otherwise, or none to compare, explains nothing`() throws {
    let split = try #require(split)
    let (day, rule) = (split.day, try #require(SplitRebase([split])))
    let before = [bar(day - 4, 500), bar(day - 3, 499)]
    let told = [scaled(before[0], by: 0.25), scaled(before[1], by: 0.2501)]
    #expect(!rule.explains(known(before), restatedAs: told))
    #expect(!rule.explains([:], restatedAs: told))
    #expect(!rule.explains(known([bar(day, 129)]), restatedAs: [bar(day, 129)]), "the day of the split is as it was")
    #expect(SplitRebase([]) == nil)
  }

  @Test func `single precision is no difference, and shares put together are told so`() throws {
    let day = try #require(Day("2021-08-02"))
    let rule = try #require(SplitRebase([CorporateAction(day: day, kind: .split, value: 0.125)]))
    #expect(rule.factor == 8 && rule.cause == "split 1 for 8 on 2021-08-02")
    let before = [bar(day - 3, 12.95)]
    #expect(rule.explains(known(before), restatedAs: [scaled(before[0], by: 8 * (1 + 5e-7))]))
    #expect(!rule.explains(known(before), restatedAs: [scaled(before[0], by: 8 * (1 + 5e-6))]))
  }

  @Test func `where a split is told elsewhere, one factor of all rows is what is seen of it`() throws {
    let day = try #require(Day("2020-08-28"))
    let before = [bar(day - 2, 500), bar(day - 1, 499.23), bar(day, 503)]
    let told = before.map { scaled($0, by: 0.25) }
    let rule = try #require(SplitRebase(seenIn: told, restating: known(before)))
    #expect(rule.factor == 0.25 && rule.cause == "all prices × 0.25")
    #expect(rule.explains(known(before), restatedAs: told))
    // A row that was told the day after is not among those that are compared.
    #expect(rule.explains(known(before), restatedAs: told + [bar(day + 3, 129)]))
    #expect(!rule.explains(known(before), restatedAs: Array(told.dropLast()) + [scaled(before[2], by: 0.26)]))
  }

  @Test func `two rows, or a correction of less than a hundredth, are none`() throws {
    let day = try #require(Day("2020-08-28"))
    let before = [bar(day - 2, 500), bar(day - 1, 499.23), bar(day, 503)]
    let told = before.map { scaled($0, by: 0.25) }
    #expect(SplitRebase(seenIn: Array(told.dropLast()), restating: known(before)) == nil)
    #expect(SplitRebase(seenIn: told, restating: known(Array(before.dropLast()))) == nil)
    #expect(SplitRebase(seenIn: before.map { scaled($0, by: 1.005) }, restating: known(before)) == nil)
    #expect(SplitRebase(seenIn: before, restating: known(before)) == nil)
  }
}
