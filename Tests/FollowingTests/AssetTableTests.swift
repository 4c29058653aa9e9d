import Market
import Testing

@testable import Following

@Suite struct AssetTableTests {
  private func table(_ text: String) throws(NotFollowed) -> AssetTable {
    try AssetTable(Array(text.utf8), name: "mine.csv", providers: ["yahoo", "polygon"])
  }

  @Test func `a line says as much of an asset as it wants`() throws {
    let wishes = try table(
      """
      Symbol,Name,Class,Groups,yahoo,sector,calendar,currency
      VWRL.L,"Vanguard, all of the world",ETF,mine europe,VWRL.L,Funds,weekdays,GBP
      cameco,,,,,,,

      """
    ).wishes
    var fund = AssetWish("VWRL.L")
    fund.name = "Vanguard, all of the world"
    fund.assetClass = .fund
    fund.groups = ["mine", "europe"]
    fund.symbols = ["yahoo": "VWRL.L"]
    (fund.sector, fund.calendar, fund.currency) = ("Funds", .weekdays, "GBP")
    fund.isTakenAsItStands = true
    var cameco = AssetWish("cameco")
    (fund.place, cameco.place) = ("mine.csv, line 2", "mine.csv, line 3")
    #expect(wishes == [fund, cameco])
  }

  @Test(arguments: ["symbol;class\nX;stock\n", "symbol\tclass\r\nX\tstock\r\n", "\u{FEFF}symbol,class\nX,stock"])
  func `the delimiter is found out, and the last line needs no end`(text: String) throws {
    #expect(try table(text).wishes.map(\.assetClass) == [.stock])
  }

  @Test(arguments: [
    ("name\nCameco\n", "the first line must name the columns"), ("", "the first line must name the columns"),
    ("symbol,clas\nX,stock\n", "line 1: there is no column 'clas' (did you mean 'class'?)"),
    ("symbol,symbol\nX,Y\n", "line 1: a column stands there twice"),
    ("symbol\n", "there is no line below the heading"),
    ("symbol,class\nX,stock\nY,stok\n", "line 3: there is no class 'stok' (did you mean 'stock'?)"),
    ("symbol,groups\nX,Mine\n", "line 2: 'Mine' is no name of a group"),
    ("symbol\nX,Y\n", "line 2: 2 cells stand there below 1 columns"),
    ("symbol,name\n,Nobody\n", "line 2: its symbol is missing"),
    ("symbol,name\nX,\u{1b}[31m\n", "line 2: '\\u{1b}[31m' is no name"),
    ("symbol,yahoo\nX,A B\n", "line 2: 'A B' is no symbol"),
  ])
  func `what is wrong is told with its line`(text: String, words: String) {
    let error = #expect(throws: NotFollowed.self) { try table(text) }
    #expect(error?.description.hasPrefix("mine.csv") ?? false)
    #expect(error?.description.contains(words) ?? false, "\(error?.description ?? "")")
  }

  @Test(arguments: ["", "a b", "héllo", "123456789012345678901"])
  func `what can be no symbol is refused`(typed: String) {
    #expect(throws: NotFollowed.self) { try AssetWish(typed).symbol() }
  }

  @Test(arguments: [("brk-b", "BRK-B"), ("^gspc", "^GSPC"), ("gc=f", "GC=F"), ("sap.de", "SAP.DE")])
  func `a symbol is in capitals`(typed: String, symbol: String) throws {
    #expect(try AssetWish(typed).symbol() == symbol)
  }
}
