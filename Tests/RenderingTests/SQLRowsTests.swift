import Market
import Rendering
import Testing

@Suite struct SQLRowsTests {
  @Test func `a table is made and filled in one transaction`() {
    #expect(
      encoded(.sql, sampleColumns, sampleRows, table: "ohlc_hourly") == """
        BEGIN;
        CREATE TABLE "ohlc_hourly" ("asset" TEXT, "ts_utc" TEXT, "close" REAL, "bars" INTEGER);
        INSERT INTO "ohlc_hourly" VALUES
        ('BTC','2025-09-19T21:00:00Z',115000,24),
        ('ETH','2025-09-19T21:00:00Z',4471.25,NULL),
        (NULL,'2025-09-19T22:00:00Z',NULL,-1);
        COMMIT;

        """)
  }

  @Test func `no rows leave an empty table`() {
    #expect(encoded(.sql, [Column("a", .real)], []) == "BEGIN;\nCREATE TABLE \"t\" (\"a\" REAL);\nCOMMIT;\n")
  }

  @Test(arguments: [
    ("O'Hara", "'O''Hara'"), ("'\u{301}", "'''\u{301}'"), ("a\nb", "'a\nb'"), ("", "''"), ("\");--", "'\");--'"),
    ("a\r\nb", "CAST(x'610d0a62' AS TEXT)"), ("a\0b", "CAST(x'610062' AS TEXT)"),
  ])
  func `a text becomes a literal that SQLite reads back to the same bytes`(text: String, literal: String) {
    let sql = encoded(.sql, texts: [text])
    #expect(Array(sql.utf8).suffix(literal.utf8.count + 12) == Array("(\(literal));\nCOMMIT;\n".utf8)[...])
  }

  @Test func `names cannot leave their quotes`() {
    #expect(SQLText.identifier("a\"b") == "\"a\"\"b\"")
    #expect(Array(SQLText.identifier("\"\u{301}").utf8) == Array("\"\"\"\u{301}\"".utf8))
  }

  @Test func `infinity is a number too large`() {
    let sql = encoded(.sql, [Column("a", .real)], [[.real(.infinity)], [.real(-.infinity)]])
    #expect(sql.contains("(9e999),\n(-9e999);"))
  }

  @Test func `a statement holds at most 256 rows`() {
    let sql = encoded(.sql, [Column("a", .integer)], (0..<600).map { [.integer($0)] })
    #expect(sql.split(separator: "INSERT").count - 1 == 3)
    #expect(sql.contains("(255);\nINSERT INTO \"t\" VALUES\n(256),"))
  }

  @Test func `a statement of long rows ends early`() {
    let sql = encoded(.sql, texts: Array(repeating: String(repeating: "x", count: 30_000), count: 5))
    #expect(sql.split(separator: "INSERT").count - 1 == 2)
  }

  @Test func `draining after every row changes nothing`() {
    let encoder = RowFormat.sql.encoder(table: "t")
    var drained: [UInt8] = []
    encoder.begin([Column("a", .integer)])
    for number in 0..<600 {
      encoder.integer(Int64(number))
      encoder.endRow()
      encoder.drain { drained += $0 }
    }
    encoder.finish()
    encoder.drain { drained += $0 }
    let whole = encoded(.sql, [Column("a", .integer)], (0..<600).map { [.integer($0)] })
    #expect(String(decoding: drained, as: UTF8.self) == whole)
  }
}
