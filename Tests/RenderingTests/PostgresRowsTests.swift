import Market
import Rendering
import Testing

@Suite struct PostgresRowsTests {
  private func postgres(_ columns: [Column], key: [String] = [], batch: Int? = nil, _ fill: (any RowEncoder) -> Void)
    -> [UInt8]
  {
    let encoder = RowFormat.sql.encoder(table: "t", sql: SQLForm(.postgres, key: key, batch: batch))
    encoder.begin(columns)
    fill(encoder)
    encoder.finish()
    return encoder.output.bytes
  }

  @Test func `a table has types and a key, and its rows come by COPY`() {
    let columns = [
      Column("asset", .text), Column("ts", .text, meaning: .instant), Column("d", .text, meaning: .day),
      Column("ok", .integer, meaning: .flag), Column("n", .integer), Column("x", .real),
    ]
    let text = postgres(columns, key: ["asset", "ts"]) { rows in
      rows.text("B\"TC")
      rows.instant(.init(epochSeconds: 0))
      rows.text("1970-01-01")
      rows.integer(1)
      rows.null()
      rows.real(-0.5)
      rows.endRow()
    }
    #expect(
      String(decoding: text, as: UTF8.self) == """
        CREATE TABLE "t" ("asset" text, "ts" timestamptz, "d" date, "ok" boolean, "n" bigint, "x" double precision, \
        PRIMARY KEY ("asset", "ts"));
        COPY "t" ("asset", "ts", "d", "ok", "n", "x") FROM stdin;
        B"TC\t1970-01-01T00:00:00Z\t1970-01-01\t1\t\\N\t-0.5
        \\.

        """)
  }

  @Test(arguments: [
    ([0x5C, 0x2E] as [UInt8], "\\\\."), ([0x5C, 0x4E], "\\\\N"), ([0x09, 0x0A, 0x0D], "\\t\\n\\r"), ([0x61, 0], "a␀"),
    ([0xFF], "\u{FFFD}"), ([0xC3, 0xA9], "é"), ([], ""), ([0x0D, 0x0A], "\\r\\n"), ([0x5C, 0xCC, 0x81], "\\\\\u{301}"),
  ])
  func `a text cannot leave its field`(bytes: [UInt8], field: String) {
    let text = postgres([Column("a", .text)]) { rows in
      bytes.withUnsafeBufferPointer { rows.text($0) }
      rows.endRow()
    }
    #expect(
      Array(text) == Array("CREATE TABLE \"t\" (\"a\" text);\nCOPY \"t\" (\"a\") FROM stdin;\n\(field)\n\\.\n".utf8))
  }

  @Test func `numbers that are none are spelled as PostgreSQL does`() {
    let text = postgres([Column("a", .real)]) { rows in
      for value in [Double.infinity, -.infinity, .nan] {
        rows.real(value)
        rows.endRow()
      }
    }
    #expect(String(decoding: text, as: UTF8.self).contains("stdin;\nInfinity\n-Infinity\nNaN\n\\.\n"))
  }

  @Test func `no rows need no COPY, and a batch ends one`() {
    #expect(!String(decoding: postgres([Column("a", .real)]) { _ in }, as: UTF8.self).contains("COPY"))
    let text = postgres([Column("a", .integer)], batch: 2) { rows in
      for number in 0..<5 {
        rows.integer(Int64(number))
        rows.endRow()
      }
    }
    #expect(String(decoding: text, as: UTF8.self).split(separator: "COPY").count == 4)
  }
}
