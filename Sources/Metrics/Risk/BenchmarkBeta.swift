/// How much an asset moves for what its benchmark moves: covariance ÷ variance of simple returns.
///
/// Over the days that both have a price for: first the prices of those days, then returns between neighbouring ones.
///
/// - Parameter pairs: oldest first.
/// - Returns: the slope, and how many returns it is made of; `nil` for fewer than two, or where the benchmark never moved.
package func beta(of pairs: [PricePair]) -> (value: Double, observations: Int)? {
  let returns = zip(pairs, pairs.dropFirst()).compactMap { earlier, later -> JointMoments? in
    guard let x = simpleReturn(from: earlier.benchmark, to: later.benchmark),
      let y = simpleReturn(from: earlier.asset, to: later.asset)
    else { return nil }
    return JointMoments(x, y)
  }
  guard returns.count > 1, let first = returns.first else { return nil }
  let moments = returns.dropFirst().reduce(first) { $0.joined($1) }
  guard moments.squaresX > 0 else { return nil }
  return (moments.products / moments.squaresX, returns.count)
}
