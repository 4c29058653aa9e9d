import Market
import Testing

@testable import FlatFiles

@Suite struct FlowEvidenceTests {
  private static let flows = ImportOrder(
    dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1, unit: 1_000_000)

  private func refusal(_ text: String, _ order: ImportOrder = flows) -> FileRefusal? {
    #expect(throws: FileRefusal.self) { try FileReading(text, order) }
  }

  @Test(arguments: [
    "Date,IBIT,FBTC,PRICE\n2025-09-10,91.1,12.0,114000\n2025-09-11,1.5,2.0,114100\n",
    "Date,IBIT,FBTC,AUM\n2025-09-10,91.1,12.0,8400\n2025-09-11,1.5,2.0,8100\n2025-09-12,-4,2.0,8300\n",
    "Date,IBIT,FBTC,NAV\n2025-09-10,91.1,12.0,64.1\n2025-09-11,1.5,2.0,64.2\n",
    "Date,IBIT,FBTC,BTCP\n2025-09-10,91.1,12.0,64.1\n2025-09-11,1.5,2.0,64.2\n2025-09-12,-4,2.0,65\n",
  ])
  func `a column that is no fund is asked about and can be left out`(text: String) throws {
    let name = try #require(text.split(separator: "\n")[0].split(separator: ",").last.map(String.init))
    let fault = refusal(text)
    #expect(fault?.found.hasPrefix("its column \(name) is no fund: ") == true, "\(fault?.found ?? "")")
    #expect(fault?.hint == "Leave it out: --skip-column \(name)")
    #expect(fault?.isUsage == false)
    let read = try FileReading(text, Self.flows.with { $0.skippedColumns = [name.lowercased()] })
    #expect(Set(read.flows.map(\.ticker)) == ["IBIT", "FBTC"])
    #expect(read.refusals == [])
  }

  @Test func `a fund that moves more than the others stays one`() throws {
    let text = "Date,IBIT,FBTC,NEWF\n2025-09-10,991.1,1.0,-0.1\n2025-09-11,875.5,0.2,0.5\n2025-09-12,-904,2.0,1\n"
    #expect(Set(try FileReading(text, Self.flows).flows.map(\.ticker)) == ["IBIT", "FBTC", "NEWF"])
  }

  @Test func `a column to leave out that is not there is wrong usage`() {
    let order = Self.flows.with { $0.skippedColumns = ["PRIZE"] }
    let fault = #expect(throws: FileRefusal.self) {
      try Array("Date,IBIT,FBTC,PRICE\n2025-09-10,95.1,10.0,64000\n".utf8).withUnsafeBytes { bytes in
        _ = try MarketFiles(shapes: [], knowing: FileReading.knowledge, checksColumns: true).open(
          order,
          series: SeriesKey(dataset: .etfFlow, provider: "import", providerSymbol: "btc", interval: .day1),
          sample: bytes, isWhole: true, at: FileReading.now)
      }
    }
    #expect(fault?.isUsage == true)
    #expect(fault?.hint.contains("PRICE") == true)
  }

  @Test func `of two columns of one fund it is asked which is meant`() throws {
    let text = "Date,IBIT,FBTC,IBIT,Total\n11 Jan 2024,111.5,227.0,4,338.5\n"
    #expect(
      refusal(text)?.description
        == "2 of its columns are called IBIT, 2 and 4. Leave out all but one: --skip-column 4")
    let read = try FileReading(text, Self.flows.with { $0.skippedColumns = ["4"] })
    #expect(read.flows.map(\.netFlowUSD) == [227_000_000, 111_500_000])
  }

  @Test func `one fund beside a total is a table too`() throws {
    let read = try FileReading("Date,IBIT,Total\n11 Jan 2024,111.5,111.5\n12 Jan 2024,1.5,7\n", Self.flows)
    #expect(read.flows.map(\.ticker) == ["IBIT"])
    #expect(read.refusals.map(\.reason) == [.contradictory])
  }

  // MARK: Units

  @Test(arguments: [
    ("Date,IBIT,FBTC\n2025-09-10,95100000,10000000\n2025-09-11,1000000,2000000\n", "Say --unit dollars"),
    ("date,ticker,flow\n2025-09-10,IBIT,95100000\n2025-09-10,FBTC,1000000\n", "Say --unit dollars"),
  ])
  func `flows beyond all that ever were are asked about`(text: String, hint: String) throws {
    let fault = refusal(text)
    #expect(fault?.hint == hint)
    #expect(fault?.found.contains("95,100,000,000,000 dollars in a day") == true, "\(fault?.found ?? "")")
    #expect(
      try FileReading(text, Self.flows.with { $0.unit = 1 }).flows.first { $0.ticker == "IBIT" }?.netFlowUSD
        == 95_100_000)
  }

  @Test func `a later day of that size costs itself`() throws {
    var rows = ["date,ticker,flow"]
    for index in 0..<2100 { rows.append("\((Day("2005-01-03")! + index * 1)),IBIT,1.5") }
    rows.append("2025-09-11,IBIT,21000")
    let read = try FileReading(rows.joined(separator: "\n"), Self.flows)
    #expect(read.refusals.filter { $0.reason == .outOfBounds }.count == 1)
  }

  @Test(arguments: [
    ("flow_usd_millions", Int64(1), "millions", "dollars"), ("Net flow (US$m)", 1, "millions", "dollars"),
    ("flow_usd", 1_000_000, "dollars", "millions"),
  ])
  func `a unit that the header contradicts is asked about`(
    name: String, unit: Int64, is header: String, says told: String
  )
    throws
  {
    let text = "date,ticker,\(name)\n2025-09-10,IBIT,95.5\n2025-09-11,IBIT,1\n"
    let fault = refusal(text, Self.flows.with { $0.unit = unit })
    #expect(fault?.found == "its column '\(name)' is in \(header), and --unit says \(told)")
    #expect(fault?.hint == "Leave --unit away, or say --unit \(header)")
    #expect(try FileReading(text, Self.flows.with { $0.unit = nil }).flows.count == 2)
    let named = Self.flows.with {
      $0.unit = unit
      $0.columns = [.init("flow=3")!]
    }
    #expect(try FileReading(text, named).flows.count == 2)
  }

  @Test func `a header counts more than the layout that was named`() throws {
    let text = "date,ticker,net_flow_usd\n2025-09-10,IBIT,95100000\n"
    let read = try FileReading(
      text,
      Self.flows.with {
        $0.unit = nil
        $0.layout = "farside"
      })
    #expect(read.flows.map(\.netFlowUSD) == [95_100_000])
  }

  // MARK: Totals

  @Test(arguments: [
    "Date,Total\n11 Jan 2024,625.8\n12 Jan 2024,203\n",
    "Date;Total Net Flow (US$m)\n11 Jan 2024;625,8\n12 Jan 2024;203,0\n",
    "date,ticker,flow\n2024-01-11,TOTAL,625.8\n2024-01-12,Total,203\n",
    "date,fund,flow\n2024-01-11,ALL,625.8\n2024-01-12,ALL,203\n",
  ])
  func `a file of totals only gives the sum over all funds`(text: String) throws {
    let read = try FileReading(text, Self.flows)
    #expect(read.refusals == [])
    #expect(read.flows.map(\.ticker) == ["ALL", "ALL"])
    #expect(read.flows.map(\.netFlowUSD) == [625_800_000, 203_000_000])
    #expect(read.layout.contains("totals only"))
  }

  @Test func `totals beside funds are no flows of their own`() throws {
    let text = "date,ticker,flow\n2024-01-11,IBIT,111.7\n2024-01-11,FBTC,1\n2024-01-11,TOTAL,112.7\n"
    let read = try FileReading(text, Self.flows)
    #expect(read.flows.map(\.ticker) == ["FBTC", "IBIT"])
    #expect(read.tally.passedOver == 1)
  }
}
