import Market
import Metrics
import SQLite
import Testing

@testable import Pipeline
@testable import Store

/// What is kept of days beside what was known then, and in a file that is made anew.
@Suite struct MeasuredPastTests {
  private func seen(_ folder: TemporaryFolder, on day: Int, _ sql: String) throws -> [String] {
    try Store.reading(folder.file("a.db"), asOf: DayFile.noon(day)).rows(sql)
  }

  /// Days 0 to 99 told on day 100; 100 to 109 on day 110, with another close of day 90.
  private func filled(_ folder: TemporaryFolder, restating: Bool = true) throws -> DayFile {
    let file = try DayFile(Store.writing(folder.file("a.db"), command: "ingest"))
    try file.tell(0..<100, of: DayFile.traded, on: 100)
    try file.measure(on: 100)
    try file.tell((restating ? 90 : 100)..<110, of: DayFile.traded, on: 110) { $0 == 90 ? 150 : DayFile.price($0) }
    try file.measure(on: 110)
    return file
  }

  private static let rows = "SELECT count(*), max(open_time) / 86400 - 19000 FROM indicator_value"

  @Test func `of the past there is what was computed from the bars of then, and no more`() throws {
    let folder = try TemporaryFolder()
    let file = try filled(folder)
    #expect(try file.store.rows(Self.rows) == ["110|109"])
    #expect(try seen(folder, on: 111, Self.rows) == ["110|109"])
    #expect(try seen(folder, on: 105, Self.rows) == ["90|89"])
    let then = "SELECT * FROM indicator_value WHERE open_time < \((DayFile.first + 90).start.epochSeconds)"
    #expect(try seen(folder, on: 105, then) == file.store.rows(then))
  }

  @Test func `bars that only came later leave all of the past`() throws {
    let folder = try TemporaryFolder()
    _ = try filled(folder, restating: false)
    #expect(try seen(folder, on: 105, Self.rows) == ["100|99"])
    let view = "SELECT count(*) FROM vw_volatility_30d"
    #expect(try seen(folder, on: 105, view) == ["0"])
    #expect(try seen(folder, on: 111, view) == ["1"])
    let json = "SELECT count(*) FROM fact_asset_prices WHERE dynamic_metadata LIKE '%\"sma_20\":1%'"
    #expect(try seen(folder, on: 105, json) == ["81"])
  }

  @Test func `before a split was known nothing is left that it restated`() throws {
    let folder = try TemporaryFolder()
    let file = try filled(folder, restating: false)
    try file.split(2, on: 50, told: 120)
    try file.measure(on: 120)
    #expect(try seen(folder, on: 115, Self.rows) == ["0|∅"])
    #expect(try seen(folder, on: 121, Self.rows) == ["110|109"])
  }

  // MARK: Made anew

  private static func days(_ range: Range<Int>) -> String {
    "date,open,high,low,close,volume\n"
      + range.map { day in
        let price = DayFile.price(day)
        return "\(Day(daysSinceEpoch: 19_500) + day),\(price),\(price + 1),\(price - 1),\(price),5"
      }.joined(separator: "\n") + "\n"
  }

  private func imported() throws -> Importing {
    let importing = try Importing()
    let order = Importing.bars(.day1)
    try importing.bring(Array(Self.days(0..<450).utf8), order)
    try importing.bring(Array(Self.days(400..<500).utf8), order)
    try importing.bring(Array(Self.days(0..<450).utf8), Importing.bars(.day1, asset: "ETH"))
    return importing
  }

  @Test func `an import is measured, and a rebuilt file has the same`() throws {
    let store = try imported().store
    #expect(try store.rows("SELECT count(*) FROM indicator_value") == ["950"])
    #expect(try store.rows("SELECT count(*) FROM series_correlation") == ["1"])
    let rebuilt = try Rebuilt(store)
    #expect(rebuilt.faults == [])
    for table in ["indicator_value", "indicator_checkpoint", "series_volatility", "series_correlation"] {
      #expect(try rebuilt.store.rows("SELECT * FROM \(table)") == store.rows("SELECT * FROM \(table)"))
    }
  }

  @Test func `a value that nobody computed is told of, but for a series that waits for it`() throws {
    let store = try imported().store
    try store.tamper("UPDATE indicator_value SET rsi = 1 WHERE open_time % 7 = 0 AND series_id = 1")
    #expect(try Rebuilt(store).differences.counts["indicator_value"] ?? 0 > 60)
    try store.tamper("INSERT INTO indicator_due VALUES (1, 0)")
    let rebuilt = try Rebuilt(store)
    #expect(rebuilt.faults == [])
    #expect(try rebuilt.store.rows("SELECT * FROM indicator_due") == ["1|0"])
  }

  @Test func `an import that is undone takes its days' values with it`() throws {
    let store = try imported().store
    let id = try #require(try store.rows("SELECT fetch_id FROM import_file ORDER BY fetch_id").dropFirst().first)
    _ = try ImportUndo(
      store: store, opener: Importing.opener, clock: .standing(at: Importing.now + 3600), command: "import undo",
      version: "test", processID: 1
    ).perform(FetchID(try #require(Int64(id))))
    let counts = "SELECT series_id, count(*) FROM indicator_value GROUP BY 1 ORDER BY 1"
    #expect(try store.rows(counts).map { $0.suffix(3) } == ["450", "450"])
    #expect(try Rebuilt(store).faults == [])
  }
}
