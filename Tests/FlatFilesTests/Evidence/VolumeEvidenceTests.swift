import Market
import Testing

@testable import FlatFiles

@Suite struct VolumeEvidenceTests {
  private func refusal(_ text: String, _ order: ImportOrder) -> FileRefusal? {
    #expect(throws: FileRefusal.self) { try FileReading(text, order) }
  }

  @Test(arguments: [
    "Volume USD", "quote_volume", "Quote asset volume", "Volume (USDT)", "Volume_(Currency)", "volumeto", "Turnover",
    "Volume EUR",
  ])
  func `a volume whose name says money is asked about`(name: String) throws {
    let text = "date,open,high,low,close,\(name)\n2025-09-18 00:00:00,115000,115500,114900,115100,2437500\n"
    let fault = refusal(text, .bars())
    #expect(fault?.found == "its volume '\(name)' is not in units of BTC: its name says money")
    #expect(fault?.hint.contains("--no-volume") == true)
    #expect(fault?.hint.contains("--map volume=") == true)
    #expect(fault?.isUsage == false)
    let without = try FileReading(text, ImportOrder.bars().with { $0.takesNoVolume = true })
    #expect(without.bars.map(\.volume) == [0])
    let told = try FileReading(text, ImportOrder.bars().with { $0.columns = [.init("volume=\(name)")!] })
    #expect(told.bars.map(\.volume) == [2_437_500])
  }

  @Test(arguments: [
    ("Volume USDT,Volume BTC", "152400000,1321.5"), ("volumeto,volumefrom", "152400000,1321.5"),
    ("quote_volume,volume", "152400000,1321.5"), ("Volume,Volume BTC", "152400000,1321.5"),
    ("Volume USDT,Volume XBT", "152400000,1321.5"), ("taker_buy_volume,volume", "700,1321.5"),
  ])
  func `of two volumes the one in units is taken, whichever comes first`(names: String, values: String) throws {
    let text = "unix,open,high,low,close,\(names)\n1730419200,115000,115500,114900,115100,\(values)\n"
    #expect(try FileReading(text, .bars()).bars.map(\.volume) == [1321.5])
  }

  @Test func `a second volume shows that the first is money`() {
    let text = """
      unix,open,high,low,close,volume,quote_volume
      1730419200,115000,115500,114900,115100,152400000,1321.5
      1730422800,115100,115500,114900,115200,52400000,455.25
      """
    let fault = refusal(text, .bars())
    #expect(
      fault?.found == "its volume 'volume' is not in units of BTC: at 152400000 it is 'quote_volume' times the price")
    #expect(fault?.hint == "Say --map volume=quote_volume; or take the bars without: --no-volume")
  }

  @Test func `Huobi's turnover beside its amount is told from it`() throws {
    let text = "ts,open,close,low,high,amount,vol,count\n1730419200,115000,115100,114900,115500,1321.5,152400000,9\n"
    #expect(refusal(text, .bars())?.hint.hasPrefix("Say --map volume=amount;") == true)
    let order = ImportOrder.bars().with { $0.columns = [.init("volume=amount")!] }
    #expect(try FileReading(text, order).bars.map(\.volume) == [1321.5])
  }

  @Test func `cells with the sign of a currency are money`() throws {
    let text =
      "Date,Open,High,Low,Close,Volume\n2025-09-17,$116788.1,$117286.7,$114794.4,$116468.5,\"$60,494,494,122\"\n"
    #expect(refusal(text, .bars(.day1))?.found.hasSuffix("its cells bear the sign $") == true)
    let read = try FileReading(text, ImportOrder.bars(.day1).with { $0.takesNoVolume = true })
    #expect(read.bars.map(\.high) == [117_286.7])
  }

  @Test(arguments: [
    "Date,Open,High,Low,Close,Volume,Market Cap\n2025-09-17,116788.1,117286.7,114794.4,116468.5,60494494122,2320000000000\n",
    "timeOpen;timeClose;open;high;low;close;volume;timestamp\n\"2025-09-16T00:00:00.000Z\";\"2025-09-16T23:59:59.999Z\";116788.1;117286.7;114794.4;116468.5;60494494122.2;\"2025-09-16T23:59:59.999Z\"\n",
    "Date,Open,High,Low,Close,Adj Close,Volume\n2025-09-17,116788.1,117286.7,114794.4,116468.5,116468.5,60494494122\n",
  ])
  func `the volume of sites that count in dollars is asked about`(text: String) throws {
    let fault = refusal(text, .bars(.day1))
    #expect(fault?.description.contains("--no-volume") == true)
    let read = try FileReading(text, ImportOrder.bars(.day1).with { $0.takesNoVolume = true })
    #expect(read.bars.map(\.close) == [116_468.5])
    #expect(read.bars.map(\.volume) == [0])
    #expect(["2025-09-16", "2025-09-17"].contains(read.bars[0].openTime.day.description))
  }

  @Test func `a lone volume is taken, however large`() throws {
    let text = "date,open,high,low,close,volume\n2025-09-17,116788.1,117286.7,114794.4,116468.5,60494494122\n"
    #expect(try FileReading(text, .bars(.day1)).bars.map(\.volume) == [60_494_494_122])
  }

  @Test func `a stock's market cap says nothing of its volume`() throws {
    let text = "date,open,high,low,close,volume,market cap\n2025-09-17,237,239,236,238,44249580,3500000000000\n"
    #expect(try FileReading(text, .bars(.day1, class: .stock)).bars.map(\.volume) == [44_249_580])
  }
}
