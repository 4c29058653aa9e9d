import Formats
import Market
import Support
import Testing

@testable import Pipeline
@testable import Store

/// Files of real history: their facts hold for the rows that were stored.
@Suite(.enabled(if: MarketData.folder != nil, "MARKET_DATA names no folder of recorded answers"))
struct HistoryImportTests {
  private let importing: Importing

  init() throws { importing = try Importing() }

  @discardableResult
  private func bring(_ path: String, _ order: ImportOrder, source: String = "import") throws -> ImportReport {
    let bytes = try #require(MarketData.bytes("history/\(path)"))
    return try importing.bring(
      bytes, order, source: source, name: path.split(separator: "/").last.map(String.init) ?? "")
  }

  private func rows(_ sql: String) throws -> [String] { try importing.store.rows(sql) }

  /// The bars of one source joined to those of another; how many there are and how many differ.
  private func differing(_ a: String, _ b: String, on key: String = "a.open_time = b.open_time") throws -> [String] {
    try rows(
      """
      SELECT count(*), sum(a.open <> b.open OR a.high <> b.high OR a.low <> b.low OR a.close <> b.close
        OR a.volume <> b.volume)
      FROM bar AS a JOIN bar AS b ON \(key)
      WHERE a.series_id = (SELECT series_id FROM series JOIN source USING (source_id) WHERE name = '\(a)')
        AND b.series_id = (SELECT series_id FROM series JOIN source USING (source_id) WHERE name = '\(b)')
      """)
  }

  @Test func `three overlapping files of hours are one series without a contradiction`() throws {
    let names = ["2017-2024.csv.gz", "2020-2025.csv.gz", "2024-2026.csv"]
    let reports = try names.map { try bring("crypto/btcusdt_1h_binance_\($0)", Importing.bars()) }
    #expect(reports.map(\.counts.unchanged) == [0, 31_411, 14_584])
    #expect(reports.map(\.counts.changed) == [0, 0, 0])
    #expect(
      try rows("SELECT row_count, first_time, last_time FROM series WHERE row_count > 0")
        == ["73748|1502942400|1768892400"])
    #expect(reports.last?.missing == 73_876 - 73_748)
  }

  @Test func `months of Binance's archive, in ms and µs, equal the hours of both files`() throws {
    for month in ["2024-11", "2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05"] {
      let report = try bring("awkward/binance_vision_btcusdt_1h_\(month).csv", Importing.bars(), source: "archive")
      #expect(report.counts.refused == 0)
    }
    try bring("crypto/btcusdt_1h_binance_2020-2025.csv.gz", Importing.bars(), source: "one")
    try bring("crypto/btcusdt_1h_binance_2024-2026.csv", Importing.bars(), source: "two")
    #expect(try differing("archive", "one") == ["5088|0"])
    #expect(try differing("archive", "two") == ["5088|0"])
  }

  @Test func `five minutes fold into the hours of another file, and minutes into both`() throws {
    try bring("crypto/btcusdt_5m_binance_2024-2025.csv.gz", Importing.bars(.minute5), source: "five")
    try bring("crypto/btcusdt_1m_binance_2025-06.csv.gz", Importing.bars(.minute1), source: "one")
    try bring("crypto/btcusdt_1h_binance_2020-2025.csv.gz", Importing.bars(), source: "hour")
    #expect(try folded("five", into: "hour", 3600, 12) == ["11717|0"])
    #expect(try folded("one", into: "hour", 3600, 60) == ["719|0"])
    #expect(try folded("one", into: "five", 300, 5) == ["8639|0"])
  }

  /// How many whole bars of `into` the bars of a source fold to, and how many differ.
  private func folded(_ source: String, into: String, _ seconds: Int, _ count: Int) throws -> [String] {
    func series(_ name: String) -> String {
      "(SELECT series_id FROM series JOIN source USING (source_id) WHERE name = '\(name)')"
    }
    return try rows(
      """
      WITH small AS (
        SELECT open_time - open_time % \(seconds) AS start, min(open_time) AS first, max(open_time) AS last,
          max(high) AS high, min(low) AS low, sum(volume) AS volume
        FROM bar WHERE series_id = \(series(source)) GROUP BY 1 HAVING count(*) = \(count)
      )
      SELECT count(*), sum(large.open <> opening.open OR large.close <> closing.close OR large.high <> small.high
        OR large.low <> small.low OR abs(large.volume - small.volume) > 1e-6)
      FROM small
      JOIN bar AS large ON large.series_id = \(series(into)) AND large.open_time = start
      JOIN bar AS opening ON opening.series_id = \(series(source)) AND opening.open_time = first
      JOIN bar AS closing ON closing.series_id = \(series(source)) AND closing.open_time = last
      """)
  }

  @Test func `of doubled hours the exact ones are believed`() throws {
    let report = try bring("crypto/btcusdt_1h_binance_2017-2021_cdd.csv.gz", Importing.bars(), source: "cdd")
    #expect(report.counts.new == 36_062 - 2649)
    #expect(report.tally.refused == [.contradictory: 2649])
    #expect(
      try rows(
        "SELECT count(*) FROM quarantine WHERE reason = 'contradictory' AND at BETWEEN 1596322800 AND 1605855600")
        == ["2649"])
    try bring("crypto/btcusdt_1h_binance_2020-2025.csv.gz", Importing.bars(), source: "clean")
    let differing = try rows(
      """
      SELECT datetime(a.open_time, 'unixepoch') FROM bar AS a JOIN bar AS b USING (open_time)
      WHERE a.series_id < b.series_id AND a.open_time >= 1600560000 AND (a.open, a.high, a.low, a.close) <> (b.open, b.high, b.low, b.close)
      ORDER BY 1
      """)
    #expect(differing.count <= 4)
    #expect(differing.contains("2021-06-10 00:00:00"))
  }

  @Test func `half a million minutes of Bitfinex are read in its own order of columns`() throws {
    let report = try bring("crypto/btcusd_1m_bitfinex_2019.csv.gz", Importing.bars(.minute1), source: "bitfinex")
    #expect((report.counts.new, report.counts.refused, report.missing) == (512_727, 0, 12_873))
    #expect(try rows("SELECT count(*) FROM gap") == ["9955"])
    #expect(
      try rows("SELECT open, high, low, close FROM bar ORDER BY open_time LIMIT 1")
        == ["3832.6286242|3834.7|3832.6286242|3833.1"])
  }

  // MARK: Days

  private static let daily =
    ("AAPL AIG AMD AXP BA CAT CRM CSCO CVX DIS F GE GS HD IBM INTC JNJ JPM KO MCD MRK MSFT NKE PFE PG SPY UNH V VNQ VOO "
    + "VTI VWO WFC WMT").split(separator: " ").map(String.init)

  @Test(arguments: daily)
  func `daily stocks are keyed by their session date`(symbol: String) throws {
    let report = try bring(
      "equities/daily_actions/\(symbol).csv", Importing.bars(.day1, asset: symbol, .stock), source: "alphavantage")
    #expect(report.counts.refused == 0)
    #expect(report.counts.new == report.tally.lines)
    #expect(try rows("SELECT count(*) FROM bar WHERE open_time % 86400 <> 0") == ["0"])
    #expect(try rows("SELECT count(*) FROM bar WHERE strftime('%w', open_time, 'unixepoch') IN ('0', '6')") == ["0"])
    // Before 2018 holidays are not known, and nearly all that is missing is one; from then on nothing is.
    #expect(report.missing < 180)
    #expect(try rows("SELECT count(*) FROM gap WHERE to_time >= unixepoch('2018-01-01')") == ["0"])
  }

  @Test func `two vendors of the same stock meet on nearly all days`() throws {
    let order = Importing.bars(.day1, asset: "AAPL", .stock)
    try bring("equities/daily_actions/AAPL.csv", order, source: "one")
    let lean = try bring("equities/actions/lean_daily_aapl.csv", order, source: "lean")
    #expect(lean.counts.new == 5849)
    let close = try rows(
      """
      SELECT count(*), sum(abs(a.close / b.close - 1) > 0.005) FROM bar AS a JOIN bar AS b USING (open_time)
      WHERE a.series_id < b.series_id
      """)
    #expect(close == ["5388|33"])
  }

  @Test func `a fund whose splits took nine digits off keeps its range`() throws {
    try bring("equities/etf_daily_adjusted/uvxy.csv", Importing.bars(.day1, asset: "UVXY", .fund))
    #expect(
      try rows("SELECT open FROM bar ORDER BY open_time LIMIT 1")
        + rows("SELECT round(close, 2) FROM bar ORDER BY open_time DESC LIMIT 1")
        == ["606749982720.0", "30.68"])
  }

  @Test func `offsets that change with the clocks do not move the session's day`() throws {
    try bring("equities/corrupt_actions/SSNLF-1d-bad-div.csv", Importing.bars(.day1, asset: "SSNLF", .stock))
    #expect(try rows("SELECT count(*), min(open_time) FROM bar") == ["6017|997056000"])
    #expect(try rows("SELECT count(*) FROM quarantine WHERE reason = 'not_a_number'") == ["242"])
  }

  @Test func `minutes of a stock are placed by its own clocks, over their changes`() throws {
    var order = Importing.bars(.minute5, asset: "SPY", .fund)
    order.timeZone = "America/New_York"
    let report = try bring("equities/intraday/SPY_5m_2025-2026_local.csv", order)
    #expect((report.counts.new, report.counts.refused) == (17_463, 0))
    // Half past nine in New York, in summer and in winter.
    #expect(
      try rows(
        "SELECT DISTINCT strftime('%H:%M', min(open_time), 'unixepoch') FROM bar WHERE volume > 1000000 GROUP BY open_time / 86400"
      ).allSatisfy { ["13:30", "14:30"].contains($0) || $0 > "13:30" })
  }

  @Test func `a stock's minutes with offsets are read over a change of clocks`() throws {
    let report = try bring(
      "equities/intraday/SPY_1m_2024_utcoffset.csv.gz", Importing.bars(.minute1, asset: "SPY", .fund))
    #expect((report.counts.new, report.counts.refused) == (49_720, 0))
    #expect(try rows("SELECT min(open_time) FROM bar") == ["1708419600"])
  }

  // MARK: Sentiment and flows

  @Test func `the crypto index lacks the four days that it lacks`() throws {
    let order = ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1)
    let report = try bring("sentiment/crypto_fear_greed_2018-2026.csv", order, source: "alternative.me-archive")
    #expect((report.counts.new, report.missing) == (2977, 4))
    #expect(
      try rows("SELECT classification, count(*) FROM sentiment GROUP BY 1 ORDER BY 1")
        == ["Extreme Fear|670", "Extreme Greed|281", "Fear|844", "Greed|790", "Neutral|392"])
    #expect(try rows("SELECT min(value), max(value) FROM sentiment") == ["5.0|95.0"])
  }

  @Test func `CNN's last day, which is there twice, is stored once`() throws {
    let order = ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1)
    let report = try bring("sentiment/cnn_fear_greed_endpoint_2021-2026.csv", order, source: "cnn")
    #expect((report.counts.new, report.tally.folded) == (1320, 1))
    #expect(try bring("sentiment/cnn_fear_greed_2011-2026.csv", order, source: "cnn-long").counts.new == 3834)
  }

  @Test func `flows sum to what is known, and the false first day is not believed`() throws {
    var order = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1)
    order.unit = 1_000_000
    let report = try bring("etf_flows/btc_etf_flows_wide_2024-2026.csv", order, source: "farside-archive")
    #expect(report.tally.refused == [.contradictory: 1])
    #expect(
      try rows("SELECT sum(net_flow_usd) FROM etf_flow JOIN etf USING (etf_id) WHERE ticker = 'IBIT'") == [
        "62426400000"
      ])
    #expect(try rows("SELECT sum(net_flow_usd), count(DISTINCT day) FROM etf_flow") == ["53775100000|671"])
  }

  @Test func `the ether funds are told from their total without its name`() throws {
    var order = ImportOrder(dataset: .etfFlow, asset: "ETH", assetClass: .crypto, interval: .day1)
    order.unit = 1_000_000
    try bring("etf_flows/eth_etf_flows_wide_2024-2026.csv", order, source: "farside-archive")
    #expect(try rows("SELECT sum(net_flow_usd) FROM etf_flow") == ["12154200000"])
    #expect(
      try rows("SELECT sum(net_flow_usd) FROM etf_flow JOIN etf USING (etf_id) WHERE ticker = 'ETHA'") == [
        "12169500000"
      ])
  }

  @Test func `the long and the wide form of a table are the same flows`() throws {
    var order = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1)
    try bring("etf_flows/btc_etf_flows_long_2024-2025.csv", order, source: "long")
    order.unit = 1_000_000
    try bring("etf_flows/btc_etf_flows_wide_calendar_2024-2025.csv", order, source: "wide")
    #expect(
      try rows(
        """
        SELECT count(*), sum(a.net_flow_usd IS NOT b.net_flow_usd) FROM etf_flow AS a
        JOIN etf_flow AS b ON a.day = b.day AND a.etf_id = b.etf_id AND a.series_id < b.series_id
        """) == ["4719|0"])
  }

  // MARK: Damage

  @Test(arguments: [
    ("awkward/cdd_gemini_eth_1h_headerless_impossible_dates_mixed_epoch.csv.gz", "ETH", 35_061, 168, 0),
    ("awkward/gemini_btc_1h_excel_mangled_epoch.csv.gz", "BTC", 25_522, 0, 1),
    ("awkward/binance_btc_1h_semicolon_headerless_truncated_epoch.csv.gz", "BTC", 28_584, 0, 4365),
    ("awkward/coinbase_btc_1h_float_epoch_12h_dates_two_field_preamble.csv.gz", "BTC", 29_056, 5, 0),
    ("crypto/btcusd_1h_gemini_2015-2020_cdd.csv.gz", "BTC", 45_824, 0, 1),
  ])
  func `damaged hours cost themselves and no others`(
    path: String, asset: String, new: Int, folded: Int, refused: Int
  ) throws {
    let report = try bring(path, Importing.bars(asset: asset))
    #expect((report.counts.new, report.tally.folded, report.counts.refused) == (new, folded, refused))
  }

  @Test func `prices that lost their decimal point are refused`() throws {
    let report = try bring("awkward/binance_btc_1h_dotted_dates_corrupt_high.csv.gz", Importing.bars())
    #expect(report.tally.refused[.impossibleRange, default: 0] >= 16_440)
    // One digit more may be a stray print of a thin book: those 239 are stored, and marked, also those of which the open or
    // the close has lost its point as well; but for 7 hours without a trade, which stand where a jump had led.
    #expect(try rows("SELECT count(*) FROM bar WHERE high > 1000 * min(open, close)") == ["0"])
    #expect(
      try rows(
        """
        SELECT count(*) FROM bar
        WHERE high > 100000
          AND (series_id, open_time) NOT IN (SELECT series_id, at FROM quality_flag WHERE rule IN ('range', 'jump'))
        """) == ["7"])
  }

  @Test(arguments: [
    "macro/DGS10.csv", "macro/CPIAUCSL.csv", "macro/DGS10_fred_raw.csv", "commodities/wti_daily_1986-2026.csv",
    "commodities/gold_monthly_1833-2026.csv", "awkward/aapl_bom_adjclose_only.csv", "awkward/spx_logreturn_bom.csv",
    "awkward/ff5_factors_yyyymmdd_space_padded.csv", "equities/actions/lean_factor_aapl.csv",
    "equities/actions/lean_map_goog.csv",
  ])
  func `a table of single values is no table of bars, and nothing of it is stored`(path: String) throws {
    #expect(throws: FileRefusal.self) { try bring(path, Importing.bars(.day1, asset: "AAPL", .stock)) }
    #expect(try rows("SELECT count(*) FROM fetch") == ["0"])
  }
}
