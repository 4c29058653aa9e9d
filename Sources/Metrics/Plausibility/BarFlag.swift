import Market

/// Finds what is odd among the bars of one answer, in one pass; memory is taken only for what is found.
///
/// - Parameters:
///   - bars: oldest first.
///   - previous: the stored bar before the first of them.
/// - Complexity: O(n); a few comparisons and multiplications a bar.
package func flags(among bars: [Bar], after previous: Bar?, _ limits: Plausibility) -> [BarFlag] {
  var found: [BarFlag] = []
  var reference = previous?.close
  var awayFromReference = 0
  var repeats = 0
  var last = previous
  var volume = 0.0
  for (index, bar) in bars.enumerated() {
    // After a long silence the close before says nothing.
    let before = last.flatMap { bar.openTime - $0.openTime <= limits.memory ? $0.close : nil }
    let isAway = awayFromReference > 0
    if let close = reference, before != nil, limits.isJump(from: close, to: bar.close) {
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
      // On the way back from another unit the open, or the close before, is in that unit still.
      if !isAway, let detail = limits.falseOpen(of: bar, after: before) {
        found.append(BarFlag(index: index, rule: .jump, detail: detail))
      }
      reference = bar.close
      awayFromReference = 0
    }
    if let detail = limits.strayPrint(of: bar, after: isAway ? nil : before) {
      found.append(BarFlag(index: index, rule: .range, detail: detail))
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

extension Plausibility {
  /// Whether a price lies a jump away from another one; never, where either is none.
  @inline(__always)
  fileprivate func isJump(from before: Double, to price: Double) -> Bool {
    before > 0 && price > 0 && (price > before * (1 + jump) || price < before * (1 - jump))
  }

  /// What is odd about an open, of a bar whose close is not: it lies a jump away from the close before, or from the close of
  /// its own bar.
  @inline(__always)
  fileprivate func falseOpen(of bar: Bar, after before: Double?) -> String? {
    if let before, isJump(from: before, to: bar.open) { return "open \(bar.open) after close \(before)" }
    return isJump(from: bar.open, to: bar.close) ? "open \(bar.open), close \(bar.close)" : nil
  }

  /// What is odd about a high or a low that lies far outside where the bar opened and closed, or outside the closes before
  /// it and of it: an open as false as the high would hide it.
  @inline(__always)
  fileprivate func strayPrint(of bar: Bar, after before: Double?) -> String? {
    let other = before ?? bar.open
    let upper = min(max(bar.open, bar.close), max(other, bar.close))
    let lower = max(min(bar.open, bar.close), min(other, bar.close))
    guard lower > 0, bar.high > upper * (1 + range) || bar.low * (1 + range) < lower else { return nil }
    return "from \(bar.low) to \(bar.high) around \(min(lower, upper)) to \(max(lower, upper))"
  }
}
