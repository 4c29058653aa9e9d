import Market
import Store

/// What the small record is told, in three runs: two assets, three days (and more of BTC, for its volatility), a
/// hole, a restated bar, a refused row, flows that are provisional.
extension Record {
  /// The day of the reports is 19 September 2025, seen at 22:30.
  static func ofThreeDays(
    _ catalogue: Catalogue = .small, providers: [ProviderProfile] = .known, demo: Bool = false
  ) async throws -> Record {
    let record = try Record(catalogue, providers: providers)
    if demo { try record.store.claim(.demo) }
    try await record.run(
      at: "2025-09-18T00:30Z",
      [
        .hours(.btc, from: "2025-09-08T00:00Z", through: "2025-09-17T23:00Z", price: bitcoin),
        .hours(.eth, from: "2025-09-17T00:00Z", through: "2025-09-17T23:00Z", price: ether),
        .moods([51, 53, 52, 53, 52, 51], first: "2025-09-12"),
      ])
    try await record.run(
      at: "2025-09-19T12:30Z",
      [
        .hours(
          .btc, from: "2025-09-18T00:00Z", through: "2025-09-19T11:00Z",
          price: { bitcoin($0) + ($0 == 1_758_276_000 ? 80 : 0) }),
        .hours(.eth, from: "2025-09-18T00:00Z", through: "2025-09-19T11:00Z", price: ether, without: 5..<8),
        .moods([52, 53], first: "2025-09-18"),
        .flows(
          .btcFlows,
          [
            ("2025-09-11", ["FBTC": 134_700_000, "IBIT": 366_200_000]),
            ("2025-09-12", ["FBTC": 315_200_000, "IBIT": 264_700_000]),
            ("2025-09-15", ["FBTC": -6_900_000, "IBIT": 262_700_000]),
            ("2025-09-16", ["FBTC": 45_800_000, "IBIT": 209_200_000]),
            ("2025-09-17", ["FBTC": -116_000_000, "IBIT": 149_700_000]),
            ("2025-09-18", ["FBTC": 97_700_000, "IBIT": nil]),
          ]),
      ])
    try await record.run(
      at: "2025-09-19T22:30Z",
      [
        .hours(.btc, from: "2025-09-19T00:00Z", through: "2025-09-19T21:00Z", price: bitcoin),
        .hours(.eth, from: "2025-09-19T12:00Z", through: "2025-09-19T20:00Z", price: ether, refusing: 13),
        .flows(
          .btcFlows,
          [
            ("2025-09-17", ["FBTC": -116_000_000, "IBIT": 149_700_000]),
            ("2025-09-18", ["FBTC": 97_700_000, "IBIT": 0]),
            ("2025-09-19", ["FBTC": nil, "IBIT": nil]),
          ]),
        .flows(
          .ethFlows,
          [
            ("2025-09-17", ["ETHA": -25_900_000]),
            ("2025-09-18", ["ETHA": 144_500_000]),
            ("2025-09-19", ["ETHA": 0]),
          ]),
      ])
    return record
  }

  /// Prices by hand: a slow climb with a saw on it, in quarters so that every sum is exact.
  private static func bitcoin(_ time: Int64) -> Double {
    let hour = time / 3600
    return 115_000 + Double(hour % 240) * 2.25 + Double(hour * 7 % 23) * 31.25 - Double(hour * 5 % 11) * 24.5
  }

  private static func ether(_ time: Int64) -> Double {
    let hour = time / 3600
    return 4_600 - Double(hour % 72) * 1.75 + Double(hour * 7 % 13) * 2.5
  }
}

extension Reading {
  /// Hourly bars whose open is the price of the hour and whose close is that of the next.
  ///
  /// - Parameters:
  ///   - without: hours of 19 September that the provider leaves out.
  ///   - refusing: an hour of 19 September whose row is not believed.
  static func hours(
    _ series: SeriesKey, from first: String, through last: String, price: (Int64) -> Double,
    without: Range<Int64> = 0..<0,
    refusing: Int64? = nil
  ) -> Reading {
    let start = instant("2025-09-19T00:00Z")
    let times = stride(from: instant(first).epochSeconds, through: instant(last).epochSeconds, by: 3600)
    let refused = refusing.map { start + $0 * 3600 }
    let bars = times.compactMap { time -> Bar? in
      let hour = (time - start.epochSeconds) / 3600
      guard !without.contains(hour) || time < start.epochSeconds, time != refused?.epochSeconds else { return nil }
      let (open, close) = (price(time), price(time + 3600))
      return Bar(
        openTime: Instant(epochSeconds: time), open: open, high: max(open, close) + 12.5, low: min(open, close) - 8.25,
        close: close, volume: 400 + Double(time / 3600 % 17) * 12.5)
    }
    let refusals = refused.map {
      Refusal(
        reason: .impossibleRange, at: $0, detail: "high 4470 is below close 4488.5",
        excerpt: #"[1758286800000,"4490","4470","4461","4488.5"]"#)
    }
    return Reading(
      series: series, facts: .bars(bars), refusals: refusals.map { [$0] } ?? [], covers: instant(first)...instant(last))
  }

  static func moods(_ values: [Double], first: String) -> Reading {
    let first = day(first)
    let facts = values.enumerated().map {
      SentimentValue(day: first + $0, value: $1, classification: $1 > 52 ? "Greed" : "Neutral")
    }
    return Reading(
      series: .fng, facts: .sentiment(facts), covers: first.start...(first + values.count - 1).start)
  }

  static func flows(_ series: SeriesKey, _ days: [(String, [String: Int64?])]) -> Reading {
    let facts = days.flatMap { text, funds in
      funds.sorted { $0.key < $1.key }.map { EtfFlow(day: day(text), ticker: $0.key, netFlowUSD: $0.value) }
    }
    let keys = facts.map(\.day.start)
    return Reading(
      series: series, facts: .flows(facts), covers: keys.min().flatMap { first in keys.max().map { first...$0 } })
  }
}

// MARK: - Samples

extension SeriesKey {
  static let solSamples = SeriesKey(
    dataset: .pricePoint, provider: "coingecko", providerSymbol: "solana", interval: .hour1)
  static let btcSamples = SeriesKey(
    dataset: .pricePoint, provider: "coingecko", providerSymbol: "bitcoin", interval: .hour1)
}

extension Catalogue {
  /// The small one, with samples of two assets.
  static let sampling = Catalogue(
    assets: small.assets, funds: small.funds,
    series: small.series + [
      SeriesDefinition(key: .btcSamples, asset: "BTC", quoteCurrency: "USD", priority: 4),
      SeriesDefinition(key: .solSamples, asset: "SOL", quoteCurrency: "USD", priority: 4),
    ])
}

extension [ProviderProfile] {
  static let sampling = known + [profile("coingecko", "CoinGecko", "https://coingecko.com")]
}

extension Record {
  /// A day on which no exchange answered.
  static func ofSamples() async throws -> Record {
    let record = try Record(.sampling, providers: .sampling)
    try await record.run(
      at: "2025-09-19T22:30Z",
      [
        .samples(.btcSamples, [("00:04", 117_000.5), ("12:31", 115_632.38), ("22:29", 115_900)]),
        .samples(.solSamples, [("21:58", 240.5)]), .moods([52, 53], first: "2025-09-18"),
        .flows(.btcFlows, [("2025-09-17", ["FBTC": -116_000_000, "IBIT": 149_700_000])]),
      ])
    return record
  }
}

extension Reading {
  /// Samples of the Friday, by their times.
  static func samples(_ key: SeriesKey, _ samples: [(time: String, price: Double)]) -> Reading {
    let points = samples.map { time, price in
      PricePoint(at: instant("2025-09-19T\(time)Z"), price: price, marketCap: price * 1000, volume24h: nil)
    }
    return Reading(series: key, facts: .pricePoints(points), covers: nil)
  }
}
