import Formats
import Market
import Testing

@testable import FlatFiles

@Suite struct NumberFormTests {
  private static let days = ImportOrder.bars(.day1, class: .stock)

  private static func semicolons(_ rows: [String]) -> String {
    "Date;Open;High;Low;Close;Volume\n" + rows.joined(separator: "\n") + "\n"
  }

  private func refusal(_ text: String, _ order: ImportOrder = days, pieces: Int? = nil) -> FileRefusal? {
    #expect(throws: FileRefusal.self) { try FileReading(text, order, pieces: pieces) }
  }

  @Test func `blanks within quotes are no part of a number or a time`() throws {
    let text =
      "date,open,high,low,close,volume\n\" 2025-03-05\",\"105 \",\" 115 \",100,\"\t110\",\"1,100.5 \"\n"
      + "\"2025-03-06 \",105,115,100,110,\"2,200\"\n"
    let read = try FileReading(text, .bars(.day1))
    #expect(read.refusals == [])
    #expect(read.bars.map(\.volume) == [1100.5, 2200] && read.bars.map(\.open) == [105, 105])
  }

  @Test func `a file of decimal commas and points between groups is read as that`() throws {
    let text = Self.semicolons([
      "12.09.2025;2.413,07;2.420;2.405,50;2.416,8;3.500", "15.09.2025;2.405;2.420;2.401;2.410;4.000",
      "16.09.2025;2.410,5;2.422,25;2.408;2.420;3.750",
    ])
    let read = try FileReading(text, Self.days)
    #expect(read.refusals == [])
    #expect(read.bars.map(\.open) == [2413.07, 2405, 2410.5])
    #expect(read.bars.map(\.high) == [2420, 2420, 2422.25])
    #expect(read.bars.map(\.volume) == [3500, 4000, 3750])
    #expect(read.layout.hasSuffix("numbers like 1.234,56"), "\(read.layout)")
  }

  @Test func `apostrophes and blanks between groups are read, and the form is told`() throws {
    let swiss = try FileReading(
      Self.semicolons(["12.09.2025;12'213.50;12'250.00;12'201.00;12'216.80;1'250'000"]),
      Self.days.with { $0.dateOrder = .dmy })
    #expect(swiss.bars.map(\.close) == [12_216.8])
    #expect(swiss.bars.map(\.volume) == [1_250_000])
    #expect(swiss.layout.hasSuffix("numbers like 1'234.56"))
    let french = try FileReading(
      Self.semicolons(["13/09/2025;12 213,50;12 250,00;12\u{A0}201,00;12\u{202F}216,80;1 250 000"]), Self.days)
    #expect(french.bars.map(\.low) == [12_201])
    #expect(french.layout.hasSuffix("numbers like 1 234,56"))
  }

  @Test func `decimal commas in quotes between commas are read`() throws {
    let text = """
      "Date","Price","Open","High","Low","Vol.","Change %"
      "13.09.2025","23.698,15","23.764,73","23.800,00","23.600,10","59,28M","-0,02%"
      "12.09.2025","23.703,65","23.700,00","23.750,50","23.650,00","61,02M","0,30%"
      """
    let read = try FileReading(text, Self.days)
    #expect(read.bars.map(\.close) == [23_703.65, 23_698.15])
    #expect(read.bars.map(\.volume) == [61_020_000, 59_280_000])
  }

  @Test func `of numbers that could be either, a percentage beside them tells`() throws {
    let text = """
      "Date","Price","Open","High","Low","Vol.","Change %"
      "13.09.2025","23,698","23,764","23,800","23,600","59K","-0.02%"
      """
    #expect(try FileReading(text, Self.days).bars.map(\.close) == [23_698])
    #expect(
      try FileReading(text.replacing("-0.02%", with: "-0,02%"), Self.days).bars.map(\.close) == [23.698])
  }

  @Test func `a sheet that Windows wrote in its own letters is read`() throws {
    var bytes = Array("Date;Open;High;Low;Close;Volume\n".utf8)
    bytes += Array("13/09/2025;7_786,98;7_818,30;7_770,00;7_786,98;51_234_567\n".utf8).map { $0 == 0x5F ? 0xA0 : $0 }
    let read = try FileReading(bytes, Self.days)
    #expect(read.bars.map(\.high) == [7818.3])
    #expect(read.bars.map(\.volume) == [51_234_567])
  }

  // MARK: Asking

  private static let open = semicolons(["12.09.2025;1.205;1.220;1.201;1.210;2.000"])

  @Test func `where both forms fit all rows it is asked, and either answer is right`() throws {
    let order = Self.days.with { $0.dateOrder = .dmy }
    let fault = refusal(Self.open, order)
    #expect(fault?.isUsage == false)
    #expect(
      fault?.description
        == "'1.205' in line 2 is 1.205 or 1205, and no number of the file tells which. "
        + "Say --decimal-point for 1.205, or --decimal-comma for 1205")
    let comma = try FileReading(Self.open, order.with { $0.decimalComma = true })
    #expect(comma.bars.map(\.open) == [1205])
    #expect(comma.bars.map(\.volume) == [2000])
    let point = try FileReading(Self.open, order.with { $0.decimalPoint = true })
    #expect(point.bars.map(\.open) == [1.205])
    #expect(point.bars.map(\.volume) == [2])
  }

  @Test func `prices with three decimals between commas need no question`() throws {
    let read = try FileReading("time,open,high,low,close,volume\n2025-01-02,1.205,1.220,1.201,1.210,150\n", Self.days)
    #expect(read.bars.map(\.open) == [1.205])
  }

  @Test(arguments: [
    (true, "2.5;3;2;2.5;10", "'2.5' in line 2 has a decimal point, whatever --decimal-comma says"),
    (false, "2,5;3;2;2,5;10", "'2,5' in line 2 has a decimal comma, whatever --decimal-point says"),
  ])
  func `a mark that was told does not stand against the numbers`(comma: Bool, row: String, words: String) {
    let order = Self.days.with { if comma { $0.decimalComma = true } else { $0.decimalPoint = true } }
    let fault = refusal(Self.semicolons(["2025-01-02;" + row]), order)
    #expect(fault?.found == words)
    #expect(fault?.isUsage == false)
  }

  @Test(arguments: [
    ("1.213,03", "990.25", "'1.213,03' in line 2 a decimal comma"), ("990.25", "1.213,03", "a decimal point"),
    ("12'213.5", "12,213.5", "grouped by"), ("$12.5", "€12.5", "its numbers are in $ and in €"),
  ])
  func `two forms in the first megabyte refuse the file`(first: String, second: String, words: String) {
    let row = { (text: String) in "\(text);\(text);\(text);\(text);100" }
    let fault = refusal(Self.semicolons(["2025-01-02;" + row(first), "2025-01-03;" + row(second)]))
    #expect(fault?.found.contains(words) == true, "\(fault?.found ?? "")")
  }

  // MARK: Later rows

  /// More than a megabyte of days before the row that matters.
  private static func long(then last: String) -> String {
    var text = "time,open,high,low,close,volume\n"
    for hour in 0..<27_000 { text += "\(1_600_000_000 / 3600 * 3600 + hour * 3600),10.25,12.5,9.75,11.25,100.125\n" }
    return text + last + "\n"
  }

  @Test func `a later row in the other form ends the import`() throws {
    let fault = refusal(Self.long(then: "1730422800,\"10,25\",\"12,5\",\"9,75\",\"11,25\",100"), .bars())
    #expect(
      fault?.found == "'10,25' in line 27002 is of another form than the numbers before it, which are like 1234.56")
  }

  @Test func `a later cell that is no number costs its row`() throws {
    let read = try FileReading(Self.long(then: "1730422800,10.25,12.5,9.75,n.a.,100"), .bars())
    #expect(read.bars.count == 27_000)
    #expect(read.refusals.map(\.reason) == [.notANumber])
  }

  @Test func `groups that only come with larger numbers are read`() throws {
    let read = try FileReading(Self.long(then: "1730422800,\"1,010.25\",\"1,012\",\"1,009\",\"1,011.5\",100"), .bars())
    #expect(read.bars.last?.high == 1012)
  }

  // MARK: Other datasets

  @Test func `sentiment is read by the same reader`() throws {
    let order = ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1)
    let read = try FileReading("Date;Value;Rating\n2025-01-02;43,25;Fear\n2025-01-03;60;Greed\n", order)
    #expect(read.sentiment.map(\.value) == [43.25, 60])
    let fault = refusal("Date;Value;Rating\n2025-01-02;43,25;Fear\n2025-01-03;60.5;Greed\n", order)
    #expect(fault?.found.contains("two forms") == true)
  }

  @Test(arguments: [
    (
      "Date,IBIT,FBTC,ARKB,Total\n10 Sep 2025,\"1,045.0\",10.0,(95.1),959.9\n11 Sep 2025,366.2,134.7,\"(1,113.7)\",-612.8\n",
      [1_045_000_000, -1_113_700_000]
    ),
    (
      "Date;IBIT;FBTC;ARKB;Total\n10 Sep 2025;1.045,0;10,0;-95,1;959,9\n11 Sep 2025;366,2;134,7;-1.113,7;-612,8\n",
      [1_045_000_000, -1_113_700_000]
    ),
    (
      "Date\tTicker\tFlow (US$m)\n10 Sep 2025\tIBIT\t$1,045.0\n11 Sep 2025\tARKB\t-$1,113.7\n",
      [1_045_000_000, -1_113_700_000]
    ),
  ])
  func `flows of a thousand millions are read in every form`(text: String, flows: [Int64]) throws {
    let order = ImportOrder(
      dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, unit: 1_000_000)
    let read = try FileReading(text, order)
    #expect(read.refusals == [])
    #expect(read.flows.first { $0.ticker == "IBIT" }?.netFlowUSD == flows[0])
    #expect(read.flows.last { $0.ticker == "ARKB" }?.netFlowUSD == flows[1])
  }
}
