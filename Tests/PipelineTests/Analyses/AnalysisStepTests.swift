import Foundation
import Market
import Metrics
import Testing

@testable import Pipeline
@testable import Store

/// What rules say of assets and portfolios is said once, and stands.
@Suite struct AnalysisStepTests {
  /// A Sunday, in days of a file.
  private static let sunday = 1 + 7 * 40

  private func said(_ store: Store) throws -> [String] {
    try store.rows("SELECT asset_id, day, trend, bars, made_at / 86400 - 19000 FROM asset_analysis ORDER BY 1, 2")
  }

  private func day(_ number: Int) -> String { (DayFile.first + number).description }

  @discardableResult
  private func say(_ file: DayFile, on day: Int) throws -> StepCounts {
    try AnalysisStep(store: file.store).perform(at: DayFile.noon(day))
  }

  private func filled(_ count: Int = 300, _ store: Store? = nil) throws -> DayFile {
    let file = try DayFile(store)
    try file.tell(0..<count, of: DayFile.share, on: count)
    try file.tell(0..<count, of: DayFile.coin, on: count) { DayFile.price($0 * 3) }
    return file
  }

  @Test func `the days of the file begin where the tests say`() {
    #expect((DayFile.first + Self.sunday).weekday == 7)
  }

  @Test func `the newest day of each asset is told once`() throws {
    let file = try filled()
    #expect(try say(file, on: 300).new == 5)
    #expect(try said(file.store).map { $0.split(separator: "|")[1] } == [day(299), day(299)].map { $0[...] })
    #expect(try say(file, on: 300) == StepCounts())
    let acts = "SELECT count(*) FROM chronicle WHERE kind = 'analysed'"
    #expect(try file.store.rows(acts) == ["1"])
    try file.tell(300..<301, of: DayFile.share, on: 301)
    #expect(try say(file, on: 301) == StepCounts(new: 1))
    #expect(try file.store.rows(acts) == ["2"])
  }

  @Test func `what was said stands when the bars behind it are restated`() throws {
    let file = try filled()
    try say(file, on: 300)
    let before = try file.store.rows("SELECT * FROM asset_analysis")
    try file.tell(0..<300, of: DayFile.share, on: 301) { DayFile.price($0) * 2 }
    #expect(try say(file, on: 301) == StepCounts())
    #expect(try file.store.rows("SELECT * FROM asset_analysis") == before)
  }

  @Test func `it is what the rule says of the bars, restated for splits`() throws {
    let file = try DayFile()
    func traded(_ day: Int) -> Double { DayFile.price(day) * (day < 200 ? 4 : 1) }
    try file.tell(0..<300, of: DayFile.traded, price: traded)
    try file.split(4, on: 200)
    try say(file, on: 1000)
    let bars = (0..<300).map { day in
      let (close, spread) = (DayFile.price(day), day < 200 ? 0.25 : 1)
      return Bar(
        openTime: (DayFile.first + day).start, open: close, high: close + spread, low: close - spread, close: close,
        volume: 1)
    }
    let analysis = try #require(AssetAnalysis(bars))
    let signals = analysis.signals
    #expect(
      try file.store.rows("SELECT trend, regime, text FROM asset_analysis")
        == ["\(signals.trend?.rawValue ?? "∅")|\(signals.regime?.rawValue ?? "∅")|\(analysis.text)"])
  }

  @Test func `the view has the familiar columns, with levels as JSON`() throws {
    let file = try filled()
    try say(file, on: 300)
    let rows = try file.store.rows(
      "SELECT symbol, date, model_name, key_levels FROM vw_latest_asset_analysis ORDER BY 1")
    #expect(rows.count == 2 && rows[0].hasPrefix("ACME|\(day(299))|rules|{\"support\":["))
    let text = try #require(rows[0].split(separator: "|").last)
    let levels = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [Double]])
    #expect(Set(levels.keys) == ["support", "resistance"])
    let id = "SELECT analysis_id - asset_id * 1048576 FROM fact_ai_analysis"
    #expect(try file.store.rows(id) == Array(repeating: "\(19_000 + 299)", count: 2))
  }

  // MARK: Portfolios

  private static let made = "SELECT day, count(*), max(candidates) FROM portfolio GROUP BY day ORDER BY day"

  @Test func `portfolios are made once of a week that is over`() throws {
    let file = try filled(Self.sunday)
    try say(file, on: Self.sunday)
    #expect(try file.store.rows(Self.made) == ["\(day(Self.sunday - 7))|3|2"])
    try file.tell(Self.sunday..<Self.sunday + 1, of: DayFile.coin, on: Self.sunday + 1)
    #expect(try say(file, on: Self.sunday + 1).new == 4)
    #expect(try say(file, on: Self.sunday + 2) == StepCounts())
    #expect(try file.store.rows(Self.made) == ["\(day(Self.sunday - 7))|3|2", "\(day(Self.sunday))|3|2"])
    #expect(
      try file.store.rows("SELECT day, profile, sum(weight) FROM portfolio_pick GROUP BY 1, 2").allSatisfy {
        $0.hasSuffix("|100")
      })
  }

  @Test func `within an hour of its end a week is not over, and a run of some prices makes none`() throws {
    let file = try filled(Self.sunday + 1)
    let monday = (DayFile.first + Self.sunday + 1).start
    let step = AnalysisStep(store: file.store)
    try step.perform(at: monday + 3599)
    #expect(try file.store.rows(Self.made) == ["\(day(Self.sunday - 7))|3|2"])
    #expect(try step.perform(at: monday + 3600, portfolios: false) == StepCounts())
    #expect(try step.perform(at: monday + 3600).new == 3)
    #expect(
      try file.store.rows("SELECT detail FROM chronicle WHERE kind = 'analysed'") == ["portfolios", "portfolios"])
    var options = RunOptions()
    #expect(options.looksAtAllPrices)
    options.assets = ["BTC"]
    #expect(!options.looksAtAllPrices)
  }

  @Test func `no bar behind the week counts, whenever they are made`() throws {
    let (early, late) = (try filled(Self.sunday + 1), try filled(Self.sunday + 5))
    try say(early, on: Self.sunday + 1)
    try say(late, on: Self.sunday + 5)
    let picks = "SELECT profile, place, asset_id, weight, close, momentum, reason FROM portfolio_pick"
    #expect(try early.store.rows(picks) == late.store.rows(picks))
    #expect(try early.store.rows(picks).count == 6)
  }

  @Test func `what the user had removed by then is no part, and what was restored is one again`() throws {
    let file = try filled(Self.sunday)
    func decide(_ kind: String, on day: Int) throws {
      try file.store.write { db in
        try db.execute(
          sql: "INSERT INTO decision (decided_at, kind, subject) VALUES (?, ?, 'ACME')",
          arguments: [DayFile.noon(day).epochSeconds, kind])
      }
    }
    try decide("asset.remove", on: Self.sunday - 1)
    try decide("asset.restore", on: Self.sunday + 1)
    try say(file, on: Self.sunday)
    try file.tell(Self.sunday..<Self.sunday + 1, of: DayFile.share, on: Self.sunday + 2)
    try say(file, on: Self.sunday + 2)
    #expect(try file.store.rows(Self.made) == ["\(day(Self.sunday - 7))|3|1", "\(day(Self.sunday))|3|2"])
  }

  @Test func `of assets that nobody can hold, and of few bars, none are made`() throws {
    let file = try filled(60)
    try say(file, on: 60)
    #expect(try file.store.rows(Self.made) == [])
    #expect(try said(file.store).count == 2)
  }

  @Test func `the recommendation has the familiar columns, whatever the names are`() throws {
    let file = try filled(Self.sunday)
    let name = "A\"\\\n\u{301}</script>'"
    try file.store.write { db in
      try db.execute(sql: "UPDATE asset SET sector = ?, symbol = ? WHERE symbol = 'ACME'", arguments: [name, name])
    }
    try say(file, on: Self.sunday)
    let row = """
      SELECT json_array(recommendation_id, risk_profile, allocation_stocks, allocation_crypto, allocation_commodities,
        json(top_picks), json(sector_exposure), json(risks), news_impact, token_count)
      FROM fact_portfolio_recommendations ORDER BY 1 LIMIT 1
      """
    let text = try #require(try file.store.rows(row).first)
    let cells = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any])
    #expect(cells[0] as? Int == (19_000 + Self.sunday - 7) * 4 + 1)
    #expect(cells[1] as? String == "Conservative")
    #expect(cells[2...4].compactMap { $0 as? Int }.reduce(0, +) == 100)
    let picks = try #require(cells[5] as? [[String: Any]])
    #expect(picks.first?["symbol"] as? String == name)
    #expect(picks.first?["weight"] as? Int == cells[2] as? Int)
    #expect((cells[6] as? [String: Int])?[name] == cells[2] as? Int)
    #expect((cells[7] as? [String])?.last == "By rule 1, from what was; not advice.")
    #expect(cells[8] is NSNull && cells[9] is NSNull)
  }

  // MARK: The past and a file made anew

  @Test func `of the past there is what had been said by then`() throws {
    let folder = try TemporaryFolder()
    let file = try filled(Self.sunday, Store.writing(folder.file("a.db"), command: "ingest"))
    try say(file, on: Self.sunday)
    try file.tell(Self.sunday..<Self.sunday + 2, of: DayFile.coin, on: Self.sunday + 2)
    try say(file, on: Self.sunday + 2)
    func seen(_ day: Int) throws -> [String] {
      let past = try Store.reading(folder.file("a.db"), asOf: DayFile.noon(day))
      return try ["fact_ai_analysis", "fact_portfolio_recommendations", "portfolio_pick"].flatMap {
        try past.rows("SELECT count(*) FROM \($0)")
      }
    }
    #expect(try seen(Self.sunday + 1) == ["2", "3", "6"])
    #expect(try seen(Self.sunday + 2) == ["3", "6", "12"])
  }

  private static func days(_ range: Range<Int>, _ seed: Int) -> [UInt8] {
    let last = Importing.now.day
    let rows = range.map { day in
      let price = DayFile.price(day * seed)
      return "\(last - range.upperBound + day),\(price),\(price + 1),\(price - 1),\(price),5"
    }
    return Array(("date,open,high,low,close,volume\n" + rows.joined(separator: "\n") + "\n").utf8)
  }

  @Test func `a file that is made anew says the same, and what nobody said is told of`() throws {
    let importing = try Importing()
    try importing.bring(Self.days(0..<300, 1), Importing.bars(.day1))
    try importing.bring(Self.days(0..<300, 3), Importing.bars(.day1, asset: "ETH"))
    let store = importing.store
    let count = try AnalysisStep(store: store).perform()
    #expect(count == StepCounts(new: 5))
    // Told otherwise afterwards, of what was said before.
    try importing.bring(Self.days(200..<300, 5), Importing.bars(.day1))
    let rebuilt = try Rebuilt(store)
    #expect(rebuilt.faults == [])
    for table in ["asset_analysis", "portfolio", "portfolio_pick"] {
      let rows = try store.rows("SELECT * FROM \(table)")
      #expect(try !rows.isEmpty && rebuilt.store.rows("SELECT * FROM \(table)") == rows)
    }
    try store.tamper("UPDATE portfolio SET candidates = candidates + 1")
    try store.tamper("UPDATE asset_analysis SET momentum = 1 WHERE asset_id = 1")
    let counts = try Rebuilt(store).differences.counts
    #expect(counts["portfolio"] == 3 && counts["asset_analysis"] == 1)
  }
}
