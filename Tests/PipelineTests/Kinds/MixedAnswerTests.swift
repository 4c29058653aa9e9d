import Market
import Pipeline
import Provenance
import Schema
import Testing

@testable import Store

extension Kind {
  /// New shares for old, by day: a second kind that was made up, told beside bars.
  fileprivate static let split = Kind(
    shape: FactShape(
      Dataset(rawValue: "share_split")!, key: [.init("day", .day)],
      values: [.init(FigureField(rawValue: "ratio"), .real)]),
    title: "splits of shares", step: .prices, asked: .row, unit: .none, lookups: [:], history: .restated,
    followUp: nil, hasGaps: false, isCrossChecked: false, snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: nil, names: [.asset, .source], restatedTitle: "splits told anew", identity: ["asset", "source"]))
}

extension Migration {
  fileprivate static let splits = Migration(
    number: Migration.headlines.number + 1, name: "splits",
    sql: """
      CREATE TABLE share_split (
        series_id INTEGER NOT NULL REFERENCES series,
        day TEXT NOT NULL,
        ratio REAL NOT NULL,
        fetch_id INTEGER NOT NULL REFERENCES fetch,
        PRIMARY KEY (series_id, day)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE share_split_restatement (
        restatement_id INTEGER PRIMARY KEY,
        series_id INTEGER NOT NULL REFERENCES series,
        day TEXT NOT NULL,
        replaced_by_fetch_id INTEGER REFERENCES fetch,
        replaced_by_decision_id INTEGER REFERENCES decision,
        replaced_at INTEGER NOT NULL,
        ratio REAL NOT NULL,
        fetch_id INTEGER NOT NULL REFERENCES fetch
      ) STRICT;
      CREATE UNIQUE INDEX share_split_restatement_row
        ON share_split_restatement (series_id, day, coalesce(replaced_by_fetch_id, -replaced_by_decision_id));
      """)
}

/// One body that holds bars and splits of an asset and a front page: `bar|time|close`, `split|day|ratio`, then stories.
private struct Almanac: Provider {
  static let name: ProviderName = "almanac"
  static let bars = SeriesKey(dataset: .bar, provider: name, providerSymbol: "BTC", interval: .hour1)
  static let splits = SeriesKey(dataset: Kind.split.dataset, provider: name, providerSymbol: "BTC", interval: .day1)
  static let stories = SeriesKey(
    dataset: Kind.headline.dataset, provider: name, providerSymbol: "page", interval: .day1)

  let profile = ProviderProfile(
    name: name, title: "The Almanac", baseURL: "https://almanac.example", homepage: "https://almanac.example",
    politeness: Politeness(limit: 10, window: 60, concurrency: 1), safety: 0,
    probe: Request(provider: name, path: "/"))

  func requests(for want: Want, at now: Instant) -> [Request] {
    want.series == Self.bars ? [Request(provider: Self.name, path: "/all")] : []
  }

  func read(_ answer: Answer, to request: Request) throws(ReadingError) -> Reading {
    let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: "|").map(String.init)
    }
    let bars = lines.filter { $0[0] == "bar" }.compactMap { cells -> Bar? in
      guard let time = Int64(cells[1]), let close = Double(cells[2]) else { return nil }
      return Bar(
        openTime: Instant(epochSeconds: time), open: close, high: close, low: close, close: close, volume: 1)
    }
    let splits = lines.filter { $0[0] == "split" }.compactMap { cells in
      Day(cells[1]).map { FactRow(key: FactKey(.day($0)), values: [FigureValue(Double(cells[2]))]) }
    }
    let stories = lines.filter { $0[0] == "story" }.compactMap { cells in
      Day(cells[2]).map { FactRow(key: FactKey(.text(cells[1]), .day($0)), values: [.absent, .text(cells[3])]) }
    }
    return Reading([
      SeriesReading(series: Self.bars, facts: .bars(bars), covers: nil),
      SeriesReading(series: Self.splits, facts: .rows(Kind.split.dataset, splits), covers: nil),
      SeriesReading(series: Self.stories, facts: .rows(Kind.headline.dataset, stories), covers: nil),
    ])
  }
}

/// One answer may speak for several series and kinds.
@Suite struct MixedAnswerTests {
  private let store: Store
  private static let body = """
    bar|\(Instant.hour(-1).epochSeconds)|100.5
    bar|\(Instant.hour(0).epochSeconds)|101.25
    split|2026-03-12|4
    story|bank|2026-03-13|A bank opens
    """

  init() throws {
    store = try Store.scratch(kinds: Kinds.withHeadlines.adding(.split, .splits))
    let definitions = [Almanac.bars, Almanac.splits, Almanac.stories].map {
      SeriesDefinition(key: $0, asset: $0 == Almanac.stories ? nil : "BTC", quoteCurrency: "USD", priority: 1)
    }
    try store.catalogue.add(
      Catalogue(
        assets: [Asset(symbol: "BTC", name: "Bitcoin", assetClass: .crypto)], funds: [], series: definitions),
      providers: [Almanac().profile])
  }

  private func ingest() async throws -> RunReport {
    try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: [Almanac()], transport: Press(text: Self.body, now: Scene.start),
        clock: .standing(at: Scene.start), quotas: { [] }, keyed: [], command: "ingest", version: "test", processID: 1,
        closing: [], onEvent: { _ in })
    ).run(RunOptions())
  }

  @Test func `bars, splits and stories of one body are stored, each in its series`() async throws {
    _ = try await ingest()
    #expect(try store.rows("SELECT close FROM bar ORDER BY open_time") == ["100.5", "101.25"])
    #expect(try store.rows("SELECT day, ratio FROM share_split") == ["2026-03-12|4.0"])
    #expect(try store.rows("SELECT story, words FROM headline") == ["bank|A bank opens"])
    #expect(try store.rows("SELECT DISTINCT row_count FROM series ORDER BY 1") == ["1", "2"])
    #expect(try store.rows("SELECT count(*), max(read_outcome) FROM fetch") == ["2|read"])
  }

  @Test func `each of its rows is explained by the one answer`() async throws {
    _ = try await ingest()
    let tracer = Tracer(store: store, providers: [Almanac()], now: Scene.start) { _, _ in nil }
    let split = try tracer.explain(
      .row(
        dataset: Kind.split.dataset, symbol: "BTC", key: FactKey(.day(Day("2026-03-12")!)), source: nil,
        field: FigureField(rawValue: "ratio")))
    #expect(split.headline == "share split BTC 2026-03-12 ratio is 4")
    #expect(split.text(width: nil).contains("  fetch   1 of run 1"))
    let bar = try tracer.explain(
      .price(asset: "BTC", at: .hour(0), interval: .hour1, source: Almanac.name, field: .close))
    #expect(bar.headline == "BTC 2026-03-13T20:00Z close is 101.25 USD")
  }

  @Test func `a rebuild makes every part anew`() async throws {
    _ = try await ingest()
    let rebuilt = try Rebuilt(store, providers: [Almanac()])
    #expect(rebuilt.faults == [])
    #expect(rebuilt.differences.rows["share_split"] == 1)
    #expect(rebuilt.differences.rows["headline"] == 1)
    #expect(rebuilt.differences.rows["bar"] == 2)
  }
}
