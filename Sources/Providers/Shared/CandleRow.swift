import Formats
import Market

/// One candle as an exchange sent it, not yet checked.
struct CandleRow {
  let time: CandleTime
  let open: Double
  let high: Double
  let low: Double
  let close: Double
  let volume: Double

  /// Whether it is a possible bar of something that has a price.
  @inline(__always)
  var isPossible: Bool { BarRule.isPossible(bar) && low > 0 }

  /// The row as a fact; its time must be possible.
  @inline(__always)
  var bar: Bar {
    Bar(
      openTime: Instant(epochSeconds: time.seconds), open: open, high: high, low: low, close: close, volume: volume)
  }
}

/// The opening time of a candle; exchanges count in seconds, milliseconds or microseconds.
struct CandleTime {
  let seconds: Int64
  /// Whether nothing was left over below the second.
  let isWhole: Bool

  init(seconds: Int64) {
    self.seconds = seconds
    isWhole = true
  }

  /// Milliseconds or microseconds, told apart by their size: 10¹⁴ ms is the year 5138, 10¹⁴ µs is 1973.
  init(millisecondsOrMicroseconds ticks: Int64) {
    let (quotient, remainder) =
      ticks < 100_000_000_000_000
      ? ticks.quotientAndRemainder(dividingBy: 1000) : ticks.quotientAndRemainder(dividingBy: 1_000_000)
    seconds = quotient
    isWhole = remainder == 0
  }
}

/// How an exchange lays out its candles: which field is which.
protocol CandleShape {
  /// Reads one row; the cursor stands before its bracket.
  static func row(_ cursor: inout JSONCursor) throws(JSONFault) -> CandleRow
  /// Reads the number in a row's first field.
  static func time(_ number: Int64) -> CandleTime
  /// Seconds from a row's opening to its close, where it tells both; the cursor stands before its bracket.
  static func length(_ cursor: inout JSONCursor) -> Int64?
  /// The number of the field that holds a figure, from 0; `nil` for what no candle holds.
  static func column(of field: FigureField) -> Int?
}

extension CandleShape {
  /// Most exchanges tell the opening alone.
  static func length(_ cursor: inout JSONCursor) -> Int64? { nil }
}
