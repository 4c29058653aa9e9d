import Market
import Testing

@testable import FlatFiles

/// Rows of several assets or sources that no name tells apart.
@Suite struct GroupTests {
  private func refusal(_ text: String, _ order: ImportOrder = .bars()) -> FileRefusal? {
    do {
      _ = try FileReading(text, order)
      return nil
    } catch { return error as? FileRefusal }
  }

  @Test func `a column of few values that changes where the price jumps is asked about`() throws {
    let text = """
      timestamp,asset_id,open,high,low,close,volume
      2025-09-18 00:00:00,1,11500,11550,11490,11510,12
      2025-09-18 01:00:00,1,11510,11540,11500,11520,11
      2025-09-18 02:00:00,6,450,455,449,452,21
      2025-09-18 03:00:00,6,452,456,451,453,19

      """
    let refused = try #require(refusal(text))
    #expect(refused.hint.contains("--where-column asset_id=1 or --where-column asset_id=6"))
    #expect(refused.found.contains("'1' (2 rows, 11510.0 to 11520.0), '6' (2 rows, 452.0 to 453.0)"))
    #expect(!refused.isUsage)
    let told = try FileReading(text, .bars().with { $0.wanted = [.init("asset_id=6")!] })
    #expect(told.bars.map(\.close) == [452, 453])
    #expect(told.tally.leftOut == ["asset_id 1": 2])
  }

  @Test func `also where its name says nothing and its rows take turns`() throws {
    let text =
      "timestamp,kind,open,high,low,close,volume\n"
      + (0..<6).flatMap { hour in
        ["7,50,52,49,51", "3,900,930,890,910"].map { "2025-09-18 0\(hour):00,\($0),5\n" }
      }.joined()
    #expect(refusal(text)?.hint.contains("--where-column kind=7 or --where-column kind=3") == true)
    let told = try FileReading(text, .bars().with { $0.wanted = [.init("2=3")!] })
    #expect(told.bars.map(\.close) == Array(repeating: 910, count: 6))
  }

  @Test func `also where the prices are not far from each other`() throws {
    let text =
      "timestamp,x,open,high,low,close,volume\n"
      + (0..<8).map { hour in
        let price = (hour < 4 ? 0.25 : 0.31) + Double(hour) / 1000
        return "2025-09-18 0\(hour):00,\(hour / 4),\(price),\(price),\(price),\(price),5\n"
      }.joined()
    #expect(refusal(text)?.hint.contains("--where-column x=0 or --where-column x=1") == true)
  }

  @Test func `rows of one time that differ by their exchange are asked about`() throws {
    let text =
      "timestamp,exchange,open,high,low,close,volume\n"
      + (0..<6).flatMap { hour in
        ["Kraken,50,52,49,51", "Coinbase,50,52,49,51.5"].map { "2025-09-18 0\(hour):00,\($0),5\n" }
      }.joined()
    let refused = try #require(refusal(text))
    #expect(refused.found.contains("rows of one time differ by it"))
    #expect(refused.hint.contains("--where-column exchange=Kraken or --where-column exchange=Coinbase"))
    let told = try FileReading(text, .bars().with { $0.wanted = [.init("Exchange=kraken")!] })
    #expect(told.bars.count == 6)
  }

  @Test func `a column that changes while the price goes on says nothing`() throws {
    let text =
      "timestamp,weekday,open,high,low,close,volume\n"
      + (1...9).map { "2025-09-0\($0),\($0 % 3),50,52,49,\(50 + Double($0) / 10),5\n" }.joined()
    #expect(try FileReading(text, .bars(.day1)).bars.count == 9)
  }

  @Test func `one split says nothing of the column beside it`() throws {
    let text =
      "timestamp,split,open,high,low,close,volume\n"
      + (1...9).map {
        "2025-09-0\($0),\($0 == 5 ? 4 : 0),\($0 < 5 ? "400,420,390,410" : "100,105,99,102"),5\n"
      }.joined()
    #expect(try FileReading(text, .bars(.day1)).bars.count == 9)
  }

  @Test func `a file most of whose rows contradict each other is refused`() throws {
    let text =
      "timestamp,open,high,low,close,volume\n"
      + (0..<6).map { "2025-09-18 0\($0):00,50,52,49,51,5\n2025-09-18 0\($0):00,900,930,890,910,7\n" }.joined()
    let refused = try #require(refusal(text))
    #expect(refused.found.contains("12 of its first 12 rows contradict each other"))
  }

  @Test func `a few rows that contradict others cost themselves`() throws {
    let text =
      "timestamp,open,high,low,close,volume\n" + (0..<9).map { "2025-09-18 0\($0):00,50,52,49,51,5\n" }.joined()
      + "2025-09-18 03:00,50,52,49,51.5,5\n"
    let read = try FileReading(text, .bars())
    #expect(read.bars.count == 9 && read.tally.refused == [.contradictory: 1])
  }

  @Test(arguments: [("asset_ids=6", "asset_id"), ("asset_id=9", "'1', '6'")])
  func `a column or a value that is not there is wrong usage`(told: String, words: String) throws {
    let text =
      "timestamp,asset_id,open,high,low,close,volume\n2025-09-18 00:00,1,5,6,4,5,1\n2025-09-18 01:00,6,5,6,4,5,1\n"
    let refused = try #require(refusal(text, .bars().with { $0.wanted = [.init(told)!] }))
    #expect(refused.isUsage && refused.hint.contains(words))
  }

  // MARK: Funds

  @Test func `a known fund belongs to its asset whatever was asked`() throws {
    let flows = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, unit: 1)
    let text = "date,ticker,flow\n2025-09-18,IBIT,5\n2025-09-18,ETHA,7\n2025-09-19,IBIT,6\n2025-09-19,ETHA,8\n"
    let read = try FileReading(text, flows)
    #expect(read.flows.map(\.ticker) == ["IBIT", "IBIT"])
    #expect(read.tally.leftOut == ["ETHA, a fund of ETH": 2])
    let wide = try FileReading("date,IBIT,FBTC,ETHA,Total\n2025-09-18,5,1,7,13\n", flows)
    #expect(wide.flows.map(\.ticker).sorted() == ["FBTC", "IBIT"])
    #expect(refusal("date,ticker,flow\n2025-09-18,ETHA,7\n", flows)?.hint.contains("--asset ETH") == true)
  }
}
