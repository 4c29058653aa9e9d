import Market
import Testing

@testable import FlatFiles

/// Files of several tables, one below the other.
@Suite struct LaterHeaderTests {
  private static let days = ImportOrder.bars(.day1, class: .stock)
  private static let moods = ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1)
  private static let flows = ImportOrder(
    dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, unit: 1_000_000)
  private static let head = "Date,Open,High,Low,Close,Volume\n"
  private static let rows = (1..<6).map { "2025-09-1\($0),10,12,9,11,500\n" }.joined()
  private static let more = "2025-09-17,10,12,9,11,500\n"

  private static func fault(_ text: String, _ order: ImportOrder = days) -> FileRefusal? {
    #expect(throws: FileRefusal.self) { try FileReading(text, order, pieces: 40) }
  }

  @Test(arguments: [
    "Date,Open,High,Low,Close,Volume", "\"Date\",\"Open\",\"High\",\"Low\",\"Close\",\"Volume\"",
    "date,OPEN,high,LOW,close,volume,",
  ])
  func `a header that repeats the first costs itself`(again: String) throws {
    let read = try FileReading(Self.head + Self.rows + again + "\n" + Self.more, Self.days, pieces: 40)
    #expect(read.bars.count == 6)
    #expect(read.tally.refusedInAll == 1)
  }

  @Test(arguments: [
    "Date,Close,High,Low,Open,Volume", "Close,Open,High,Low,Date,Volume", "Date,Open,High,Low,Close,Adj Close,Volume",
    "Date,Open,High,Low,Close,Volume ETH",
  ])
  func `what stands below a header of other columns is not taken for what stands above`(other: String) {
    let fault = Self.fault(Self.head + Self.rows + other + "\n" + Self.more)
    #expect(fault?.description.contains("line 7 is a header of other columns") == true, "\(fault?.description ?? "")")
    #expect(fault?.description.contains(other.replacing(",", with: ", ")) == true)
  }

  @Test func `a file without a header ends where one contradicts what its columns were taken for`() throws {
    let read = try FileReading(Self.rows + Self.head + Self.more, Self.days, pieces: 40)
    #expect(read.bars.count == 6)
    #expect(Self.fault(Self.rows + "Date,Close,High,Low,Open,Volume\n" + Self.more) != nil)
  }

  @Test func `a table of another asset's rows is no way around it`() {
    let head = "Symbol,Date,Open,High,Low,Close,Volume\n"
    let rows = (1..<6).map { "AAPL,2025-09-1\($0),10,12,9,11,500\n" }.joined()
    let order = ImportOrder(dataset: .bar, asset: "AAPL", assetClass: .stock, interval: .day1)
    let fault = Self.fault(
      head + rows + "Symbol,Date,Close,High,Low,Open,Volume\n" + rows.replacing("2025", with: "2024"), order)
    #expect(fault?.description.contains("line 7 is a header") == true, "\(fault?.description ?? "")")
  }

  @Test func `words that are no header cost themselves`() throws {
    for words in ["Total,,,,,", "Close,down,up,,,", "Source: the exchange,open,high,low,close,5"] {
      #expect(try FileReading(Self.head + Self.rows + words + "\n" + Self.more, Self.days).bars.count == 6)
    }
  }

  @Test func `tables of an index and of flows end there too`() throws {
    let mood = "date,value,classification\n2025-09-11,50,Neutral\n2025-09-12,51,Neutral\n"
    #expect(
      try FileReading(mood + "date,value,classification\n2025-09-13,52,Neutral\n", Self.moods).sentiment.count == 3)
    #expect(Self.fault(mood + "date,classification,value\n2025-09-13,Neutral,52\n", Self.moods) != nil)
    let flows = "Date,IBIT,FBTC,BITB\n2025-09-11,1.5,2.5,0\n2025-09-12,1.5,2.5,0\n"
    #expect(Self.fault(flows + "Date,FBTC,IBIT,BITB\n2025-09-15,1.5,2.5,0\n", Self.flows) != nil)
  }

  @Test(arguments: ["[[1,2],\n[3,4]]\n", "{\"a\":1}\n{\"a\":2}\n", "<html><table>\n<tr>\n"])
  func `what is no table is called by its name`(text: String) {
    let fault = Self.fault(text)
    #expect(fault?.description.hasPrefix(text.hasPrefix("<") ? "it is a page of markup" : "it is JSON") == true)
  }
}
