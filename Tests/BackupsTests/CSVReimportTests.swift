import Foundation
import Schema
import Support
import Testing

@testable import Backups
@testable import Store

@Suite struct CSVReimportTests {
  private static let shell = ["/usr/bin/sqlite3", "/usr/local/bin/sqlite3"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(
    .enabled(if: shell != nil, "the sqlite3 command is not installed"),
    arguments: NamedDataset.views)
  func `a CSV file read in by sqlite3 gives the rows of the view`(view: NamedDataset) throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let csv = try #require(made.csvFiles.first { $0.contains("/\(view.name)_") })
    let columns = view.columns.map {
      "\($0.name) \($0.column.kind == .real ? "REAL" : $0.column.kind == .integer ? "INTEGER" : "TEXT")"
    }
    let select = view.columns.map { "nullif(\($0.name), '')" }.joined(separator: ", ")
    let output = try run([
      ":memory:", "CREATE TABLE t (\(columns.joined(separator: ", ")))", ".import --csv --skip 1 \(csv) t",
      "ATTACH '\(home.database)' AS live",
      """
      WITH a AS (SELECT \(select) FROM t), b AS (SELECT * FROM live.\(view.name))
      SELECT (SELECT count(*) FROM a) = (SELECT count(*) FROM b), (SELECT count(*) FROM b) > 0,
        (SELECT count(*) FROM (SELECT * FROM a EXCEPT SELECT * FROM b)),
        (SELECT count(*) FROM (SELECT * FROM b EXCEPT SELECT * FROM a))
      """,
    ])
    #expect(output == "1|1|0|0\n")
  }

  private func run(_ arguments: [String]) throws -> String {
    try ChildProgram.run([Self.shell ?? ""] + arguments).said
  }
}
