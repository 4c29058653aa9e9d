import Market
import Rendering
import Store
import Testing

@testable import Reports

/// What funds are worth is told where a source told it.
@Suite struct FundAssetsTests {
  private static let totals = SeriesKey(
    dataset: .etfFlow, provider: "sosovalue", providerSymbol: "btc", interval: .day1)

  private func record(_ told: [(day: String, ticker: String, assets: Int64?)]) async throws -> Record {
    let record = try Record(
      .small, providers: .known + [[ProviderProfile].profile("sosovalue", "SoSoValue", "https://sosovalue.test")])
    try record.store.catalogue.add(
      Catalogue(
        assets: [], funds: [],
        series: [SeriesDefinition(key: Self.totals, asset: "BTC", quoteCurrency: "USD", priority: 2)]), providers: [])
    let flows = told.map {
      EtfFlow(day: day($0.day), ticker: $0.ticker, netFlowUSD: 1_000_000, netAssetsUSD: $0.assets)
    }
    try await record.run(at: "2025-09-20T12:00Z", [Reading(series: Self.totals, facts: .flows(flows), covers: nil)])
    return record
  }

  private func assets(_ record: Record, on date: String) throws -> FundAssets? {
    try FundAssets(of: "BTC", on: day(date), store: record.store, Credits(record.store))
  }

  @Test func `the newest sum stands beside the one before it and the first of six`() async throws {
    let record = try await record([
      ("2025-09-16", EtfFlow.total, 100_000_000_000), ("2025-09-17", "TOTAL_BTC", 102_000_000_000),
      ("2025-09-18", EtfFlow.total, 101_000_000_000), ("2025-09-19", "TOTAL_BTC", nil),
    ])
    let found = try #require(try assets(record, on: "2025-09-19"))
    #expect(
      found.words
        == "Assets under management on 18 Sep: 101,000 million USD, down 0.98 % on 17 Sep, up 1.0 % on 16 Sep. "
        + "Source: SoSoValue.")
    #expect(found.json.compact.contains("{\"day\":\"2025-09-18\",\"net_assets_usd\":101000000000}"))
    #expect(try assets(record, on: "2025-09-17")?.days.count == 2)
  }

  @Test func `where nobody tells it there is nothing`() async throws {
    let record = try await record([("2025-09-19", EtfFlow.total, nil)])
    #expect(try assets(record, on: "2025-09-19") == nil)
    #expect(try assets(record, on: "2025-01-01") == nil)
  }

  @Test func `funds are summed where there is no total`() async throws {
    let record = try await record([("2025-09-18", "IBIT", 60), ("2025-09-18", "FBTC", 40), ("2025-09-17", "IBIT", 50)])
    #expect(try #require(try assets(record, on: "2025-09-19")).days.map(\.usd) == [50, 100])
  }
}
