/// The sum of a stretch.
struct Sum: WindowSummary {
  let value: Double

  init(_ value: Double) { self.value = value }

  func joined(_ newer: Sum) -> Sum { Sum(value + newer.value) }
}

/// Two sums of a stretch.
struct SumPair: WindowSummary {
  let first: Double
  let second: Double

  init(_ first: Double, _ second: Double) {
    self.first = first
    self.second = second
  }

  func joined(_ newer: SumPair) -> SumPair { SumPair(first + newer.first, second + newer.second) }
}

/// The sum of a stretch in which the first element counts once, the second twice, and so on.
struct RisingSum: WindowSummary {
  let weighted: Double
  let plain: Double
  let count: Double

  /// One element.
  init(_ value: Double) { self.init(weighted: value, plain: value, count: 1) }

  private init(weighted: Double, plain: Double, count: Double) {
    self.weighted = weighted
    self.plain = plain
    self.count = count
  }

  func joined(_ newer: RisingSum) -> RisingSum {
    RisingSum(
      weighted: weighted + (newer.weighted + count * newer.plain), plain: plain + newer.plain,
      count: count + newer.count)
  }
}

/// A sum that goes on for as long as a series does, and forgets nothing of what it rounds off.
///
/// What an addition rounds off is told exactly by D. E. Knuth's TwoSum (*The Art of Computer Programming* 2, 4.2.2), and summed
/// beside it, as A. Neumaier does in "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
struct RunningSum {
  private var sum = 0.0
  private var lost = 0.0

  mutating func add(_ value: Double) {
    let next = sum + value
    let added = next - sum
    lost += (sum - (next - added)) + (value - added)
    sum = next
  }

  var value: Double { sum + lost }
}
