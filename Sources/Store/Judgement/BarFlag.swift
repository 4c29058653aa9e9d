import Market

/// Finds what is odd among the bars of one answer, in one pass; memory is taken only for what is found.
///
/// - Parameters:
///   - bars: oldest first.
///   - previous: the stored bar before the first of them.
/// - Complexity: O(n); a few comparisons and multiplications a bar.
func flags(among bars: [Bar], after previous: Bar?, _ limits: Plausibility) -> [BarFlag] {
  var found: [BarFlag] = []
  var reference = previous?.close
  var awayFromReference = 0
  var repeats = 0
  var last = previous
  var volume = 0.0
  let (rise, fall) = (1 + limits.jump, 1 - limits.jump)
  for (index, bar) in bars.enumerated() {
    if let close = reference, close > 0, bar.close > 0, bar.close > close * rise || bar.close < close * fall,
      let last, bar.openTime - last.openTime <= limits.memory
    {
      let ratio = bar.close > close ? bar.close / close : close / bar.close
      if limits.unit.contains(ratio), awayFromReference < limits.unitBars {
        // The reference stays, so that the way back is no jump.
        awayFromReference += 1
        found.append(BarFlag(index: index, rule: .unit, detail: "close \(bar.close) after \(close)"))
      } else {
        found.append(BarFlag(index: index, rule: .jump, detail: "close \(bar.close) after \(close)"))
        reference = bar.close
        awayFromReference = 0
      }
    } else {
      reference = bar.close
      awayFromReference = 0
    }
    let (upper, lower) = bar.close > bar.open ? (bar.close, bar.open) : (bar.open, bar.close)
    if bar.high > upper * (1 + limits.range) || bar.low * (1 + limits.range) < lower, lower > 0 {
      found.append(
        BarFlag(index: index, rule: .range, detail: "from \(bar.low) to \(bar.high) around \(lower) to \(upper)"))
    }
    if let last, bar.open == last.open, bar.close == last.close, bar.high == last.high, bar.low == last.low {
      repeats += 1
      if repeats + 1 == limits.staleBars {
        found.append(BarFlag(index: index, rule: .stale, detail: "the same four prices \(repeats + 1) times"))
      }
    } else {
      repeats = 0
    }
    if bar.volume == 0 {
      // A source that gives no volumes at all says nothing by it.
      if bar.open != bar.close, volume > 0 {
        found.append(
          BarFlag(index: index, rule: .volume, detail: "no volume from \(bar.open) to \(bar.close)"))
      }
    } else if bar.volume * bar.close > limits.mostMoney || bar.volume > limits.mostUnits {
      found.append(
        BarFlag(index: index, rule: .volume, detail: "volume \(bar.volume) at \(bar.close) is money, or cannot be"))
    } else if index >= limits.volumeBars, volume > 0, bar.volume * Double(index) > limits.volume * volume {
      found.append(
        BarFlag(
          index: index, rule: .volume, detail: "volume \(bar.volume), \(volume / Double(index)) on average before"))
    }
    volume += bar.volume
    last = bar
  }
  return found
}
