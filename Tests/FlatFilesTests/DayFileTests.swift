import Market
import Testing

@testable import FlatFiles

@Suite struct DayFileTests {
  private static let mood = ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1)
  private static let flows = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1)

  @Test(arguments: [
    "fear_greed_index,value_classification,timestamp,date,x\n30,Fear,1517443200,2018-02-01,\n15,Extreme Fear,1517529600,2018-02-02,-0.6\n",
    "Date,Fear Greed,Rating\r\n2018-02-01,30.0,Fear\r\n2018-02-02,15,Extreme Fear\r\n2018-02-02,15,Extreme Fear\r\n",
  ])
  func `the days of an index are read`(text: String) throws {
    let read = try FileReading(text, Self.mood)
    #expect(read.sentiment.map(\.day.description) == ["2018-02-01", "2018-02-02"])
    #expect(read.sentiment.map(\.value) == [30, 15])
    #expect(read.sentiment.map(\.classification) == ["Fear", "Extreme Fear"])
    #expect(read.refusals == [])
  }

  @Test func `a value outside its scale is refused`() throws {
    let read = try FileReading("date,value,classification\n2018-02-01,130,Greed\n2018-02-02,x,Greed\n", Self.mood)
    #expect(read.sentiment == [])
    #expect(Set(read.refusals.map(\.reason)) == [.outOfBounds, .notANumber])
  }

  @Test func `a wide table gives a flow a fund and day, in whole dollars`() throws {
    let text = "date,IBIT,FBTC,BITB,Total\n2024-01-11,111.7,227,-,338.7\n2024-01-12,386,195.3,17.4,598.7\n"
    let read = try FileReading(text, Self.flows.with { $0.unit = 1_000_000 })
    #expect(read.flows.count == 6)
    #expect(read.flows.first { $0.ticker == "IBIT" }?.netFlowUSD == 111_700_000)
    #expect(read.flows.first { $0.ticker == "BITB" }?.netFlowUSD == nil)
    #expect(read.refusals == [])
  }

  @Test func `a loss may stand in parentheses`() throws {
    let text = "date,fund,flow\n2024-01-11,IBIT,(5.1)\n2024-01-11,FBTC,(-2)\n2024-01-12,IBIT,()\n2024-01-16,IBIT,(1,2\n"
    let order = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, unit: 1_000_000)
    let read = try FileReading(text, order)
    #expect(read.flows == [EtfFlow(day: Day("2024-01-11")!, ticker: "IBIT", netFlowUSD: -5_100_000)])
    #expect(read.refusals.count == 3)
  }

  @Test func `a column that is the sum of the others is no fund, whatever it is called`() throws {
    let text = "date,IBIT,FBTC,COL11\n2024-01-11,1,2,3\n2024-01-12,2,2,4\n2024-01-16,2,-3,-1\n"
    let read = try FileReading(text, Self.flows.with { $0.layout = "farside" })
    #expect(Set(read.flows.map(\.ticker)) == ["IBIT", "FBTC"])
  }

  @Test func `funds that do not sum to their total are not believed`() throws {
    let text = "date,IBIT,FBTC,Total\n2024-01-11,1,2,3\n2024-01-12,2,2,40\n"
    let read = try FileReading(text, Self.flows.with { $0.unit = 1_000_000 })
    #expect(read.flows.count == 2)
    #expect(read.refusals.map(\.reason) == [.contradictory])
  }

  @Test func `a day that copies another from afar is refused, weekends of zeros are passed over`() throws {
    let text = """
      date,IBIT,FBTC,BITB,Total
      2024-01-01,1,2,3,6
      2024-01-11,1,2,3,6
      2024-01-12,2,3,4,9
      2024-01-13,0,0,0,0
      2024-01-15,0,0,0,0
      """
    let read = try FileReading(text, Self.flows.with { $0.unit = 1_000_000 })
    #expect(Set(read.flows.map(\.day.description)) == ["2024-01-11", "2024-01-12", "2024-01-15"])
    #expect(read.refusals.map(\.at?.day.description) == ["2024-01-01"])
    #expect(read.tally.passedOver == 1)
  }

  @Test func `a long table says its unit in its header`() throws {
    let text = "date,fund,flow_usd_millions\n2024-01-11,IBIT,111.7\n2024-01-11,FBTC,\n2024-01-11,IBIT,112\n"
    let read = try FileReading(text, Self.flows)
    #expect(read.flows.map(\.netFlowUSD) == [nil, 111_700_000])
    #expect(read.refusals.map(\.reason) == [.contradictory])
  }

  @Test func `a unit that nobody tells is asked for, and funds of another asset are refused`() {
    let wide = "date,IBIT,FBTC,Total\n2024-01-11,1,2,3\n"
    let unit = #expect(throws: FileRefusal.self) { try FileReading(wide, Self.flows) }
    #expect(unit?.hint.contains("--unit") == true)
    let other = #expect(throws: FileRefusal.self) {
      try FileReading("date,ticker,flow_usd\n2024-01-11,AGG,1\n", Self.flows)
    }
    #expect(other?.found.contains("AGG") == true)
  }
}
