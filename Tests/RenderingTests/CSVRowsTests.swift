import Market
import Rendering
import Testing

@Suite struct CSVRowsTests {
  @Test func `rows of every kind`() {
    #expect(
      encoded(.csv, sampleColumns, sampleRows) == """
        asset,ts_utc,close,bars
        BTC,2025-09-19T21:00:00Z,115000,24
        ETH,2025-09-19T21:00:00Z,4471.25,
        ,2025-09-19T22:00:00Z,,-1

        """)
  }

  @Test func `no rows leave the heading`() {
    #expect(encoded(.csv, sampleColumns, []) == "asset,ts_utc,close,bars\n")
  }

  @Test(arguments: [
    ("plain", "plain"), ("", "\"\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
    ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""), (" a", "\" a\""), ("a ", "\"a \""), ("\t", "\"\t\""),
    ("\"\u{301}", "\"\"\"\u{301}\""), (",\u{301}", "\",\u{301}\""), ("café", "café"),
  ])
  func `a cell is quoted where a reader would stumble`(text: String, cell: String) {
    // Compared by bytes: Swift's equality would forgive what a reader does not.
    #expect(Array(encoded(.csv, texts: [text]).utf8) == Array("a\n\(cell)\n".utf8))
  }

  @Test func `null and the empty text stay apart`() {
    let columns = [Column("a", .text), Column("b", .text)]
    #expect(encoded(.csv, columns, [[.null, .text("")], [.text(""), .null]]) == "a,b\n,\"\"\n\"\",\n")
  }

  @Test func `whatever the cells hold, the rows read back`() {
    var random = Seeded(5)
    let rows = (0..<2000).map { _ in (0..<3).map { _ in random.awkwardText() } }
    let columns = ["x", "y\"", "z,\r\n"].map { Column($0, .text) }
    let csv = encoded(.csv, columns, rows.map { $0.map { Cell.text($0) } })
    #expect(parsedCSV(csv) == ([columns.map(\.name)] + rows).map { $0.map { Array($0.utf8) } })
  }

  /// RFC 4180, by bytes. While reading, 0xFF, which UTF-8 never holds, marks where a quotation ended.
  private func parsedCSV(_ text: String) -> [[[UInt8]]] {
    var rows: [[[UInt8]]] = []
    var row: [[UInt8]] = []
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""):
        // The second of two quotes within quotes opens again, and stands for one.
        if !isQuoted, cell.last == 0xFF { cell[cell.count - 1] = byte } else if isQuoted { cell.append(0xFF) }
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
        row.append(cell.filter { $0 != 0xFF })
        cell = []
        if byte == UInt8(ascii: "\n") {
          rows.append(row)
          row = []
        }
      default: cell.append(byte)
      }
    }
    return rows
  }
}
