import Market
import Rendering
import Testing

@Suite struct TableRowsTests {
  private let columns = [
    Column("asset", .text), Column("ts_utc", .text), Column("open", .real), Column("close", .real),
    Column("bars", .integer), Column("headline", .text),
  ]
  private let rows: [[Cell]] = [
    [
      .text("BTC"), .instant(1_758_315_600), .real(114_930.5), .real(115_000), .integer(24),
      .text("Funds take in more money than on any day of the summer"),
    ],
    [.text("ETH"), .instant(1_758_315_600), .real(4471.25), .real(4470), .null, .text("日本の投資家")],
    [.text("SOL"), .instant(1_758_319_200), .null, .real(0.00001234), .integer(-1), .null],
  ]

  @Test func `without a width nothing is cut`() {
    #expect(
      encoded(.table, columns, rows) == """
        asset  ts_utc                    open       close  bars  headline
        -----  --------------------  --------  ----------  ----  ------------------------------------------------------
        BTC    2025-09-19T21:00:00Z  114930.5      115000    24  Funds take in more money than on any day of the summer
        ETH    2025-09-19T21:00:00Z   4471.25        4470        日本の投資家
        SOL    2025-09-19T22:00:00Z            0.00001234    -1

        """)
  }

  @Test func `in 100 columns the widest text gives way`() {
    #expect(
      encoded(.table, columns, rows, width: 100) == """
        asset  ts_utc                    open       close  bars  headline
        -----  --------------------  --------  ----------  ----  -------------------------------------------
        BTC    2025-09-19T21:00:00Z  114930.5      115000    24  Funds take in more money than on any day o…
        ETH    2025-09-19T21:00:00Z   4471.25        4470        日本の投資家
        SOL    2025-09-19T22:00:00Z            0.00001234    -1

        """)
  }

  @Test func `in 40 columns the last ones are left out`() {
    #expect(
      encoded(.table, columns, rows, width: 40) == """
        asset  ts_utc                    open  …
        -----  --------------------  --------  …
        BTC    2025-09-19T21:00:00Z  114930.5  …
        ETH    2025-09-19T21:00:00Z   4471.25  …
        SOL    2025-09-19T22:00:00Z            …

        """)
  }

  @Test func `minor columns are left out before the others`() {
    let columns = [
      Column("asset", .text, .minor), Column("ts_utc", .text), Column("open", .real, .minor),
      Column("close", .real), Column("bars", .integer, .minor),
    ]
    let rows: [[Cell]] = [[.text("BTC"), .instant(1_758_315_600), .real(114_930.5), .real(115_000), .integer(24)]]
    #expect(
      encoded(.table, columns, rows, width: 49) == """
        asset  ts_utc                    open   close  …
        -----  --------------------  --------  ------  …
        BTC    2025-09-19T21:00:00Z  114930.5  115000  …

        """)
    #expect(
      encoded(.table, columns, rows, width: 40) == """
        asset  ts_utc                 close  …
        -----  --------------------  ------  …
        BTC    2025-09-19T21:00:00Z  115000  …

        """)
    #expect(
      encoded(.table, columns, rows, width: 31) == """
        ts_utc                 close  …
        --------------------  ------  …
        2025-09-19T21:00:00Z  115000  …

        """)
  }

  private static let bar = [
    Column("asset", .text, .name), Column("source", .text, .name), Column("symbol", .text, .reference),
    Column("interval", .text, .minor), Column("ts_utc", .text), Column("open", .real, .range),
    Column("high", .real, .range), Column("low", .real, .range), Column("close", .real),
    Column("volume", .real, .minor), Column("fetch_id", .integer, .reference),
  ]

  @Test(arguments: [
    (20, "ts_utc …"), (29, "ts_utc close"), (30, "ts_utc close …"), (40, "asset ts_utc close …"),
    (50, "asset source ts_utc close …"),
    (60, "asset source interval ts_utc close …"), (77, "asset source ts_utc open high low close …"),
    (90, "asset source interval ts_utc open high low close …"),
    (100, "asset source interval ts_utc open high low close volume …"),
    (200, "asset source symbol interval ts_utc open high low close volume fetch_id"),
  ])
  func `time and close come first, open, high and low together, and what leads elsewhere last`(
    width: Int, heading: String
  ) {
    let row: [Cell] = [
      .text("BTC"), .text("binance"), .text("BTCUSDT"), .text("1h"), .instant(1_758_315_600), .real(81666.84),
      .real(81727.3), .real(81390.94), .real(81583.14), .real(1234), .integer(12),
    ]
    let lines = encoded(.table, Self.bar, [row], width: width, isForPeople: true).split(separator: "\n")
    #expect(lines[0].split(separator: " ") == heading.split(separator: " "))
  }

  @Test func `where a usual column has no room, a narrower one takes it`() {
    let columns = ["source", "from_utc", "to_utc"].map { Column($0, .text) } + [Column("missing", .integer)]
    let row: [Cell] = [.text("binance"), .instant(1_758_315_600), .instant(1_758_315_600), .integer(3)]
    let lines = encoded(.table, columns, [row], width: 45, isForPeople: true).split(separator: "\n")
    #expect(lines[0].split(separator: " ") == ["source", "from_utc", "missing", "…"])
  }

  @Test(arguments: [1, 20, 40, 60, 80, 100, 200])
  func `no line is wider than the terminal, as long as no number is`(width: Int) {
    let texts = ["a", "日本の投資家日本の投資家", String(repeating: "x", count: 300)]
    let table = encoded(.table, texts: texts, width: width)
    #expect(table.split(separator: "\n").allSatisfy { TerminalText.width(of: String($0)) <= width })
  }

  @Test func `a number is never cut`() {
    let table = encoded(.table, [Column("etf_net_flow_usd", .integer)], [[.integer(-123_456_789)]], width: 5)
    #expect(
      table == """
        etf_net_f…
        ----------
        -123456789

        """)
  }

  @Test func `a text of any length costs no more than the width`() {
    let table = encoded(.table, texts: [String(repeating: "x", count: 1_000_000)], width: 10)
    #expect(table == "a\n----------\nxxxxxxxxx…\n")
  }

  @Test func `no rows leave the heading`() {
    #expect(encoded(.table, [Column("a", .integer), Column("b", .text)], []) == "a  b\n-  -\n")
  }

  @Test func `what a terminal would obey is shown instead`() {
    let table = encoded(
      .table, [Column("a\u{1B}", .text)], [[.text("\u{1B}]0;owned\u{7}")], [.text("x\r\ny\u{9B}2J\u{202E}")]])
    #expect(table.contains("\\u{1b}]0;owned\\u{7}\n"))
    #expect(table.contains("x\\r\\ny\\u{9b}2J\\u{202e}\n"))
    #expect(table.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
  }

  @Test func `rows after the first thousand stream in the same layout`() {
    let many: [[Cell]] = (0..<1500).map { [.text($0 < 1000 ? "short" : "much too long"), .integer($0)] }
    let lines = encoded(.table, [Column("a", .text), Column("b", .integer)], many).split(separator: "\n")
    #expect(lines.count == 1502)
    #expect(lines[1001] == "short  999")
    #expect(lines[1002] == "much…  1000")
  }

  @Test func `a style marks heading and rule`() {
    let table = encoded(.table, [Column("a", .integer)], [[.integer(1)]], style: TextStyle(isEnabled: true))
    #expect(table == "\u{1B}[1ma\u{1B}[0m\n\u{1B}[2m-\u{1B}[0m\n1\n")
  }
}
