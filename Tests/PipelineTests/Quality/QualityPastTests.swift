import Market
import Metrics
import SQLite
import Testing

@testable import Pipeline
@testable import Store

/// What was found beside what was known then, and in a file that is made anew.
@Suite struct QualityPastTests {
  @Test func `of the past there is what was found by then`() throws {
    let folder = try TemporaryFolder()
    var file = try QualityFile(Store.writing(folder.file("a.db"), command: "ingest"))
    try file.tellHours(0..<1, on: 10)
    try file.tellDays(0..<1, on: 10, highs: [0: 300])
    try file.measure(on: 10)
    try file.begin(on: 20)
    try file.tellDays(0..<1, on: 20)
    try file.measure(on: 20)
    let sql = "SELECT value > 0, run_id FROM quality_result ORDER BY run_id DESC LIMIT 1"
    #expect(try Store.reading(folder.file("a.db")).rows(sql) == ["0|2"])
    #expect(try Store.reading(folder.file("a.db"), asOf: QualityFile.noon(15)).rows(sql) == ["1|1"])
    let due = "SELECT count(*) FROM quality_due"
    #expect(try Store.reading(folder.file("a.db"), asOf: QualityFile.noon(15)).rows(due) == ["0"])
  }

  // MARK: Made anew

  private static func day(_ index: Int, high: Double?) -> String {
    let day = Day(daysSinceEpoch: 20_028) + index
    let hours = (index * 24..<index * 24 + 24).map { 100 + Double($0) }
    return "\(day),\(hours[0]),\(high ?? hours[23] + 1),\(hours[0] - 1),\(hours[23]),1"
  }

  /// Three days of hours and, of the same source, the days themselves, of which the second is wrong.
  private func imported() throws -> Importing {
    let importing = try Importing()
    try importing.bring(Array(Importing.hours(0..<72).utf8), Importing.bars())
    let days = (0..<3).map { Self.day($0, high: $0 == 1 ? 400 : nil) }
    try importing.bring(
      Array(("date,open,high,low,close,volume\n" + days.joined(separator: "\n") + "\n").utf8), Importing.bars(.day1))
    try measure(importing.store)
    return importing
  }

  private func measure(_ store: Store) throws {
    _ = try QualityMeasures(store, gates: QualityGates(), now: Importing.now).perform()
  }

  private static let found = "SELECT day, value > 0.5, observations FROM quality_result ORDER BY day"

  @Test func `a rebuilt file has what was found, and finds the same again`() throws {
    let store = try imported().store
    #expect(try store.rows(Self.found) == ["2024-11-01|0|24", "2024-11-02|1|24", "2024-11-03|0|24"])
    let rebuilt = try Rebuilt(store)
    #expect(rebuilt.faults == [])
    let all = "SELECT * FROM quality_result ORDER BY day"
    #expect(try rebuilt.store.rows(all) == store.rows(all))
  }

  @Test(arguments: [
    "UPDATE quality_result SET value = 0 WHERE day = '2024-11-02'",
    "DELETE FROM quality_result WHERE day = '2024-11-03'",
    "UPDATE quality_result SET observations = 25 WHERE day = '2024-11-01'",
    "INSERT INTO quality_result VALUES ('fold', 'asset', 'BTC', '2024-12-24', 1, 0, 24, 0.001, 1)",
  ])
  func `a result that nobody found is told of`(sql: String) throws {
    let store = try imported().store
    try store.tamper(sql)
    #expect(try Rebuilt(store).differences.counts["quality_result"] == 1)
  }

  @Test func `of days that nobody had looked at again, what is kept is taken over`() throws {
    let store = try imported().store
    try store.tamper(
      """
      UPDATE quality_result SET value = 0 WHERE day = '2024-11-02';
      INSERT INTO quality_due SELECT series_id, 1730550000, 1730550000 FROM series WHERE interval = '1d'
      """)
    let rebuilt = try Rebuilt(store)
    #expect(rebuilt.faults == [])
    #expect(try rebuilt.store.rows("SELECT from_time FROM quality_due") == ["1730550000"])
  }

  @Test func `an import that is undone takes what was found of it away`() throws {
    let store = try imported().store
    let id = try #require(try store.rows("SELECT max(fetch_id) FROM import_file").first.flatMap { Int64($0) })
    _ = try ImportUndo(
      store: store, opener: Importing.opener, clock: .standing(at: Importing.now + 3600), command: "import undo",
      version: "test", processID: 1
    ).perform(FetchID(id))
    try measure(store)
    let newest =
      "SELECT count(*) FROM quality_result AS found WHERE value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM quality_result AS later WHERE later.day = found.day AND later.run_id > found.run_id)"
    #expect(try store.rows(newest) == ["0"])
    #expect(try Rebuilt(store).faults == [])
  }
}
