import Foundation
import Market
import Metrics
import Support
import Testing

@testable import Providers

/// Adjusted closes as their sources give them, over real acts.
@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)")) struct RecordedAdjustmentTests {
  /// What a chart says of adjusted closes, which no reading takes.
  private struct Chart: Decodable {
    struct Body: Decodable { let result: [Result] }
    struct Result: Decodable {
      let timestamp: [Int64]
      let indicators: Indicators
    }
    struct Indicators: Decodable { let adjclose: [Closes] }
    struct Closes: Decodable { let adjclose: [Double?] }
    let chart: Body

    /// By session date, in clocks that are never a day off by five hours.
    var closes: [Day: Double] {
      chart.result.reduce(into: [:]) { closes, result in
        for (stamp, close) in zip(result.timestamp, result.indicators.adjclose.first?.adjclose ?? []) {
          closes[(Instant(epochSeconds: stamp) - 5 * 3600).day] = close
        }
      }
    }
  }

  @Test(arguments: [
    ("AAPL-1d-2020-08-31_2020-11-07", "AAPL", 2), ("MSFT-1d-2021-02_2022-01-events-div", "MSFT", 4),
    ("SPY-1d-1y-2026-05-03", "SPY", 4), ("XLK-1d-1y-2026-05-03", "XLK", 5),
  ]) func `Yahoo's adjusted closes are met but for a constant`(file: String, symbol: String, count: Int) throws {
    let body = try #require(MarketData.bytes("payloads/yahoo/chart-\(file).json"))
    let window = try instant("1990-01-01T00:00:00Z")...instant("2026-05-03T00:00:00Z")
    let answer = Answer(status: 200, headers: [], body: body, receivedAt: try instant("2026-05-04T12:00:00Z"))
    let reading = try Yahoo().read(answer, to: YahooAddress.chart(symbol, .day1, window))
    guard case .bars(let bars) = reading.parts[0].facts.typed else { throw CancellationError() }
    guard case .rows(.corporateAction, let rows) = reading.parts[1].facts else { throw CancellationError() }
    let acts = rows.compactMap(CorporateAction.init)
    #expect(acts.count == count)
    let series = AdjustedSeries(
      basis: .splitAdjusted, interval: .day1, calendar: .nyse, method: .yahoo, unit: .splitAdjusted)
    let factors = AdjustmentFactors(.all, of: series, acts: acts, close: bars.lastClose)
    #expect(factors.unheeded == [])
    let told = try JSONDecoder().decode(Chart.self, from: Data(body)).closes
    let ratios = factors.adjusted(bars).map { $0.close / (told[$0.openTime.day] ?? 0) }
    let newest = try #require(ratios.last)
    let worst = ratios.reduce(0) { max($0, abs($1 / newest - 1)) }
    #expect(ratios.count > 45)
    #expect(worst < 1e-6, "\(symbol): \(worst)")
  }

  @Test func `Alpha Vantage's adjusted closes are met in every file`() throws {
    let folder = "history/equities/daily_actions"
    let names = try FileManager.default.contentsOfDirectory(atPath: #require(MarketData.folder) + "/" + folder)
    let files = names.filter { $0.hasSuffix(".csv") }.sorted()
    #expect(files.count == 34)
    let series = AdjustedSeries(
      basis: .asTraded, interval: .day1, calendar: .nyse, method: .alphaVantage, unit: .asDeclared)
    for name in files {
      let rows = try Self.rows(of: #require(MarketData.bytes("\(folder)/\(name)")))
      let factors = AdjustmentFactors(.all, of: series, acts: rows.acts, close: rows.bars.lastClose)
      let worst = zip(factors.adjusted(rows.bars), rows.adjusted).map { abs($0.close / $1 - 1) }.max() ?? 1
      #expect(factors.unheeded == [])
      #expect(worst < 1e-5, "\(name): \(worst)")
    }
  }

  /// `timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient`
  private static func rows(
    of file: [UInt8]
  ) throws -> (bars: [Bar], adjusted: [Double], acts: [CorporateAction]) {
    var (bars, adjusted, acts) = ([Bar](), [Double](), [CorporateAction]())
    for line in String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",")
      let date = try day(String(cells[0]))
      let figures = try cells.dropFirst().map { try #require(Double($0)) }
      bars.append(
        Bar(
          openTime: date.start, open: figures[0], high: figures[1], low: figures[2], close: figures[3],
          volume: figures[5]))
      adjusted.append(figures[4])
      if figures[6] != 0 { acts.append(CorporateAction(day: date, kind: .dividend, value: figures[6])) }
      if figures[7] != 1 { acts.append(CorporateAction(day: date, kind: .split, value: figures[7])) }
    }
    return (bars, adjusted, acts)
  }
}
