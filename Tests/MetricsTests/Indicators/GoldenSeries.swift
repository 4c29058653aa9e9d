import Market
import Support
import Testing

/// The series that the golden files are about, the same as in `Golden/series.py`.
enum GoldenSeries {
  static let made = priced + ["cents"]
  /// Those that measures of risk are made of.
  static let priced = ["wander", "flat", "gaps", "fall", "small"]

  /// First price, drift, swing.
  private static let shapes = [
    "wander": (100, 1, 0.04), "flat": (100, 1, 0.04), "gaps": (100, 1, 0.04), "fall": (6e11, 0.9453125, 0.08),
    "small": (1e-6, 1, 0.04), "cents": (1.3, 1, 0.04),
  ]

  /// A made series: 420 bars, an hour apart.
  static func bars(_ name: String) throws -> [Bar] {
    let (first, drift, swing) = try #require(shapes[name])
    var state: UInt64 = 7
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24) - 0.5
    }
    var price = first
    return (0..<420).map { index in
      if name == "gaps", index % 25 == 24 { price *= index % 50 == 49 ? 1.4 : 0.7 }
      let draws = (0..<5).map { _ in draw() }
      let isFlat = name == "flat" && index / 40 % 3 == 1
      let open = isFlat ? price : price * (1 + draws[0] * (swing / 4))
      let close = isFlat ? price : price * (drift + draws[1] * swing)
      let high = isFlat ? price : max(open, close) * (1 + (draws[2] + 0.5) * (swing / 2))
      let low = isFlat ? price : min(open, close) * (1 - (draws[3] + 0.5) * (swing / 2))
      let volume = isFlat ? 0 : ((draws[4] + 0.5) * 1_000_000).rounded(.towardZero)
      func priced(_ value: Double) -> Double { name == "cents" ? (value * 100 + 0.5).rounded(.down) / 100 : value }
      price = priced(close)
      return Bar(
        openTime: start + Int64(index) * 3600, open: priced(open), high: priced(high), low: priced(low), close: price,
        volume: volume)
    }
  }

  static let start = Instant(epochSeconds: 1_758_240_000)

  static let real = ["aapl", "ge", "spy", "uvxy", "ung", "eth", "btc_hours", "btc_days", "gold", "silver"]

  /// Where open, high, low, close and volume stand.
  private static let files = [
    "aapl": ("equities/daily_actions/AAPL.csv", [1, 2, 3, 4, 6]),
    "ge": ("equities/daily_actions/GE.csv", [1, 2, 3, 4, 6]),
    "spy": ("equities/daily_actions/SPY.csv", [1, 2, 3, 4, 6]),
    "uvxy": ("equities/etf_daily_adjusted/uvxy.csv", [1, 2, 3, 4, 5]),
    "ung": ("equities/etf_daily_adjusted/ung.csv", [1, 2, 3, 4, 5]),
    "eth": ("equities/etf_daily_adjusted/eth.csv", [1, 2, 3, 4, 5]),
    "btc_hours": ("crypto/btcusdt_1h_binance_2024-2026.csv", [1, 2, 3, 4, 5]),
    "btc_days": ("crypto/btcusd_1d_bitstamp_coinbase_2011-2025.csv", [1, 5, 6, 2, 3]),
    "gold": ("commodities/xauusd_daily_2004-2025.csv", [3, 4, 5, 6, 7]),
    "silver": ("commodities/silver_mcx_inr_daily_2015-2024.csv", [1, 2, 3, 4, 5]),
  ]

  /// A recorded series of `MARKET_DATA`, its rows taken for an hour apart.
  static func recorded(_ name: String) throws -> [Bar] {
    let (path, columns) = try #require(files[name])
    let bytes = try #require(MarketData.bytes("history/" + path))
    let lines = String(decoding: bytes, as: UTF8.self).split { $0 == "\n" || $0 == "\r\n" }.dropFirst()
    let rows = lines.map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return columns.compactMap { $0 < cells.count ? Double(cells[$0]) : nil }
    }
    return rows.filter { $0.count == 5 }.enumerated().map { index, row in
      Bar(
        openTime: start + Int64(index) * 3600, open: row[0], high: row[1], low: row[2], close: row[3], volume: row[4])
    }
  }
}
