import Foundation
import Market
import Store
import Testing

@testable import Reports

@Suite struct ManyAssetsTests {
  private static func key(_ symbol: String) -> SeriesKey {
    SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: symbol, interval: .day1)
  }

  /// So many stocks, of which the first rose by a per cent, the second by two and so on; the last one fell by a half.
  private func record(of count: Int) async throws -> Record {
    let record = try Record()
    let symbols = (1...count).map { "S\($0)" }
    let profile = ProviderProfile(
      name: "yahoo", title: "Yahoo Finance", baseURL: "https://yahoo.example", homepage: "https://yahoo.example",
      politeness: Politeness(limit: 10, window: 60, concurrency: 1), safety: 900,
      probe: Request(provider: "yahoo", path: "/"))
    try record.store.catalogue.add(
      Catalogue(
        assets: symbols.map { Asset(symbol: $0, name: "Company \($0)", assetClass: .stock) }, funds: [],
        series: symbols.map {
          SeriesDefinition(key: Self.key($0), asset: $0, quoteCurrency: "USD", priority: 1, basis: .splitAdjusted)
        }), providers: [profile])
    // A Friday and the Monday after it.
    let readings = symbols.enumerated().map { index, symbol in
      let close = index == count - 1 ? 50.0 : 100 * (1 + Double(index + 1) / 100)
      let bars = [("2025-09-12", 100.0), ("2025-09-15", close)].map { text, close in
        Bar(openTime: day(text).start, open: close, high: close, low: close, close: close, volume: 1)
      }
      return Reading(series: Self.key(symbol), facts: .bars(bars), covers: nil)
    }
    try await record.run(at: "2025-09-16T22:30Z", readings)
    return record
  }

  @Test func `of many assets the classes are told and what moved most`() async throws {
    let record = try await record(of: 13)
    let text = try DailyReport(of: day("2025-09-15"), from: record.store).markdown()
    #expect(text.contains("12 of 13 assets were up on the day or session before"))
    #expect(text.contains("| stocks |     13 |  12 |    1 | +6.00 % | S12 +12.00 % | S13 −50.00 % |"))
    #expect(text.contains("| S12   | Company S12 |"))
    #expect(!text.contains("## Company"))
    #expect(text.contains("`appliance report daily --date 2025-09-15 --all`"))
    let whole = try DailyReport(of: day("2025-09-15"), isWhole: true, from: record.store).markdown()
    #expect(whole.contains("## Company S1 (S1)"))
    #expect(!whole.contains("### What moved most"))
  }

  @Test func `of many assets a page draws the days of what moved most alone, however much it tells`() async throws {
    let record = try await record(of: 13)
    for isWhole in [false, true] {
      let report = try DailyReport(of: day("2025-09-15"), isWhole: isWhole, from: record.store)
      #expect(report.assets.filter { $0.course != nil }.count == 6)
      #expect(report.document.html().components(separatedBy: "<figure>").count == 7)
    }
  }

  @Test func `of a dozen each is told, and of those that are named`() async throws {
    let dozen = try await record(of: 12)
    #expect(try DailyReport(of: day("2025-09-15"), from: dozen.store).markdown().contains("## Company S1 (S1)"))
    let many = try await record(of: 13)
    let named = try DailyReport(of: day("2025-09-15"), assets: ["S2"], from: many.store).markdown()
    #expect(named.contains("## Company S2 (S2)"))
  }

  @Test func `a running day counts what has its newest prices in the session before`() async throws {
    let record = try await record(of: 13)
    try record.store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)], funds: [],
        series: [SeriesDefinition(key: .btc, asset: "BTC", quoteCurrency: "USDT", priority: 1)]), providers: .known)
    try await record.run(
      at: "2025-09-16T22:40Z",
      [.hours(.btc, from: "2025-09-14T00:00Z", through: "2025-09-16T21:00Z", price: { _ in 100_000 })])
    let report = try DailyReport(of: day("2025-09-16"), from: record.store)
    #expect(report.isByClass)
    #expect(!report.markdown().contains("## Bitcoin (BTC)"))
  }

  @Test func `a day that starts tells the last session of each class, and of coins the days since`() async throws {
    let record = try await record(of: 2)
    try record.store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)], funds: [],
        series: [SeriesDefinition(key: .btc, asset: "BTC", quoteCurrency: "USDT", priority: 1)]), providers: .known)
    // From 100,000 at the end of Friday to 110,000 at the end of Sunday.
    let friday = day("2025-09-12").end.epochSeconds
    try await record.run(
      at: "2025-09-15T07:00:00Z",
      [
        .hours(
          .btc, from: "2025-09-11T00:00Z", through: "2025-09-15T05:00Z",
          price: { $0 <= friday ? 100_000 : 110_000 })
      ])
    let report = try StartOfDayReport(of: day("2025-09-15"), from: record.store)
    let text = report.document.markdown
    #expect(text.contains("## The day before: Sunday, 14 September 2025"))
    #expect(
      text.contains("| coin   | Sat 13 Sep to Sun 14 Sep |      1 |   1 |    0 | +10.00 % | BTC +10.00 % | –       |"))
    #expect(text.contains("| stocks | Fri 12 Sep               |      2 |"))
    #expect(text.contains("| S1    | 12 Sep |"))
    #expect(text.contains("last brought up to date at 2025-09-15 07:00 UTC; ages are measured to that time"))
    #expect(!text.contains("The whole UTC day"))
    #expect(report.json().compact.contains(#""from":"2025-09-13","to":"2025-09-14","assets":1,"up":1"#))
  }

  @Test func `a day on which the market rests lacks nothing`() async throws {
    let record = try await record(of: 2)
    try record.store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)], funds: [],
        series: [SeriesDefinition(key: .btc, asset: "BTC", quoteCurrency: "USDT", priority: 1)]), providers: .known)
    try await record.run(
      at: "2025-09-16T22:40Z",
      [.hours(.btc, from: "2025-09-12T00:00Z", through: "2025-09-16T21:00Z", price: { _ in 100_000 })])
    let sunday = try DailyReport(of: day("2025-09-14"), from: record.store).markdown()
    #expect(!sunday.contains("No prices on this day"))
  }
}
