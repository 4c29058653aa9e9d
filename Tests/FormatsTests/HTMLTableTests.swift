import Support
import Testing

@testable import Formats

private func texts(_ page: String, ofClass name: String = "etf") throws -> [[String]] {
  try #require(try HTMLTable.tables(ofClass: name, in: Array(page.utf8)).first).rows.map { $0.cells.map(\.text) }
}

struct HTMLTableTests {
  @Test func `a table of the class asked for is read row by row`() throws {
    let page = """
      <html><body><table class="other"><tr><td>no</td></tr></table>
      <table class="wide etf"><thead><tr><th>Date</th><th> IBIT </th></tr></thead>
      <tbody><tr><td>11 Jan 2024</td><td><div><span class="redFont">(95.1)</span></div></td></tr></tbody></table>
      """
    let table = try #require(try HTMLTable.tables(ofClass: "etf", in: Array(page.utf8)).first)
    #expect(table.rows.map { $0.cells.map(\.text) } == [["Date", "IBIT"], ["11 Jan 2024", "(95.1)"]])
    #expect(table.rows.map(\.isHeader) == [true, false])
  }

  @Test func `a stray row start costs no row`() throws {
    let page =
      "<table class=etf><tbody><tr>\n\n <tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>"
    #expect(try texts(page) == [["1", "2"], ["3", "4"]])
  }

  @Test func `cells and rows without ends end where the next begin`() throws {
    #expect(try texts("<table class=etf><tr><td>1<td>2<tr><td>3<td>4</table>") == [["1", "2"], ["3", "4"]])
  }

  @Test(arguments: [("2", 2), ("0", 1), ("-4", 1), ("x", 1), ("99999999", HTMLTable.spanLimit)])
  func `a cell that spans columns is repeated within bounds`(span: String, count: Int) throws {
    #expect(
      try texts("<table class=etf><tr><td colspan='\(span)'>a</td></tr></table>") == [
        .init(repeating: "a", count: count)
      ])
  }

  @Test func `a table inside a cell adds nothing to the outer one`() throws {
    let page = "<table class=etf><tr><td>a<table><tr><td>inner</td></tr></table></td><td>b</td></tr></table>"
    #expect(try texts(page) == [["a", "b"]])
  }

  @Test func `entities, breaks, scripts and odd spaces leave the visible text`() throws {
    let page =
      "<table class=etf><tr><td>\u{A0}S&amp;P&nbsp;<br>500 <script>x()</script><style>b{}</style></td></tr></table>"
    #expect(try texts(page) == [["S&P 500"]])
  }

  @Test func `bytes that are not UTF-8 and NUL do not end the page`() throws {
    let page = Array("<table class=etf><tr><td>a".utf8) + [0xFF, 0x00] + Array("b</td><td>c</td></tr></table>".utf8)
    let row = try #require(try HTMLTable.tables(ofClass: "etf", in: page).first?.rows.first)
    #expect(row.cells.map(\.text) == ["a\u{FFFD} b", "c"])
  }

  @Test func `a page that ends inside the table is refused`() {
    #expect(throws: HTMLFault.cutInsideTable) {
      try HTMLTable.tables(ofClass: "etf", in: Array("<table class=etf><tr><td>1</td></tr>".utf8))
    }
  }

  @Test func `a page above the limit is refused unread`() {
    #expect(throws: HTMLFault.tooLarge(bytes: 9, limit: 8)) {
      try HTMLTable.tables(ofClass: "etf", in: Array("<p>hello ".utf8), maximumBytes: 8)
    }
  }

  @Test(arguments: [
    "", "plain text", "<html>", "<!-- <table class=etf> -->", "\u{FEFF}", "<![CDATA[", "<table", "&#x0;",
  ])
  func `a page without such a table has none`(page: String) throws {
    let tables = (try? HTMLTable.tables(ofClass: "etf", in: Array(page.utf8))) ?? []
    #expect(tables.isEmpty)
  }

  @Test func `a deeply nested page is read`() throws {
    let deep = String(repeating: "<div>", count: 50_000)
    #expect(try texts("<table class=etf><tr><td>1</td></tr></table>" + deep) == [["1"]])
  }

  @Test(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"))
  func `a whole recorded page gives its rows`() throws {
    let page = try #require(MarketData.bytes("payloads/farside/btc-all-data-2026-08-20-complete.html"))
    let table = try #require(try HTMLTable.tables(ofClass: "etf", in: page).first)
    #expect(table.rows.count == 1 + 669 + 1)
    #expect(Set(table.rows.map(\.cells.count)) == [14])
  }
}
