import Foundation
import Market
import Support
import Testing

@testable import Metrics

/// Years of real prices: what is marked must be little, and worth a look.
@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
struct RealHistoryTests {
  /// The bars of a CSV file, its rows taken for an interval apart.
  ///
  /// - Parameter columns: where open, high, low, close and volume stand.
  private func bars(_ file: String, every seconds: Int64, columns: [Int] = [1, 2, 3, 4, 5]) throws -> [Bar] {
    let bytes = try #require(MarketData.bytes(file))
    let lines = String(decoding: bytes, as: UTF8.self).split { $0 == "\n" || $0 == "\r\n" }.dropFirst()
    return lines.enumerated().compactMap { index, line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let values = columns.compactMap { $0 < cells.count ? Double(cells[$0]) : nil }
      guard values.count == 5 else { return nil }
      return Bar(
        openTime: Instant(epochSeconds: Int64(index) * seconds), open: values[0], high: values[1], low: values[2],
        close: values[3], volume: values[4])
    }
  }

  @Test func `of two years of Bitcoin's hours none is marked`() throws {
    let bars = try bars("history/crypto/btcusdt_1h_binance_2024-2026.csv", every: 3600)
    #expect(bars.count == 17_521)
    #expect(flags(among: bars, after: nil, Plausibility(of: .crypto, interval: .hour1)) == [])
  }

  @Test func `of fourteen years of Bitcoin's days hardly one is marked`() throws {
    let bars = try bars(
      "history/crypto/btcusd_1d_bitstamp_coinbase_2011-2025.csv", every: 86_400, columns: [1, 5, 6, 2, 3])
    #expect(bars.count == 5152)
    let marks = flags(among: bars, after: nil, Plausibility(of: .crypto, interval: .day1))
    #expect((1...25).contains(marks.count), "\(marks.map { "\(bars[$0.index].openTime.day) \($0.rule) \($0.detail)" })")
  }

  /// Every file of a folder, so that a day of one is not taken for the day after another's.
  private func marks(
    in folder: String, of assetClass: AssetClass, columns: [Int]
  ) throws -> (bars: Int, jumps: [String: Int], others: Int) {
    var found = (bars: 0, jumps: [String: Int](), others: 0)
    for name in try FileManager.default.contentsOfDirectory(atPath: #require(MarketData.folder) + "/" + folder)
    where name.hasSuffix(".csv") {
      let bars = try bars("\(folder)/\(name)", every: 86_400, columns: columns)
      let marks = flags(among: bars, after: nil, Plausibility(of: assetClass, interval: .day1))
      let jumps = marks.count { [.jump, .unit].contains($0.rule) }
      found.bars += bars.count
      if jumps > 0 { found.jumps[name] = jumps }
      found.others += marks.count - jumps
    }
    return found
  }

  @Test func `of stocks' days as they traded, splits and crises are marked`() throws {
    let found = try marks(in: "history/equities/daily_actions", of: .stock, columns: [1, 2, 3, 4, 6])
    #expect(found.bars > 180_000)
    // It was split in 2014 and 2020.
    #expect(found.jumps["AAPL.csv"] ?? 0 >= 2)
    #expect((20...60).contains(found.jumps.values.reduce(0, +)), "\(found.jumps)")
    #expect(found.others < found.bars / 2000, "\(found.others)")
  }

  @Test func `of funds' days hardly one is marked, but of the one that holds volatility`() throws {
    let found = try marks(in: "history/equities/etf_daily_adjusted", of: .fund, columns: [1, 2, 3, 4, 5])
    #expect(found.bars > 85_000)
    #expect(
      found.jumps.filter { $0.key != "uvxy.csv" && $0.key != "eth.csv" }.values.reduce(0, +) <= 5, "\(found.jumps)")
  }
}
