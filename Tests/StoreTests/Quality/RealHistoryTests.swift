import Market
import Support
import Testing

@testable import Store

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
    #expect(doubts(about: bars, after: nil, Plausibility(of: .crypto, interval: .hour1)) == [])
  }

  @Test func `of fourteen years of Bitcoin's days hardly one is marked`() throws {
    let bars = try bars(
      "history/crypto/btcusd_1d_bitstamp_coinbase_2011-2025.csv", every: 86_400, columns: [1, 5, 6, 2, 3])
    #expect(bars.count == 5152)
    let marks = doubts(about: bars, after: nil, Plausibility(of: .crypto, interval: .day1))
    #expect((1...25).contains(marks.count), "\(marks.map { "\(bars[$0.index].openTime.day) \($0.rule) \($0.detail)" })")
  }
}
