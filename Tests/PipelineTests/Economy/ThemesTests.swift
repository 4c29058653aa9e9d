import Following
import Market
import Pipeline
import Provenance
import Providers
import SQLite
import Support
import Synchronization
import Testing
import seeds

@testable import Store

/// Who counts what is written: as many articles a day as it was told to, from now on.
private final class Newsroom: Transport {
  struct State: Sendable {
    var now = Instant(epochSeconds: 0)
    /// Articles of a day, of every theme; a day without is left out.
    var volumes: [String: Int] = [:]
    var tones: [String: Double] = [:]
    /// What is said in place of an answer to a mode.
    var texts: [String: String] = [:]
    /// The mode whose answer comes when nobody waits for it any more.
    var late: String?
    var asked: [String] = []
  }
  private let state = Mutex(State())

  func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }
  /// The modes that were asked for since it was looked at last.
  func takeAsked() -> [String] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  func roundTrip(_ request: Request) async -> RoundTrip {
    let (text, now, isLate) = state.withLock { state in
      let mode = request.queryValue("mode") ?? ""
      state.asked.append(mode)
      return (state.texts[mode] ?? Newsroom.answer(mode, request, state), state.now, mode == state.late)
    }
    if isLate {
      let (never, end) = AsyncStream.makeStream(of: Void.self)
      for await _ in never {}  // Ends with its task, when the step is over.
      end.finish()
    }
    let answer = Answer(status: 200, headers: [], body: Array(text.utf8), receivedAt: now)
    return RoundTrip(request, answered: answer, by: "https://gdelt.example")
  }

  private static func answer(_ mode: String, _ request: Request, _ state: State) -> String {
    let (first, last) = (request.queryValue("startdatetime") ?? "", request.queryValue("enddatetime") ?? "")
    let isTone = mode == "timelinetone"
    let days = Set(state.volumes.keys).union(state.tones.keys).sorted()
    let points = days.compactMap { day -> String? in
      let stamp = day.filter { $0 != "-" }
      guard stamp >= first.prefix(8), stamp <= last.prefix(8) else { return nil }
      let figures = isTone ? state.tones[day].map { "\($0)" } : state.volumes[day].map { "\($0),\"norm\":1000" }
      return figures.map { "{\"date\":\"\(stamp)T000000Z\",\"value\":\($0)}" }
    }
    return "{\"timeline\":[{\"series\":\"x\",\"data\":[\(points.joined(separator: ","))]}]}"
  }
}

/// Themes of the world's news, from what is counted to what the file tells of them.
@Suite struct ThemesTests {
  private static let key = SeriesKey(
    dataset: .themeValue, provider: "gdelt", providerSymbol: "(port OR dock) strike", interval: .day1)

  private let folder: TemporaryFolder
  private let store: Store
  private let press = Newsroom()

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "test")
    let definition = SeriesDefinition(
      key: Self.key, asset: nil, quoteCurrency: nil, priority: 1,
      macro: MacroSeries(title: "port-strikes", units: nil, frequency: .daily))
    try store.catalogue.add(
      Catalogue(assets: [], funds: [], series: [definition]), providers: [GDELT().profile])
    press.change { state in
      for number in 0..<40 {
        let day = (Day("2024-08-15")! + number).description  // A day written here.
        (state.volumes[day], state.tones[day]) = (10 + number, -2.5)
      }
    }
  }

  @discardableResult
  private func run(at instant: String, _ adjust: (inout RunOptions) -> Void = { _ in }) async throws -> RunReport {
    let now = try #require(Instant(instant))
    press.change { $0.now = now }
    var options = RunOptions()
    adjust(&options)
    return try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: [GDELT()], transport: press, clock: .standing(at: now), quotas: { [] }, keyed: [],
        command: "ingest", version: "test", processID: 1, closing: [], onEvent: { _ in })
    ).run(options)
  }

  private func days(_ store: Store? = nil, from day: String = "2024-09-17") throws -> [String] {
    try (store ?? self.store).rows(
      """
      SELECT as_of_date, theme, volume, norm, share, tone FROM theme_day WHERE as_of_date >= '\(day)' ORDER BY as_of_date
      """)
  }

  // MARK: What is stored, and when it is asked

  @Test func `thirty days come with two requests, as a part of the news, and nothing more until the next day`()
    async throws
  {
    let report = try await run(at: "2024-09-20T06:30:00Z")
    #expect(report.outcome == .done)
    #expect(report.steps.first?.name == .news && report.steps.first?.title == "port-strikes")
    #expect(report.counts.new == 90 && report.counts.refused == 0)
    #expect(press.takeAsked() == ["timelinevolraw", "timelinetone"])
    #expect(
      try days() == [
        "2024-09-17|port-strikes|43|1000|0.043|-2.5", "2024-09-18|port-strikes|44|1000|0.044|-2.5",
        "2024-09-19|port-strikes|45|1000|0.045|-2.5",
      ])
    #expect(try await run(at: "2024-09-20T23:30:00Z").counts.requests == 0)
    #expect(try await run(at: "2024-09-21T00:59:00Z").counts.requests == 0)
    #expect(try await run(at: "2024-09-21T01:00:00Z").counts.new == 3)
  }

  @Test func `the newest day moves without fuss, and what a final day says anew is a restatement`() async throws {
    try await run(at: "2024-09-20T06:30:00Z")
    press.change { $0.volumes["2024-09-19"] = 60 }
    let next = try await run(at: "2024-09-21T06:30:00Z")
    #expect((next.counts.new, next.counts.changed) == (3, 1))
    #expect(try store.rows("SELECT count(*) FROM theme_value_restatement") == ["0"])
    #expect(try store.rows("SELECT day, measure, value FROM theme_value_provisional") == ["2024-09-19|volume|45.0"])
    #expect(try store.past.changes(ChangeSelection(limit: 9)).changes.isEmpty)
    press.change { $0.tones["2024-09-19"] = -7 }
    try await run(at: "2024-09-22T06:30:00Z")
    #expect(try store.past.changes(ChangeSelection(limit: 9)).changes.count == 1)
    #expect(try store.rows("SELECT day, measure, value FROM theme_value_restatement") == ["2024-09-19|tone|-2.5"])
    #expect(try days(from: "2024-09-19").first == "2024-09-19|port-strikes|60|1000|0.06|-7.0")
  }

  @Test func `a day without an article has no tone, and one of which nothing is counted no share`() async throws {
    press.change { state in
      state.volumes["2024-09-18"] = 0
      state.volumes["2024-09-19"] = nil
    }
    try await run(at: "2024-09-20T06:30:00Z")
    #expect(
      try days(from: "2024-09-18") == ["2024-09-18|port-strikes|0|1000|0.0|∅", "2024-09-19|port-strikes|∅|∅|∅|∅"])
  }

  @Test func `a beginning that the user names is asked for in stretches of thirty days`() async throws {
    try await run(at: "2024-09-20T06:30:00Z") { $0.since = Instant("2024-07-01T00:00:00Z") }
    #expect(press.takeAsked().count >= 6)
    #expect(try store.rows("SELECT min(day), max(day) FROM theme_value") == ["2024-08-15|2024-09-19"])
  }

  // MARK: What goes wrong

  @Test func `half an answer is kept, and the other half is asked for again`() async throws {
    press.change { $0.texts["timelinetone"] = "Please limit requests to one every 5 seconds." }
    let report = try await run(at: "2024-09-20T06:30:00Z")
    #expect(report.steps.first?.outcome == .partial && report.steps.first?.reason == .throttled)
    #expect(try days(from: "2024-09-19") == ["2024-09-19|port-strikes|45|1000|0.045|∅"])
    press.change { $0.texts = [:] }
    #expect(try await run(at: "2024-09-20T07:30:00Z").counts.new == 30)
    #expect(try days(from: "2024-09-19") == ["2024-09-19|port-strikes|45|1000|0.045|-2.5"])
  }

  @Test func `what was under way when a page ended the step is read by the same run`() async throws {
    press.change { state in
      state.texts["timelinevolraw"] = "<html><body>Welcome</body></html>"
      state.late = "timelinetone"
    }
    let report = try await run(at: "2024-09-20T06:30:00Z")
    #expect(report.steps.first?.outcome == .partial && report.steps.first?.reason == .blocked)
    #expect((report.counts.requests, report.counts.new) == (2, 30))
    #expect(try store.vault.unreadFetches() == [])
    press.change { ($0.texts, $0.late) = ([:], nil) }
    #expect(try await run(at: "2024-09-21T06:30:00Z").outcome == .done)
    #expect(try days(from: "2024-09-19").first == "2024-09-19|port-strikes|45|1000|0.045|-2.5")
  }

  @Test func `a query that is not taken is not asked about again for a day`() async throws {
    press.change { state in
      for mode in ["timelinevolraw", "timelinetone"] { state.texts[mode] = "The specified phrase is too short." }
    }
    let report = try await run(at: "2024-09-20T06:30:00Z")
    #expect(report.outcome == .failed)
    #expect(report.steps.first?.reason == .unknownSymbol)
    #expect(report.steps.first?.detail?.contains("The specified phrase is too short.") == true)
    _ = press.takeAsked()
    let later = try await run(at: "2024-09-20T12:30:00Z")
    #expect(press.takeAsked() == [])
    #expect(later.steps.first?.detail?.contains("`series remove 'port-strikes' --source gdelt` drops it") == true)
  }

  @Test func `a theme is late half a day after its day was due`() throws {
    let rhythm = Rhythm(of: .themeValue, every: .day1, assetClass: nil)
    func late(at instant: String) throws -> String {
      rhythm.newestLate(at: try #require(Instant(instant))).day.description
    }
    #expect(try late(at: "2024-09-21T12:59:59Z") == "2024-09-19")
    #expect(try late(at: "2024-09-21T13:00:00Z") == "2024-09-20")
  }

  // MARK: The past, and where a figure comes from

  @Test func `the past knows what was told by then`() async throws {
    try await run(at: "2024-09-20T06:30:00Z")
    press.change { $0.volumes["2024-09-19"] = 60 }
    try await run(at: "2024-09-21T06:30:00Z")
    store.close()
    let past = try Store.reading(folder.file("appliance.db"), asOf: #require(Instant("2024-09-20T12:00:00Z")))
    #expect(try days(past, from: "2024-09-19") == ["2024-09-19|port-strikes|45|1000|0.045|-2.5"])
    let now = try Store.reading(folder.file("appliance.db"), asOf: #require(Instant("2024-09-21T12:00:00Z")))
    #expect(try days(now, from: "2024-09-19").first == "2024-09-19|port-strikes|60|1000|0.06|-2.5")
  }

  @Test func `why leads to the bytes, by the name of the theme or by its query`() async throws {
    try await run(at: "2024-09-20T06:30:00Z")
    let day = try #require(Day("2024-09-18"))
    func why(_ name: String, _ measure: ThemeValue.Measure) throws -> Explanation {
      try Tracer(store: store, providers: [GDELT()], now: Scene.start) { _, _ in nil }
        .explain(.theme(name: name, day: day, measure: measure))
    }
    let norm = try why("port-strikes", .norm)
    #expect(norm.headline == "port-strikes 2024-09-18 norm is 1000")
    #expect(norm.text(width: nil).contains("$.timeline[0].data[28].norm"))
    #expect(norm.text(width: nil).contains("read again, these bytes give 1000: the same"))
    #expect(try why(Self.key.providerSymbol, .tone).text(width: nil).contains("the same"))
    let missing = try Tracer(store: store, providers: [GDELT()], now: Scene.start) { _, _ in nil }
      .explain(.theme(name: "port-strikes", day: try #require(Day("2024-10-18")), measure: .volume))
    #expect(missing.headline == "nothing is stored for theme port-strikes 2024-10-18 volume")
  }

  @Test func `a rebuild makes it anew, row for row`() async throws {
    try await run(at: "2024-09-20T06:30:00Z")
    press.change { $0.volumes["2024-09-19"] = 60 }
    try await run(at: "2024-09-21T06:30:00Z")
    let rebuilt = try Rebuilt(store, providers: [GDELT()])
    #expect(rebuilt.faults == [])
    #expect(rebuilt.differences.rows["theme_value"] == 93)
  }

  // MARK: What is followed

  @Test func `five themes are followed, each with a name of its own and a query that can be one`() throws {
    let themes = Universe.catalogue(following: ["themes"]).catalogue.series.filter(\.key.holdsThemes)
    #expect(themes.count == 5 && Set(themes.compactMap(\.macro?.title)).count == 5)
    let days = try #require(Instant("2024-09-01T00:00:00Z"))...#require(Instant("2024-09-19T00:00:00Z"))
    let asked = themes.flatMap { GDELT().requests(for: Want(series: $0.key, span: days), at: days.upperBound + 86_400) }
    #expect(asked.count == 10)
    let others = Universe.catalogue(following: ["core", "macro", "mood"]).catalogue.series
    #expect(others.allSatisfy { !$0.key.holdsThemes })
  }
}
