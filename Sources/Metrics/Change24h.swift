/// The change over twenty-four hours: last close ÷ close of the bar exactly 24 h earlier − 1, as a fraction.
///
/// - Parameter close24hEarlier: `nil` where no bar opens exactly 24 h before; no neighbour stands in for it.
/// - Returns: `nil` without that bar, or where it did not close above zero.
package func change24h(closeNow: Double, close24hEarlier: Double?) -> Double? {
  close24hEarlier.flatMap { simpleReturn(from: $0, to: closeNow) }
}
