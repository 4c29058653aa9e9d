import Datasets
import Market
import Metrics
import SQLite
import Schema
import Testing

@testable import Store

/// Bars that are restated row by row as they are read.
@Suite struct RestatedPricesTests {
  private static let bars = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "ACME", interval: .day1)
  private static let first = Day(daysSinceEpoch: 20_000)

  /// A share with a bar a day, all calendars aside.
  private struct Share {
    let store: Store
    let run: RunID

    init() throws {
      store = try Store.scratch()
      let other = SeriesKey(dataset: .bar, provider: "other", providerSymbol: "ACME", interval: .day1)
      let acts = ["yahoo", "other"].map {
        SeriesKey(dataset: .corporateAction, provider: ProviderName($0), providerSymbol: "ACME", interval: .day1)
      }
      try store.catalogue.add(
        Catalogue(
          assets: [Asset(symbol: "ACME", name: "Acme", assetClass: .stock)], funds: [],
          series: ([bars, other] + acts).map {
            SeriesDefinition(
              key: $0, asset: "ACME", quoteCurrency: "USD", priority: 1,
              basis: $0.provider == "yahoo" ? .splitAdjusted : .asTraded)
          }), providers: ["yahoo", "other"].map(Known.profile))
      run = try store.runs.begin(command: "ingest", at: Rig.start, processID: 1, version: "test")
    }

    func store(_ facts: Facts, _ provider: ProviderName = "yahoo") throws {
      let kept = try store.vault.keep(.answered("\(facts)\(provider)", provider: provider), of: run, quotas: [])
      guard let kept else { throw Missing() }
      let key = SeriesKey(dataset: facts.dataset, provider: provider, providerSymbol: "ACME", interval: .day1)
      _ = try store.facts.store(Reading(series: key, facts: facts, covers: nil), from: kept, step: nil, at: Rig.start)
    }

    /// The closes as they leave the file, source by source.
    func closes(_ adjustment: Adjustment, _ selection: RowSelection = RowSelection()) throws -> [Double] {
      let dataset = try #require(NamedDataset.named("bar")?.showing(["close"]))
      let prices = try store.datasets.restated(dataset, adjustment, assets: nil, today: first + 400)
      let numbers = Numbers()
      _ = try store.datasets.read { try $0.rows(of: prices.dataset, selection, into: numbers) }
      return numbers.found
    }
  }

  private final class Numbers: RowReceiver {
    private(set) var found: [Double] = []
    func integer(_ value: Int64) {}
    func real(_ value: Double) { found.append(value) }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
    func instant(_ value: Instant) {}
    func null() {}
    func endRow() {}
  }

  private static func days(_ count: Int, _ close: (Int) -> Double = { _ in 100 }) -> [Bar] {
    (0..<count).map {
      let price = close($0)
      return Bar(openTime: (first + $0).start, open: price, high: price, low: price, close: price, volume: 1)
    }
  }

  private static func act(_ kind: CorporateActionKind, on day: Int, _ value: Double) -> CorporateAction {
    CorporateAction(day: first + day, kind: kind, value: value)
  }

  @Test(arguments: [1, 2, 3, 7, 40]) func `rows that are read are those that arithmetic gives`(count: Int) throws {
    let share = try Share()
    let bars = Self.days(300) { 100 + Double($0 % 17) }
    let acts = (1...count).map { Self.act($0 % 5 == 0 ? .split : .dividend, on: $0 * 7, $0 % 5 == 0 ? 2 : 0.75) }
    try share.store(.bars(bars))
    try share.store(.actions(acts))
    let series = AdjustedSeries(
      basis: .splitAdjusted, interval: .day1, calendar: .nyse, method: .yahoo, unit: .splitAdjusted)
    for adjustment in Adjustment.allCases {
      let expected = AdjustmentFactors(adjustment, of: series, acts: acts, close: bars.lastClose).adjusted(bars)
      let found = try share.closes(adjustment)
      #expect(found.count == 300)
      #expect(zip(found, expected).allSatisfy { abs($0 / $1.close - 1) < 1e-14 })
    }
  }

  @Test func `the newest rows alone are restated as among all`() throws {
    let share = try Share()
    try share.store(.bars(Self.days(30)))
    try share.store(.actions([Self.act(.dividend, on: 20, 1), Self.act(.dividend, on: 25, 1)]))
    let all = try share.closes(.all)
    #expect(Set(all).count == 3)
    #expect(try share.closes(.all, RowSelection(last: 8)) == all.suffix(8))
  }

  @Test func `acts of the series' own source count, else those of another`() throws {
    let share = try Share()
    try share.store(.bars(Self.days(3)))
    try share.store(.bars(Self.days(3)), "other")
    try share.store(.actions([Self.act(.split, on: 2, 2)]))
    // Sources by name: `other`, as traded, then `yahoo`, restated for splits.
    #expect(try share.closes(.splits) == [50, 50, 100, 100, 100, 100])
    try share.store(.actions([Self.act(.split, on: 2, 4)]), "other")
    #expect(try share.closes(.splits) == [25, 25, 100, 100, 100, 100])
    #expect(try share.closes(.none) == [100, 100, 100, 200, 200, 100])
  }

  @Test func `an act that is yet to come changes nothing`() throws {
    let share = try Share()
    try share.store(.bars(Self.days(3)))
    try share.store(.actions([Self.act(.split, on: 401, 2)]))
    #expect(try share.closes(.none) == [100, 100, 100])
  }

  @Test func `a dividend from before the first bar is not missed`() throws {
    let share = try Share()
    try share.store(.bars(Self.days(3)))
    try share.store(.actions([Self.act(.dividend, on: -5, 1), Self.act(.dividend, on: 0, 1)]))
    let bar = try #require(NamedDataset.named("bar"))
    let prices = try share.store.datasets.restated(bar, .all, assets: nil, today: Self.first + 400)
    #expect(prices.unheeded.isEmpty)
    #expect(try share.closes(.all) == [100, 100, 100])
  }
}
