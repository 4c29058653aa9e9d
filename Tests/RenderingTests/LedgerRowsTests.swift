import Market
import Testing

@testable import Rendering

@Suite struct LedgerRowsTests {
  private static let head = "; market prices; times are UTC\n"
  private static let columns = [
    Column("asset", .text), Column("ts_utc", .text), Column("price", .real), Column("other", .real),
    Column("quote_currency", .text),
  ]

  private func line(_ asset: Cell, _ price: Cell, _ currency: Cell) -> String {
    let text = encoded(.ledger, Self.columns, [[asset, .instant(1_758_315_600), price, .real(7), currency]])
    return String(text.dropFirst(Self.head.count))
  }

  @Test func `a row is a line with its date, time, asset, price and currency`() {
    #expect(line(.text("BTC"), .real(91234.5), .text("USD")) == "P 2025-09-19 21:00:00 BTC 91234.5 USD\n")
  }

  @Test(arguments: [
    ("BRK.B", "\"BRK.B\""), ("and", "\"and\""), ("^GSPC", "\"^GSPC\""), ("USDT", "USDT"), ("S 1", "\"S 1\""),
  ])
  func `a name that is not plain capitals stands in quotes`(name: String, written: String) {
    #expect(line(.text(name), .integer(1), .text(name)) == "P 2025-09-19 21:00:00 \(written) 1 \(written)\n")
  }

  @Test(arguments: [
    (1e-9, "0.000000001"), (1.25e-12, "0.00000000000125"), (1e21, "1000000000000000000000"),
    (-37.63, "-37.63"), (1.5e16, "15000000000000000"), (-1e-9, "-0.000000001"), (0, "0"),
  ])
  func `a price has no exponent`(price: Double, text: String) {
    #expect(line(.text("BTC"), .real(price), .text("USD")) == "P 2025-09-19 21:00:00 BTC \(text) USD\n")
  }

  @Test(arguments: [Double.nan, .infinity])
  func `what is no price makes no line`(price: Double) {
    #expect(line(.text("BTC"), .real(price), .text("USD")) == "")
    #expect(line(.text("BTC"), .null, .text("USD")) == "")
  }

  @Test func `what cannot be written is said once`() {
    let row: [Cell] = [.text("BTC"), .instant(0), .real(1), .null, .null]
    let text = encoded(.ledger, Self.columns, [row, row])
    #expect(text == Self.head + "; no prices of BTC: the currency of its prices is not on record\n")
    #expect(line(.text("a\"b"), .real(1), .text("USD")).hasSuffix("its name cannot stand in a journal\n"))
    #expect(line(.text("a\nP"), .real(1), .text("USD")).split(separator: "\n").count == 1)
  }
}
