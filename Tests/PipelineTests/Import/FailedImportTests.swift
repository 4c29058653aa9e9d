import Formats
import Market
import Testing

@testable import Pipeline
@testable import Store

/// A file that is refused after its first part leaves only the run and the step that tried it.
@Suite struct FailedImportTests {
  private let importing: Importing

  init() throws {
    importing = try Importing()
    try importing.bring(Array(Importing.hours(0..<30).utf8), Importing.bars(asset: "ETH"), source: "others")
  }

  private var store: Store { importing.store }

  /// Everything in the file but runs and steps, and of those what all runs together keep.
  private func content() throws -> [String: [String]] {
    var content = try store.dump()
    for table in ["fetch", "body", "chronicle", "quota"] { content[table] = try store.rows("SELECT * FROM \(table)") }
    content["vault_bytes"] = try store.rows("SELECT vault_bytes FROM run ORDER BY run_id DESC LIMIT 1")
    return content
  }

  /// Brings a file in that fails, and looks whether everything is as before.
  private func expectNoTrace(_ text: String, _ order: ImportOrder, saying words: String) throws {
    let (before, runs) = (try content(), try store.rows("SELECT count(*) FROM run").first)
    let report = try importing.bring(Array(text.utf8), order, partSize: 500)
    #expect(report.outcome == .failed)
    #expect(report.reason?.contains(words) == true, "\(report.reason ?? "")")
    #expect((report.counts.new, report.counts.changed, report.counts.unchanged) == (0, 0, 0))
    let after = try content()
    for (table, rows) in before { #expect(after[table] == rows, "\(table)") }
    #expect(try store.rows("SELECT count(*) FROM run").first != runs)
    #expect(try store.rows("SELECT outcome, rows_new FROM step ORDER BY step_id DESC LIMIT 1") == ["failed|0"])
    #expect(try store.brokenReferences() == [])
    let rebuilt = try Rebuilt(store)
    #expect(rebuilt.faults == [])
  }

  /// Rows of two assets, so that most contradict one that was believed.
  private static let mixed =
    Importing.hours(0..<60) { 200 + Double($0) }
    + Importing.hours(0..<60) { 9000 + Double($0) }.split(separator: "\n").dropFirst().joined(separator: "\n")

  /// Decimal commas, and further down decimal points. One row is refused, one hour is missing.
  private static let mixedForms =
    "unix;open;high;low;close;volume\n"
    + (0..<60).filter { $0 != 20 }.map { hour in
      let point = hour < 50 ? "," : "."
      let price = "\(100 + hour)\(point)25"
      return "\(1_730_419_200 + hour * 3600);\(price);\(hour == 30 ? "1,5" : price);\(price);\(price);1\(point)5\n"
    }.joined()

  @Test(arguments: [FailedImportTests.mixed, FailedImportTests.mixedForms])
  func `of a file for a new series, nothing is left, nor asset nor source`(text: String) throws {
    try expectNoTrace(text, Importing.bars(asset: "SOL"), saying: text.contains(";") ? "50" : "contradict")
    #expect(try store.rows("SELECT symbol FROM asset") == ["ETH"])
    #expect(try store.rows("SELECT name FROM source") == ["others"])
  }

  @Test(arguments: [FailedImportTests.mixed, FailedImportTests.mixedForms])
  func `of a file for a series with rows, those are as they were, with marks, gaps and what was refused`(
    text: String
  ) throws {
    let earlier =
      Importing.hours(10..<40) { $0 == 25 ? 500 : 100 + Double($0) }
      + Importing.hours(45..<80).split(separator: "\n").dropFirst().joined(separator: "\n") + "\nx,1,2,3\n"
    try importing.bring(Array(earlier.utf8), Importing.bars(), partSize: 500)
    #expect(try store.rows("SELECT count(*) > 0 FROM quality_flag") == ["1"])
    #expect(try store.rows("SELECT count(*) > 0 FROM gap") == ["1"])
    try expectNoTrace(text, Importing.bars(), saying: text.contains(";") ? "50" : "contradict")
  }

  @Test func `of flows, sums and provisional values are as they were`() throws {
    var order = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1)
    order.unit = 1_000_000
    let rows = (1...9).map { "2024-11-0\($0);\($0),5;-\($0),25\n" }.joined()
    try importing.bring(Array(("date;IBIT;FBTC\n" + rows).utf8), order)
    #expect(try store.rows("SELECT count(*) > 0 FROM etf_flow_day") == ["1"])
    let other = (1...28).map {
      "2024-11-\($0 < 10 ? "0" : "")\($0);\($0)\($0 < 26 ? "," : ".")75;7\($0 < 26 ? "," : ".")25;1,5\n"
    }.joined()
    try expectNoTrace("date;IBIT;FBTC;ARKB\n" + other, order, saying: " ")
  }

  @Test func `a file without a single good line leaves no refused row`() throws {
    try expectNoTrace(
      "unix,open,high,low,close,volume\n1730419200,5,2,1,2,5\n", Importing.bars(asset: "SOL"), saying: "not one")
  }

  @Test func `bytes that an earlier import keeps stay, and the file can come again by a better order`() throws {
    let text = Importing.hours(0..<30)
    try expectNoTrace(FailedImportTests.mixed, Importing.bars(asset: "SOL"), saying: "contradict")
    #expect(try importing.bring(Array(text.utf8), Importing.bars(asset: "SOL")).counts.new == 30)
    #expect(try Rebuilt(store).faults == [])
  }
}
