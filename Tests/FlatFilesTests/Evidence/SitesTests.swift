import Market
import Testing

@testable import FlatFiles

/// Files as widely known sites write them.
@Suite struct SitesTests {
  @Test func `nasdaq's dollars and its order of columns`() throws {
    let text = """
      Date,Close/Last,Volume,Open,High,Low
      09/19/2025,$245.50,163741300,$241.23,$246.30,$240.21
      09/18/2025,"$1,237.88",44249580,"$1,239.97","$1,241.20","$1,236.65"
      """
    let read = try FileReading(text, .bars(.day1, class: .stock))
    #expect(read.bars.map(\.close) == [1237.88, 245.5])
    #expect(read.bars.map(\.volume) == [44_249_580, 163_741_300])
    #expect(read.layout.hasSuffix("numbers like $1,234.56"))
  }

  @Test func `nasdaq's index has no volume`() throws {
    let text = "Date,Close/Last,Volume,Open,High,Low\n09/18/2025,$237.88,N/A,$239.97,$241.20,$236.65\n"
    let order = ImportOrder.bars(.day1, class: .index).with { $0.takesNoVolume = true }
    #expect(try FileReading(text, order).bars.map(\.volume) == [0])
  }

  @Test func `CoinMarketCap's days are those that its stamps name`() throws {
    let text = """
      timeOpen;timeClose;timeHigh;timeLow;name;open;high;low;close;volume;marketCap;circulatingSupply;timestamp
      "2025-09-17T00:00:00.000Z";"2025-09-17T23:59:59.999Z";"2025-09-17T18:05:00.000Z";"2025-09-17T19:01:00.000Z";"2781";116788.1;117286.7;114794.4;116468.5;60494494122.2;2320218459000;19921000;"2025-09-17T23:59:59.999Z"
      "2025-09-16T00:00:00.000Z";"2025-09-16T23:59:59.999Z";"2025-09-16T18:05:00.000Z";"2025-09-16T19:01:00.000Z";"2781";115444.9;116964.3;114737.1;116843.2;46214371190.1;2327000000000;19920000;"2025-09-16T23:59:59.999Z"
      """
    let read = try FileReading(text, ImportOrder.bars(.day1).with { $0.takesNoVolume = true })
    #expect(read.bars.map(\.openTime.day.description) == ["2025-09-16", "2025-09-17"])
    #expect(read.bars.map(\.open) == [115_444.9, 116_788.1])
  }

  @Test(arguments: [
    ("Gmt time", "18.09.2025 06:00:00.000"), ("Local time", "18.09.2025 08:00:00.000 GMT+0200"),
    ("Time (UTC)", "2025.09.18 06:00:00"),
  ])
  func `Dukascopy's times, in whichever zone they were saved`(name: String, time: String) throws {
    let text = "\(name),Open,High,Low,Close,Volume\n\(time),1.18134,1.18251,1.18102,1.18240,4521.37\n"
    let read = try FileReading(text, .bars(class: .crypto))
    #expect(read.bars.map(\.openTime.description) == ["2025-09-18T06:00:00Z"])
    #expect(read.bars.map(\.close) == [1.1824])
  }

  @Test func `a Swiss sheet with apostrophes and semicolons`() throws {
    let text = """
      Date;Open;High;Low;Close;Volume
      18.09.2025;12'064.60;12'115.28;12'040.12;12'098.51;38'114'250
      17.09.2025;12'101.33;12'101.33;12'030.01;12'062.78;41'005'872
      """
    let read = try FileReading(text, .bars(.day1, class: .stock))
    #expect(read.bars.map(\.high) == [12_101.33, 12_115.28])
    #expect(read.bars.map(\.volume) == [41_005_872, 38_114_250])
  }
}
