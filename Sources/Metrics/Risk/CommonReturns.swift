import Market

/// The log returns of several assets between neighbouring days that all of them have.
///
/// A day on which one of them closed at zero or below counts for none.
///
/// - Parameter assets: days of each by time, none twice.
/// - Returns: a row for each return, a column for each asset; empty where fewer than two days are common.
package func commonLogReturns(of assets: [[DatedClose]]) -> [[Double]] {
  let known = assets.map { closes in Dictionary(closes.map { ($0.time, $0.close) }) { first, _ in first } }
  guard let first = known.first else { return [] }
  let common = first.keys.filter { time in known.allSatisfy { ($0[time] ?? 0) > 0 } }.sorted()
  let returns = known.map { closes in logReturns(ofPrices: common.compactMap { closes[$0] }) }
  return (returns.first ?? []).indices.map { row in returns.map { $0[row] } }
}
