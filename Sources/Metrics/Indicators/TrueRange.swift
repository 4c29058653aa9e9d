import Market

/// The true range of bars: how far prices went since the close before.
///
/// TR = max(high − low, |high − close′|, |low − close′|); missing for the first bar. Degree: price. Source: J. W. Wilder,
/// *New Concepts in Technical Trading Systems* (1978); TA-Lib TRANGE.
struct TrueRange {
  private var lastClose: Double?

  mutating func take(_ bar: Bar) -> Double? {
    defer { lastClose = bar.close }
    guard let lastClose else { return nil }
    return max(bar.high - bar.low, max(abs(bar.high - lastClose), abs(bar.low - lastClose)))
  }
}
