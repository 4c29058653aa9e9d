import Backups
import Datasets
import Market
import Pipeline
import Provenance
import Rendering
import Support
import Testing

@testable import Store

/// A kind of fact that was made up for this test goes all the way with a file and a migration of its own.
@Suite struct MadeUpKindTests {
  private let folder: TemporaryFolder
  private let store: Store
  private static let start = Scene.start

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "test", kinds: .withHeadlines)
    try store.catalogue.add(
      Catalogue(
        assets: [], funds: [],
        series: [SeriesDefinition(key: Gazette.key, asset: nil, quoteCurrency: nil, priority: 1)]),
      providers: [Gazette().profile])
  }

  /// Asks the paper, which prints this now.
  private func ingest(_ text: String, at now: Instant, isForced: Bool = false) async throws -> RunReport {
    let press = Press(text: text, now: now)
    var options = RunOptions()
    options.isForced = isForced
    return try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: [Gazette()], transport: press, clock: .standing(at: now), quotas: { [] }, keyed: [],
        command: "ingest", version: "test", processID: 1, closing: [], onEvent: { _ in })
    ).run(options)
  }

  private static let first = "rates|2026-03-12|0.5|Rates held\nrates|2026-03-13||Rates may fall\n"
  private static let second = "rates|2026-03-13|0.25|Rates will fall\nbank|2026-03-13|1|A bank opens\n"

  private func rows(_ sql: String) throws -> [String] { try store.rows(sql) }

  @Test func `it is asked for as a whole, stored once, and restated`() async throws {
    let report = try await ingest(Self.first, at: Self.start)
    #expect(report.outcome == .done)
    #expect(report.counts.new == 2)
    #expect(try await ingest(Self.first, at: Self.start + 60).counts.requests == 0)
    #expect(try await ingest(Self.first, at: Self.start + 60, isForced: true).counts.unchanged == 2)

    let later = try await ingest(Self.second, at: Self.start + 7200)
    #expect((later.counts.new, later.counts.changed) == (1, 1))
    #expect(
      try rows("SELECT story, vintage, score, words FROM headline ORDER BY story, vintage") == [
        "bank|2026-03-13|1.0|A bank opens", "rates|2026-03-12|0.5|Rates held", "rates|2026-03-13|0.25|Rates will fall",
      ])
    #expect(
      try rows("SELECT story, vintage, score, words FROM headline_restatement") == [
        "rates|2026-03-13|∅|Rates may fall"
      ])
    let change = try #require(try store.past.changes(ChangeSelection(limit: 9)).changes.first)
    #expect(change.figures.map(\.field.rawValue) == ["score", "words"])
    #expect(change.figures.map(\.old) == [.absent, .text("Rates may fall")])
    #expect(try store.catalogue.series(Gazette.key)?.count == 3)
  }

  @Test func `it is exported, with what it said before`() async throws {
    _ = try await ingest(Self.first, at: Self.start)
    _ = try await ingest(Self.second, at: Self.start + 7200)
    let text = try exported("headline", store)
    #expect(
      text == """
        source,provider_symbol,story,vintage,score,words,fetch_id
        gazette,front-page,bank,2026-03-13,1,A bank opens,2
        gazette,front-page,rates,2026-03-12,0.5,Rates held,1
        gazette,front-page,rates,2026-03-13,0.25,Rates will fall,2

        """)
    #expect(try exported("headline-restatement", store).contains("rates,2026-03-13"))
  }

  @Test func `the past knows the vintages of then, as they were told then`() async throws {
    _ = try await ingest(Self.first, at: Self.start)
    _ = try await ingest(Self.second, at: Self.start + 7200)
    store.close()
    func then(_ instant: Instant) throws -> [String] {
      let past = try Store.reading(folder.file("appliance.db"), kinds: .withHeadlines, asOf: instant)
      return try past.rows("SELECT story, vintage, words FROM headline ORDER BY story, vintage")
    }
    #expect(try then(Self.start + 3600) == ["bank|2026-03-13|A bank opens", "rates|2026-03-13|Rates may fall"])
    #expect(try then(Self.start + 7200) == ["bank|2026-03-13|A bank opens", "rates|2026-03-13|Rates will fall"])
  }

  @Test func `why walks back to its bytes`() async throws {
    _ = try await ingest(Self.first, at: Self.start)
    _ = try await ingest(Self.second, at: Self.start + 7200)
    let key = FactKey(.text("rates"), .day(Day("2026-03-13")!))
    let subject = WhySubject.row(
      dataset: Kind.headline.dataset, symbol: "front-page", key: key, source: nil, field: FigureField(rawValue: "score")
    )
    let explanation = try Tracer(store: store, providers: [Gazette()], now: Self.start + 9000) { _, _ in nil }
      .explain(subject)
    #expect(explanation.headline == "headline front-page rates 2026-03-13 score is 0.25")
    let text = explanation.text(width: nil)
    #expect(text.contains("read again, these bytes give 0.25: the same"))
    #expect(text.contains("replaced 2026-03-13T23:30:00Z by fetch 2"))
    #expect("\(subject)" == "headline front-page rates 2026-03-13 score")
  }

  @Test func `a rebuild makes it anew, row for row`() async throws {
    _ = try await ingest(Self.first, at: Self.start)
    _ = try await ingest(Self.second, at: Self.start + 7200)
    let rebuilt = try Rebuilt(store, providers: [Gazette()])
    #expect(rebuilt.faults == [])
    #expect(try rebuilt.store.rows("SELECT * FROM headline") == (try rows("SELECT * FROM headline")))
    #expect(try rebuilt.store.rows("SELECT count(*) FROM headline_restatement") == ["1"])
  }

  private func exported(_ name: String, _ store: Store) throws -> String {
    let dataset = try #require(store.kinds.dataset(named: name))
    let encoder = RowFormat.csv.encoder(table: name)
    encoder.begin(dataset.columns.map(\.column))
    var text = ""
    let rows = EncodedRows(encoder) { text += String(decoding: $0, as: UTF8.self) }
    _ = try store.datasets.read { try $0.rows(of: dataset, into: rows) }
    try rows.finish()
    return text
  }
}

/// A network on which everybody is told the same.
struct Press: Transport {
  let text: String
  let now: Instant

  func roundTrip(_ request: Request) async -> RoundTrip {
    let answer = Answer(status: 200, headers: [], body: Array(text.utf8), receivedAt: now)
    return RoundTrip(request, answered: answer, by: "https://gazette.example")
  }
}
