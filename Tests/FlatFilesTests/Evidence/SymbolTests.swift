import Market
import Testing

@testable import FlatFiles

@Suite struct SymbolTests {
  private static let head = "time,symbol,open,high,low,close,volume\n"

  private static func ether(_ interval: Interval = .hour1) -> ImportOrder { .bars(interval).with { $0.asset = "ETH" } }

  private static func stock(_ symbol: String) -> ImportOrder {
    .bars(.day1, class: .stock).with { $0.asset = symbol }
  }

  private func refusal(_ text: String, _ order: ImportOrder) -> FileRefusal? {
    do {
      _ = try FileReading(text, order)
      return nil
    } catch { return error as? FileRefusal }
  }

  // MARK: Units of prices

  private static func priced(_ names: String) -> String {
    "date,\(names),volume\n2025-03-03,2500,2520,2490,2510,5\n2025-03-04,2501,2521,2491,2511,6\n"
  }

  @Test(arguments: [
    "Open (GBX),High (GBX),Low (GBX),Close (GBX)", "open_cents,high_cents,low_cents,close_cents",
    "Open (GBp),High (GBp),Low (GBp),Close (GBp)", "Open in pence,High in pence,Low in pence,Close in pence",
    "sats open,sats high,sats low,sats close", "Open p,High p,Low p,Close p", "Open (p),High (p),Low (p),Close (p)",
    "Open (x100),High (x100),Low (x100),Close (x100)", "Open x 100,High x 100,Low x 100,Close x 100",
    "Open (¢),High (¢),Low (¢),Close (¢)", "Open (in 1/100),High (in 1/100),Low (in 1/100),Close (in 1/100)",
  ])
  func `prices in parts of a unit are asked about, and taken where their columns are named`(names: String) throws {
    let told = try #require(refusal(Self.priced(names), .bars(.day1)))
    #expect(told.description.contains("its prices are in"))
    #expect(told.description.contains("--map open=2,high=3,low=4,close=5"))
    let order = ImportOrder.bars(.day1).with {
      $0.columns = ["open", "high", "low", "close"].enumerated().map { .init(field: $1, column: "\($0 + 2)") }
    }
    #expect(try FileReading(Self.priced(names), order).bars.map(\.open) == [2500, 2501])
  }

  @Test(arguments: [
    "Open (GBP),High (GBP),Low (GBP),Close (GBP)", "Open USD,High USD,Low USD,Close USD", "p_open,p_high,p_low,p_close",
  ])
  func `prices in a currency are prices`(names: String) throws {
    #expect(try FileReading(Self.priced(names), .bars(.day1)).bars.map(\.open) == [2500, 2501])
  }

  // MARK: Spellings

  @Test(arguments: [
    "BTC", "btc", "XBT", "XBTUSD", "XXBTZUSD", "BTCUSDT", "BTC-USD", "BTC/USDT", "btc_usdt", "tBTCUSD", "tBTCUST",
    "BINANCE:BTCUSDT", "X:BTCUSD", "Bitcoin", "bitcoin", "Bitcoin (BTC)", "BTC-USDT-SWAP", "BTCUSDT.P", "BTC/USDT:USDT",
  ])
  func `Bitcoin is known by all its spellings`(text: String) {
    #expect(SymbolReader(.bars(), knowing: FileReading.knowledge).verdict(text) == .asked)
  }

  @Test(arguments: [
    ("WBTC", "WBTC"), ("WBTCUSDT", "WBTC"), ("ETHBTC", "ETH"), ("ETH/BTC", "ETH"), ("Ethereum", "ETH"),
    ("BTCUPUSDT", "BTCUPUSDT"), ("BTC3L_USDT", "BTC3L_USDT"), ("SOL-USD", "SOL"), ("Wrapped Bitcoin", "WBTC"),
  ])
  func `another asset is no Bitcoin`(text: String, symbol: String) {
    #expect(SymbolReader(.bars(), knowing: FileReading.knowledge).verdict(text) == .other(symbol))
  }

  @Test(arguments: ["AAPL", "aapl", "AAPL.US", "AAPL US Equity", "NASDAQ:AAPL", "$AAPL", "AAPL.OQ"])
  func `a stock is known by all its spellings`(text: String) {
    #expect(SymbolReader(Self.stock("AAPL"), knowing: FileReading.knowledge).verdict(text) == .asked)
  }

  @Test(arguments: [("BRK-B", "BRK.B"), ("BRK-B", "BRK/B"), ("GC=F", "GC"), ("EURUSD=X", "EUR/USD"), ("^GSPC", "GSPC")])
  func `marks within a symbol do not matter`(symbol: String, text: String) {
    #expect(SymbolReader(Self.stock(symbol)).verdict(text) == .asked)
  }

  // MARK: A column of symbols

  @Test func `the rows of the asset are taken and the others are counted`() throws {
    let text = Self.head + "2025-09-18 00:00,BTCUSDT,9,11,8,10,5\n2025-09-18 00:00,ETHUSDT,4,5,3,4.5,7\n"
    let read = try FileReading(text, Self.ether())
    #expect(read.bars.map(\.close) == [4.5])
    #expect(read.refusals.isEmpty && read.tally.leftOut == ["symbol BTCUSDT": 1])
  }

  @Test func `spellings of three providers are told apart in a long table`() throws {
    let text =
      "date;coin;open;high;low;close;volume\n"
      + (1...9).flatMap { day in
        ["tETHUSD;30", "Solana;2", "XXBTZUSD;900"].map { "2025-09-0\(day);\($0);1000;1;\(day + 1);1" }
      }.joined(separator: "\n")
    let read = try FileReading(text, .bars(.day1))
    #expect(read.bars.map(\.open) == Array(repeating: 900, count: 9))
    #expect(read.tally.leftOut == ["coin tETHUSD": 9, "coin Solana": 9])
  }

  @Test func `one value that nobody knows is taken and told`() throws {
    let read = try FileReading(Self.head + "2025-09-18 00:00,BTSX,9,11,8,10,5\n", .bars())
    #expect(read.bars.count == 1)
    #expect(read.remarks == ["its column symbol says 'BTSX', which is no asset known here; its rows are taken for BTC"])
  }

  @Test(arguments: [
    ("WBTC", "--asset WBTC"), ("WBTC-USD", "--asset WBTC"), ("Ethereum", "--asset ETH"), ("ETHBTC", "--asset ETH"),
  ])
  func `a file of another asset is refused`(symbol: String, hint: String) throws {
    let refused = try #require(refusal(Self.head + "2025-09-18 00:00,\(symbol),9,11,8,10,5\n", .bars()))
    #expect(refused.found.contains("'\(symbol)'") && refused.hint.contains(hint))
    #expect(!refused.isUsage)
  }

  @Test func `several values of which none is the asset are refused`() throws {
    let text = Self.head + "2025-09-18 00:00,FOO,9,11,8,10,5\n2025-09-18 00:00,BAR,4,5,3,4.5,7\n"
    let refused = try #require(refusal(text, .bars()))
    #expect(refused.hint.contains("--where-column symbol=FOO or --where-column symbol=BAR"))
  }

  @Test func `several values that may be the asset are asked about, and one can be told`() throws {
    let text = Self.head + "2025-09-18 00:00,BTCUSDT,9,11,8,10,5\n2025-09-18 00:00,BTC/EUR,8,10,7,9,5\n"
    let refused = try #require(refusal(text, .bars()))
    #expect(refused.hint == "Say which rows to take: --where-column symbol=BTCUSDT or --where-column symbol=BTC/EUR")
    let told = try FileReading(text, .bars().with { $0.wanted = [.init("symbol=btc/eur")!] })
    #expect(told.bars.map(\.close) == [9])
  }

  @Test func `a column without a symbol in its name says it by its words`() throws {
    let text =
      "time,what,open,high,low,close,volume\n2025-09-18 00:00,btc,9,11,8,10,5\n2025-09-18 00:00,eth,4,5,3,4,7\n"
    #expect(try FileReading(text, Self.ether()).bars.map(\.close) == [4])
    let other = "time,what,open,high,low,close,volume\n2025-09-18 00:00,SOL/USDT,9,11,8,10,5\n"
    #expect(refusal(other, Self.ether())?.hint.contains("--asset SOL") == true)
  }

  @Test func `words that are no assets do not matter`() throws {
    let text =
      "time,exchange,risk,open,high,low,close,volume\n2025-09-18 00:00,Kraken,LOW,9,11,8,10,5\n"
      + "2025-09-18 01:00,Gemini,LOW,9,11,8,10,5\n"
    #expect(try FileReading(text, .bars()).bars.count == 2)
  }

  @Test func `another symbol after one that was taken without being known ends the import`() throws {
    let rows = (0..<2100).map { "\(1_730_419_200 + $0 * 3600),ZZZ,9,11,8,10,5\n" }.joined()
    let refused = try #require(refusal(Self.head + rows + "1730419200,BTC,9,11,8,10,5\n", .bars()))
    #expect(refused.found.contains("line 2102") && refused.hint.contains("--where-column symbol=ZZZ"))
  }

  @Test func `the rows of the asset may stand below the first thousands`() throws {
    let rows = ["ETHUSDT", "BTCUSDT"].flatMap { symbol in
      (0..<2100).map { "\(1_730_419_200 + $0 * 3600),\(symbol),9,11,8,10,5\n" }
    }
    let read = try FileReading(Self.head + rows.joined(), .bars())
    #expect(read.bars.count == 2100 && read.tally.leftOut == ["symbol ETHUSDT": 2100])
    let none = try #require(refusal(Self.head + rows.prefix(2100).joined(), .bars()))
    #expect(none.found.contains("symbol ETHUSDT"))
  }

  // MARK: The header

  @Test func `a volume in units of another asset is another file`() throws {
    let text = "unix,open,high,low,close,Volume ETH,Volume USDT\n1730419200,9,11,8,10,5,50\n"
    let refused = try #require(refusal(text, .bars()))
    #expect(refused.found.contains("'Volume ETH'") && refused.hint.contains("--asset ETH"))
    #expect(try FileReading(text, Self.ether()).bars.count == 1)
  }

  // MARK: Tickers over columns

  private static let two = """
    Price,Close,Close,High,High,Low,Low,Open,Open,Volume,Volume
    Ticker,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT
    Date,,,,,,,,,,
    2025-09-15,23,51,24,52,22,50,23,51,4,17
    2025-09-16,24,50,25,53,23,49,24,51,6,19

    """

  @Test(arguments: [("AAPL", [23.0, 24], 4.0), ("MSFT", [51, 50], 17)])
  func `of two tickers over a table the columns of the one asked for are read`(
    symbol: String, closes: [Double], volume: Double
  ) throws {
    let read = try FileReading(Self.two, Self.stock(symbol))
    #expect(read.bars.map(\.close) == closes)
    #expect(read.bars.first?.volume == volume)
  }

  @Test func `tickers in the first of three lines, each over its own columns`() throws {
    let text = """
      Ticker,AAPL,AAPL,AAPL,AAPL,AAPL,MSFT,MSFT,MSFT,MSFT,MSFT
      Price,Open,High,Low,Close,Volume,Open,High,Low,Close,Volume
      Date,,,,,,,,,,
      2025-09-15,23,24,22,23.5,4,51,52,50,51.5,17

      """
    #expect(try FileReading(text, Self.stock("MSFT")).bars.map(\.close) == [51.5])
    #expect(try FileReading(text, Self.stock("AAPL")).bars.map(\.volume) == [4])
  }

  @Test func `tickers above the names, over the first of their columns`() throws {
    let text = """
      ,AAPL,,,,,MSFT,,,,
      Date,Open,High,Low,Close,Volume,Open,High,Low,Close,Volume
      2025-09-15,23,24,22,23.5,4,51,52,50,51.5,17

      """
    #expect(try FileReading(text, Self.stock("MSFT")).bars.map(\.close) == [51.5])
    #expect(try FileReading(text, Self.stock("AAPL")).bars.map(\.close) == [23.5])
  }

  @Test(arguments: ["{c}_{s}", "{s} {c}", "('{c}', '{s}')", "{s}.US {c}"])
  func `tickers within the names`(form: String) throws {
    let names = ["MSFT", "AAPL"].flatMap { symbol in
      ["Open", "High", "Low", "Close", "Volume"].map {
        "\"" + form.replacing("{c}", with: $0).replacing("{s}", with: symbol) + "\""
      }
    }
    let text = (["Date"] + names).joined(separator: ",") + "\n2025-09-15,51,52,50,51.5,17,23,24,22,23.5,4\n"
    #expect(try FileReading(text, Self.stock("AAPL")).bars.map(\.close) == [23.5])
    #expect(refusal(text, Self.stock("LOW"))?.hint.contains("--asset MSFT") == true)
  }

  @Test func `a table of one other ticker is refused, and one that nobody knows is told`() throws {
    let text = """
      Price,Close,High,Low,Open,Volume
      Ticker,MSFT,MSFT,MSFT,MSFT,MSFT
      Date,,,,,
      2025-09-15,23,24,22,23,4

      """
    #expect(refusal(text, Self.stock("AAPL"))?.hint.contains("--asset MSFT") == true)
    let read = try FileReading(text.replacing("MSFT", with: "ZZZZ"), Self.stock("AAPL"))
    #expect(read.bars.count == 1 && read.remarks.first?.contains("'ZZZZ'") == true)
  }

  @Test(arguments: ["Price {c}", "{c} (USD)", "daily_{c}"])
  func `words within the names that are no assets do not matter`(form: String) throws {
    let names = ["open", "high", "low", "close"].map { form.replacing("{c}", with: $0) } + ["volume"]
    let text = (["Date"] + names).joined(separator: ",") + "\n2025-09-15,51,52,50,51.5,17\n"
    let read = try FileReading(text, Self.stock("AAPL"))
    #expect(read.bars.map(\.close) == [51.5] && read.remarks == [])
  }

  @Test func `a row without prices below the names is no line of tickers`() throws {
    let text = "Date,Open,High,Low,Close,Volume\n2025-09-15,null,null,null,null,null\n2025-09-16,51,52,50,51.5,17\n"
    let read = try FileReading(text, Self.stock("AAPL"))
    #expect(read.bars.count == 1 && read.remarks == [] && read.tally.refused == [.notANumber: 1])
  }

  // MARK: Above the names

  private static let table = "date,open,high,low,close,volume\n2025-09-15,23,24,22,23.5,4\n"

  @Test(arguments: ["Symbol: MSFT", "Ticker,MSFT", "# symbol = MSFT.US", "MSFT"])
  func `another symbol above the names refuses the file`(line: String) throws {
    let refused = try #require(refusal(line + "\n" + Self.table, Self.stock("AAPL")))
    #expect(refused.found.contains("'MSFT") && refused.hint.contains("--asset MSFT"))
    #expect(try FileReading(line + "\n" + Self.table, Self.stock("MSFT")).bars.count == 1)
  }

  @Test func `a symbol above the names that nobody knows is told, and other words are not`() throws {
    let told = try FileReading("Symbol: ZZZZ\n" + Self.table, Self.stock("AAPL"))
    #expect(told.bars.count == 1 && told.remarks.first?.contains("'ZZZZ'") == true)
    let plain = try FileReading("https://www.example.org\nHistorical data\n" + Self.table, Self.stock("AAPL"))
    #expect(plain.bars.count == 1 && plain.remarks == [])
  }
}
