import Market

/// What makes a row of a table no bar.
enum BarCheck {
  /// A high that is so many times open or close, or a low that is so small a part of them, has lost a decimal point.
  ///
  /// Thin books have printed a cent for a moment; nothing has ever printed a thousand times its price.
  static let highest = 1000.0
  static let deepest = 100_000.0

  /// No market is older: the first exchange with prices day by day opened in 1602.
  static let earliest: Int64 = -11_612_937_600

  /// What is wrong with a time before all markets.
  static func tooOld(_ seconds: Int64) -> String { "\(Instant(epochSeconds: seconds).day) is before all markets" }

  @inline(__always)
  static func fault(_ bar: Bar, mayBeNegative: Bool) -> (RefusalReason, String)? {
    if BarRule.isPossible(bar), bar.low > 0, bar.high <= min(bar.open, bar.close) * highest,
      bar.high <= bar.low * deepest
    {
      return nil
    }
    return slowly(bar, mayBeNegative: mayBeNegative)
  }

  @inline(never)
  private static func slowly(_ bar: Bar, mayBeNegative: Bool) -> (RefusalReason, String)? {
    if let fault = BarRule.fault(bar) ?? BarRule.priceFault(bar, mayBeNegative: mayBeNegative) { return fault }
    if bar.low <= 0 { return nil }
    return (.impossibleRange, "high \(bar.high) and low \(bar.low) are too far apart to be of one bar")
  }
}

/// Tells rows that have lost a decimal point in all their prices: a thousand times the row before, a few bars away.
struct JumpGuard {
  private let step: Int64
  private var last: (time: Int64, close: Double)?
  /// Rows refused in a row; three of them are a new level and no slip.
  private var strikes = 0

  init(step: Int64) { self.step = step }

  @inline(__always)
  mutating func fault(_ bar: Bar) -> String? {
    let time = bar.openTime.epochSeconds
    if let last, abs(time - last.time) <= 10 * step, bar.close > last.close * 1000 || bar.close * 1000 < last.close,
      last.close > 0, bar.close > 0, strikes < 2
    {
      strikes += 1
      return "close \(bar.close) is a thousand times away from \(last.close), the close a few bars off"
    }
    strikes = 0
    last = (time, bar.close)
    return nil
  }
}

/// Prices that were 32-bit floats and were written as 64-bit ones.
enum WidenedFloat {
  /// The shortest decimal that is the same 32-bit float, where the number is one; else the number.
  static func narrowed(_ number: Double) -> Double {
    let narrow = Float(number)
    guard Double(narrow) == number, narrow.isFinite else { return number }
    return Double(narrow.description) ?? number
  }
}

/// The mark with which some programs begin a text in UTF-8.
enum FileMark {
  static func length(_ bytes: UnsafeRawBufferPointer) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}
