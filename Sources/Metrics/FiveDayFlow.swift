import Market

/// The five-day flow: the sum over the last five final days up to and including `day`, in whole US dollars.
///
/// Days on which nobody reports do not count as days; a provisional day is passed over.
///
/// - Parameter days: by day, oldest first, as `flowDays(of:now:)` returns them.
/// - Returns: `nil` where fewer than five final days exist up to `day`, or a sum does not fit 64 bits.
/// - Complexity: O(log n) for days that are mostly final.
package func fiveDayFlow(upTo day: Day, in days: [FlowDay]) -> Int64? {
  guard days.count >= 5 else { return nil }
  let past = days[..<countOfDays(upTo: day, in: days)]
  let lastFive = past.reversed().lazy.filter { $0.finality == .final }.prefix(5).map(\.totalUSD)
  let totals = lastFive.compactMap { $0 }
  return totals.count == 5 ? safeSum(totals) : nil
}

/// How many of the sorted `days` are not after `day`, by binary search.
private func countOfDays(upTo day: Day, in days: [FlowDay]) -> Int {
  var (low, high) = (0, days.count)
  while low < high {
    let middle = (low + high) / 2
    if days[middle].day <= day { low = middle + 1 } else { high = middle }
  }
  return low
}
