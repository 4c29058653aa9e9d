import Formats
import Market
import Testing

@testable import Pipeline
@testable import Store

/// The line of a file that a stored row came from.
@Suite struct FileLineTests {
  private let importing: Importing
  init() throws { importing = try Importing() }

  private func line(_ at: Instant, _ ticker: String? = nil) throws -> FileLine? {
    let dataset = try importing.store.imports.all().last?.series.key.dataset
    let time: FactKey.Part = dataset == .bar ? .instant(at) : .day(at.day)
    let key = FactKey([time] + (ticker.map { [.text($0)] } ?? []))
    let file = try #require(try importing.store.imports.all().last)
    return try ImportReplay(file, in: importing.store, opener: Importing.opener).line(
      under: key, saying: [])
  }

  /// Checks that every stored bar is found at the line that says it, whatever the size of the parts.
  private func check(_ text: String, partSize: Int) throws {
    let report = try importing.bring(Array(text.utf8), Importing.bars(), partSize: partSize)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let series = try #require(try importing.store.catalogue.series(report.series))
    let bars = try importing.store.snapshots.bars(of: series.id, in: Instant.representable)
    #expect(bars.count > 30)
    for bar in bars {
      let line = try #require(try line(bar.openTime))
      #expect(String(decoding: line.bytes, as: UTF8.self) == lines[line.place.line - 1])
      #expect(
        String(decoding: Array(text.utf8)[line.place.start...].prefix(line.place.length), as: UTF8.self)
          == lines[line.place.line - 1])
      #expect(line.bytes.starts(with: "\(bar.openTime.epochSeconds),".utf8))
      #expect(line.figures == [bar.open, bar.high, bar.low, bar.close, bar.volume].map(FigureValue.number))
    }
  }

  @Test(arguments: [97, 500, 4096, 1 << 20])
  func `a bar is found where it stands, whatever the parts`(partSize: Int) throws {
    try check(Importing.hours(0..<60), partSize: partSize)
  }

  @Test(arguments: [97, 1 << 20])
  func `also where the newest comes first, below a preamble, with lines that are none`(partSize: Int) throws {
    let rows = Importing.hours(0..<60).split(separator: "\n")
    let turned = ["made by hand", String(rows[0])] + rows.dropFirst().reversed().map(String.init)
    try check((turned.prefix(20) + ["", "x,1,2"] + turned.dropFirst(20)).joined(separator: "\n"), partSize: partSize)
  }

  @Test func `of a row that is there twice it is the first`() throws {
    let text = Importing.hours(0..<40) + "1730422800,101,102,100,101,1\n1730426400,1,2,1,2,5\n"
    _ = try importing.bring(Array(text.utf8), Importing.bars(), partSize: 300)
    #expect(try line(Instant(epochSeconds: 1_730_422_800))?.place.line == 3)
    #expect(try line(Instant(epochSeconds: 1_730_426_400))?.place.line == 4)
    #expect(try line(Instant(epochSeconds: 1_830_426_400)) == nil)
  }

  @Test func `a day of sentiment and a flow are found as well`() throws {
    let mood = "date,value,classification\n2024-11-02,75,Greed\n2024-11-01,20,Extreme Fear\n"
    _ = try importing.bring(
      Array(mood.utf8), ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1), partSize: 60)
    let day = try #require(try line(Day("2024-11-01")!.start))
    #expect(day.place.line == 3)
    #expect(String(decoding: day.bytes, as: UTF8.self) == "2024-11-01,20,Extreme Fear")
    #expect(day.figures == [.number(20), .text("Extreme Fear")])

    let flows = "date,ticker,flow_usd\n2024-11-01,IBIT,10500000\n2024-11-01,FBTC,-3000000\n"
    var order = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, unit: 1)
    order.timeZone = "UTC"
    _ = try importing.bring(Array(flows.utf8), order, partSize: 60)
    let flow = try #require(try line(Day("2024-11-01")!.start, "FBTC"))
    #expect(flow.place.line == 3)
    #expect(flow.figures == [.whole(-3_000_000), .absent])
  }
}
