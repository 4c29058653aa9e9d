import Market
import Pipeline
import SQLite
import Testing

@testable import Store

/// An index that comes with the figures of the economy is priced like anything else that has bars.
@Suite struct IndexPriceTests {
  private static let dollar = SeriesKey(
    dataset: .bar, provider: "yahoo", providerSymbol: "DX-Y.NYB", interval: .day1)

  /// A file whose runs stored the bars of an index and never chose them as its price.
  private func file() throws -> DayFile {
    let file = try DayFile()
    try file.store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "DX-Y.NYB", name: "US dollar index", assetClass: .index)], funds: [],
        series: [
          SeriesDefinition(
            key: Self.dollar, asset: "DX-Y.NYB", quoteCurrency: "USD", priority: 1, basis: .splitAdjusted)
        ]), providers: [])
    try file.store.write { db in
      try db.run("INSERT INTO asset_group SELECT asset_id, 'macro' FROM asset WHERE symbol = 'DX-Y.NYB'")
    }
    let bars = (0..<5).map { day in
      let close = 100 + Double(day)
      return Bar(
        openTime: (DayFile.first + day).start, open: close, high: close, low: close, close: close, volume: 0)
    }
    try file.tell(.bars(bars), of: Self.dollar)
    return file
  }

  @Test func `the next run chooses it, and its days are computed`() async throws {
    let store = try file().store
    #expect(try store.catalogue.series(Self.dollar)?.isOfMacro == true)
    #expect(try store.catalogue.chosenPrice(of: "DX-Y.NYB", interval: .day1) == nil)
    let now = DayFile.noon(1001)
    _ = try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: [], transport: Bourse(now: now), clock: .standing(at: now), quotas: { [] }, keyed: [],
        command: "ingest", version: "test", processID: 1, closing: [], onEvent: { _ in })
    ).run(RunOptions())
    #expect(try store.catalogue.chosenPrice(of: "DX-Y.NYB", interval: .day1)?.key == Self.dollar)
    let ofDollar = "JOIN asset USING (asset_id) WHERE symbol = 'DX-Y.NYB'"
    #expect(try store.rows("SELECT count(*) FROM market_snapshot \(ofDollar)") == ["5"])
    #expect(try store.rows("SELECT count(*) FROM snapshot_due \(ofDollar)") == ["0"])
  }
}
