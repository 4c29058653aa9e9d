import Market

/// Price points from samples: in order, one a second, none that may still change, none outside what was asked.
struct CoinGeckoReading {
  let series: SeriesKey
  let safety: Int64
  /// Days back that were asked for; `nil` for the newest price there is.
  let days: Int?

  /// A chart begins with the sample before its first day, and may come from a cache of half a day.
  private static let slack: Int64 = 2 * 86_400

  /// The last sample is the moment of the answer and may be repeated with an earlier time; samples younger than the
  /// provider's own cache are left for the next run.
  ///
  /// - Throws: where there are samples, and none of them lies in what was asked: then they are in another unit, or of
  ///   something else.
  func read(_ samples: [CoinGeckoSample], madeAt: Instant) throws(ReadingError) -> Reading {
    var refusals: [Refusal] = []
    var points: [Instant: (milliseconds: Int64, point: PricePoint)] = [:]
    var contradicted: [Int64: [CoinGeckoSample]] = [:]
    try expectAsked(samples, madeAt)
    for sample in samples.sorted(by: { $0.milliseconds < $1.milliseconds }) {
      if let refusal = refusal(of: sample, madeAt: madeAt) {
        refusals.append(refusal)
        continue
      }
      guard let price = sample.price.number else { continue }
      let at = instant(of: sample)
      guard at + safety <= madeAt else { continue }
      let point = PricePoint(
        at: at, price: price, marketCap: sample.marketCap.number, volume24h: sample.volume24h.number)
      if let known = points[at], known.milliseconds == sample.milliseconds, known.point != point {
        contradicted[sample.milliseconds, default: []].append(sample)
      }
      points[at] = (sample.milliseconds, point)
    }
    for (milliseconds, copies) in contradicted.sorted(by: { $0.key < $1.key }) {
      let at = Instant(epochSeconds: milliseconds / 1000)
      points[at] = nil
      refusals += copies.map {
        Refusal(
          reason: .contradictory, at: at, detail: "the same instant twice with different values", excerpt: $0.excerpt)
      }
    }
    let kept = points.values.map(\.point).sorted { $0.at < $1.at }
    return Reading(series: series, facts: .pricePoints(kept), refusals: refusals, covers: stretch(kept))
  }

  private func stretch(_ points: [PricePoint]) -> ClosedRange<Instant>? {
    guard let first = points.first, let last = points.last else { return nil }
    return first.at...last.at
  }

  private func instant(of sample: CoinGeckoSample) -> Instant {
    Instant(epochSeconds: sample.milliseconds / 1000)
  }

  // MARK: What was asked

  /// The instants that were asked for; a chart that reaches back from now ends a little later where clocks differ.
  private func asked(_ madeAt: Instant) -> ClosedRange<Instant> {
    let back = days.map { Int64($0) * 86_400 + Self.slack }
    return max(Instant.firstCoin, back.map { madeAt - $0 } ?? .firstCoin)...max(Instant.firstCoin, madeAt + safety)
  }

  private func expectAsked(_ samples: [CoinGeckoSample], _ madeAt: Instant) throws(ReadingError) {
    let asked = asked(madeAt)
    let timed = samples.filter { $0.milliseconds > 0 }.map(instant)
    guard let first = timed.min(), let last = timed.max(), !timed.contains(where: asked.contains) else { return }
    let possible = Instant.representable
    let found = possible.contains(last) ? "samples from \(first) to \(last)" : "samples from beyond the year 9999"
    throw .shapeChanged(expected: "samples from \(asked.lowerBound) on", found: found, offset: nil)
  }

  private func hasTime(_ sample: CoinGeckoSample) -> Bool {
    sample.milliseconds > 0 && Instant.representable.contains(instant(of: sample))
  }

  // MARK: Refusals

  private func refusal(of sample: CoinGeckoSample, madeAt: Instant) -> Refusal? {
    guard hasTime(sample) else {
      return Refusal(reason: .malformed, at: nil, detail: "the sample has no time", excerpt: sample.excerpt)
    }
    let (at, asked) = (instant(of: sample), asked(madeAt))
    func refused(_ reason: RefusalReason, _ detail: String) -> Refusal {
      Refusal(reason: reason, at: at, detail: detail, excerpt: sample.excerpt)
    }
    guard at <= asked.upperBound else { return refused(.wrongTime, "the sample lies in the future") }
    guard at >= asked.lowerBound else { return refused(.wrongTime, "the sample lies before what was asked") }
    guard let price = sample.price.number else { return refused(.notANumber, "the price is no number") }
    guard price > 0, price <= BarRule.largestPrice else { return refused(.outOfBounds, "\(price) is no price") }
    guard sample.marketCap != .notANumber, sample.volume24h != .notANumber else {
      return refused(.notANumber, "the market cap or the volume is no number")
    }
    let figures = [sample.marketCap, sample.volume24h].compactMap(\.number)
    guard figures.allSatisfy({ $0 >= 0 }) else { return refused(.outOfBounds, "a market cap or volume is negative") }
    guard figures.allSatisfy({ $0 <= BarRule.largestVolume }) else {
      return refused(.outOfBounds, "a market cap or volume is absurd")
    }
    return nil
  }
}
