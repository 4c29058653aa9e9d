/// Whole numbers in the proportion of the shares that sum to a whole: each share rounded down, and what is left given to the
/// largest remainders, of equal ones to the first.
///
/// - Parameter shares: none below zero, their sum above it.
/// - Returns: one for each share; empty for none.
func wholeShares(_ shares: [Double], of whole: Int) -> [Int] {
  let sum = shares.reduce(0, +)
  guard sum > 0 else { return shares.map { _ in 0 } }
  let exact = shares.map { $0 / sum * Double(whole) }
  var parts = exact.map { Int($0) }
  let order = exact.indices.sorted { one, other in
    let (a, b) = (exact[one] - exact[one].rounded(.down), exact[other] - exact[other].rounded(.down))
    return (b, one) < (a, other)
  }
  for index in order.prefix(max(0, whole - parts.reduce(0, +))) { parts[index] += 1 }
  return parts
}
