import Market
import Rendering
import Testing

@Suite struct TablesForPeopleTests {
  private let columns = [
    Column("asset", .text), Column("ts_utc", .text, meaning: .instant), Column("close", .real, figure: .price),
    Column("volume", .real, .minor, figure: .amount), Column("change_24h", .real, figure: .change),
    Column("volatility_7d", .real, .minor, figure: .rate),
  ]
  private let rows: [[Cell]] = [
    [.text("BTC"), .instant(1_758_315_600), .real(115_000), .real(13_676.73119), .real(-0.0156336), .real(0.2031794)],
    [.text("BTC"), .instant(1_758_319_200), .real(115_000.125), .real(0.05), .real(0.00004), .null],
    [.text("DOGE"), .instant(1_758_315_600), .real(0.267), .real(510_777.5), .null, .real(1.5)],
    [.text("DOGE"), .instant(1_758_319_200), .real(0.26745), .real(0), .real(0.1), .real(0)],
    [.text("SHIB"), .instant(1_758_315_600), .real(0.00001234567), .real(2.5e12), .real(0), .null],
  ]

  @Test func `prices have the decimals of their asset, point under point, and other figures what tells them apart`() {
    #expect(
      encoded(.table, columns, rows, isForPeople: true) == """
        asset  ts_utc                        close   volume  change_24h  volatility_7d
        -----  -----------------  ----------------  -------  ----------  -------------
        BTC    2025-09-19 21:00Z  115000.00          13,677     −1.56 %        20.32 %
        BTC    2025-09-19 22:00Z  115000.13           0.050      0.00 %
        DOGE   2025-09-19 21:00Z       0.26700      510.8 k                   150.00 %
        DOGE   2025-09-19 22:00Z       0.26745            0    +10.00 %         0.00 %
        SHIB   2025-09-19 21:00Z       0.000012346   2.5 tn      0.00 %

        """)
  }

  @Test(arguments: [
    (0.000123, "0.000123"), (0.5, "0.50"), (1.2345, "1.2345"), (99.987, "99.99"), (1.5e-12, "1.5e-12"),
  ])
  func `a price behind the rows that are measured has more decimals where it would vanish`(price: Double, text: String)
  {
    let columns = [Column("asset", .text), Column("close", .real, figure: .price)]
    let many = [[Cell]](repeating: [.text("ETH"), .real(110.25)], count: 1200) + [[.text("ETH"), .real(price)]]
    let lines = encoded(.table, columns, many, isForPeople: true).split(separator: "\n")
    #expect(lines[1100].split(separator: " ") == ["ETH", "110.25"])
    #expect(lines[1202].split(separator: " ") == ["ETH", Substring(text)])
  }

  @Test func `for programs the same rows are exact`() {
    let table = encoded(.table, columns, rows)
    #expect(table.contains("13676.73119"))
    #expect(table.contains("0.00001234567"))
    #expect(table.contains("2025-09-19T21:00:00Z"))
  }

  @Test func `instants keep their seconds where any has some`() {
    let table = encoded(
      .table, [Column("at", .text, meaning: .instant)], [[.instant(1_758_315_600)], [.instant(1_758_315_601)]],
      isForPeople: true)
    #expect(table.contains("2025-09-19T21:00:01Z"))
  }

  @Test(arguments: [30, 40, 60, 80])
  func `no heading and no word is cut, a column goes instead`(width: Int) {
    let columns = [
      Column("archive", .text), Column("etf_net_flow_5d_usd", .integer, .minor), Column("made", .text),
    ]
    let table = encoded(
      .table, columns, [[.text("appliance_20250919.tar"), .integer(12), .text("by a run of the schedule")]],
      width: width, isForPeople: true)
    for word in table.replacing("\n", with: " ").split(separator: " ") where word != "…" && !word.hasPrefix("-") {
      let whole: Set<String> = [
        "archive", "etf_net_flow_5d_usd", "made", "appliance_20250919.tar", "12", "by", "a", "run", "of", "the",
        "schedule",
      ]
      #expect(whole.contains(String(word).replacing("…", with: "")), "\(word) in\n\(table)")
    }
    #expect(table.split(separator: "\n").allSatisfy { TerminalText.width(of: String($0)) <= width })
  }

  @Test func `under more rows than the screen has the heading stands once more`() {
    let many: [[Cell]] = (0..<30).map { [.integer($0)] }
    let long = encoded(.table, [Column("n", .integer)], many, height: 24).split(separator: "\n")
    #expect(long.suffix(2) == ["--", " n"])
    let short = encoded(.table, [Column("n", .integer)], Array(many.prefix(20)), height: 24).split(separator: "\n")
    #expect(short.last == "19")
  }

  @Test(arguments: [
    (0, "0"), (0.0004, "0.0004"), (-0.0000123461, "−0.00001235"), (0.00000003, "0.00000003"), (0.05, "0.050"),
    (0.0123456, "0.01235"), (0.125, "0.125"), (0.8477, "0.8477"), (0.99996, "1.000"), (1.2341, "1.234"),
    (9.9996, "10.00"), (99.996, "100.0"), (999.96, "1,000"), (99_999.6, "100.0 k"),
    (999_960, "1.0 m"), (-160_100_000, "−160.1 m"), (1.25e9, "1.3 bn"), (3.14e12, "3.1 tn"),
  ])
  func `an amount has four digits or so`(value: Double, text: String) {
    #expect(amountText(value) == text)
  }
}
