import Market

/// Price points from samples: in order, one a second, none that may still change.
struct CoinGeckoReading {
  let series: SeriesKey
  let safety: Int64

  /// The last sample is the moment of the answer and may be repeated with an earlier time; samples younger than the
  /// provider's own cache are left for the next run.
  func read(_ samples: [CoinGeckoSample], madeAt: Instant) -> Reading {
    var refusals: [Refusal] = []
    var points: [Instant: (milliseconds: Int64, point: PricePoint)] = [:]
    var contradicted: [Int64: [CoinGeckoSample]] = [:]
    for sample in samples.sorted(by: { $0.milliseconds < $1.milliseconds }) {
      if let refusal = refusal(of: sample, madeAt: madeAt) {
        refusals.append(refusal)
        continue
      }
      guard let price = sample.price else { continue }
      let at = instant(of: sample)
      guard at + safety <= madeAt else { continue }
      let point = PricePoint(at: at, price: price, marketCap: sample.marketCap, volume24h: sample.volume24h)
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

  private func refusal(of sample: CoinGeckoSample, madeAt: Instant) -> Refusal? {
    let at = instant(of: sample)
    guard sample.milliseconds > 0, Instant.representable.contains(at) else {
      return Refusal(reason: .malformed, at: nil, detail: "the sample has no time", excerpt: sample.excerpt)
    }
    guard at <= madeAt + safety else {
      return Refusal(reason: .wrongTime, at: at, detail: "the sample lies in the future", excerpt: sample.excerpt)
    }
    guard let price = sample.price else {
      return Refusal(reason: .notANumber, at: at, detail: "the price is no number", excerpt: sample.excerpt)
    }
    guard price > 0 else {
      return Refusal(reason: .outOfBounds, at: at, detail: "\(price) is no price", excerpt: sample.excerpt)
    }
    guard sample.marketCap ?? 0 >= 0, sample.volume24h ?? 0 >= 0 else {
      return Refusal(
        reason: .outOfBounds, at: at, detail: "a market cap or volume is negative", excerpt: sample.excerpt)
    }
    return nil
  }
}
