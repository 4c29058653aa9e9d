import Market
import Providers
import Support
import Testing
import seeds

@testable import Pipeline
@testable import Store

@Suite struct RebuildTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  private func fail(_ provider: ProviderName, _ fault: Bourse.Fault?) {
    scene.bourse.change { $0.faults[provider] = fault }
  }

  /// Eleven runs in which everything happens that can: restated hours and flows, hours left out and delivered later, funds
  /// that report late, providers that fail, answer nonsense and come back, backfills.
  private func liveThroughElevenRuns() async throws {
    try await scene.run()
    try await scene.run(at: Scene.start + 2 * 3600)
    scene.bourse.change {
      $0.restated[.hour(-3)] = 1500
      $0.withheld = [.hour(3), .hour(4)]
      $0.unreported = [Scene.start.day]
    }
    try await scene.run(at: Scene.start + 5 * 3600)
    fail("binance", .error(.unreachable("no route")))
    try await scene.run(at: Scene.start + 9 * 3600)
    fail("alternative.me", .answer(status: 200, body: "<html>half"))
    scene.bourse.change { $0.withheld = [] }
    try await scene.run(at: Scene.start + 12 * 3600)
    fail("binance", nil)
    scene.bourse.change {
      $0.restated[.hour(-3)] = 1016
      $0.restated[.hour(-20)] = 990
    }
    try await scene.run(at: Scene.start + 26 * 3600)
    fail("alternative.me", nil)
    fail("coinbase", .answer(status: 500, body: "later"))
    scene.bourse.change { $0.unreported = [] }
    try await scene.run(at: Scene.start + 72 * 3600)
    scene.bourse.change { $0.restatedFlows[Scene.start.day - 3] = 40 }
    _ = scene.bourse.takeAsked()
    // The newer pages of a long backfill fail, the older ones come.
    let middle = "\(Instant.hour(-2500).epochSeconds)000"
    scene.bourse.change {
      $0.faults["binance"] = .answer(status: 503, body: "{}")
      $0.isFaulty = { request in request.query.contains { $0.name == "startTime" && $0.value > middle } }
    }
    try await scene.run(at: Scene.start + 90 * 3600) { $0.since = .hour(-5200) }
    scene.bourse.change { $0.isFaulty = { _ in true } }
    try await scene.run(at: Scene.start + 96 * 3600) { $0.only = [.prices, .etfFlows] }
    fail("binance", nil)
    try await scene.run(at: Scene.start + 97 * 3600) { $0.retriesFailed = true }
    try await scene.run(at: Scene.start + 120 * 3600)
  }

  @Test func `after a first run the rebuilt file is the same`() async throws {
    try await scene.run()
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.faults == [])
    #expect(rebuilt.differences.rows["bar"] == 336)
    #expect(rebuilt.report.answers == 3)
    #expect(try rebuilt.store.dump() == scene.store.dump())
    #expect(try rebuilt.store.brokenReferences() == [])
  }

  @Test(arguments: [true, false])
  func `after eleven runs with restatements and failures the rebuilt file is the same`(bodies: Bool) async throws {
    try await liveThroughElevenRuns()
    #expect(try scene.store.rows("SELECT count(*) FROM bar_restatement") != ["0"])
    #expect(try scene.store.rows("SELECT count(*) FROM etf_flow_restatement") != ["0"])
    #expect(try scene.store.rows("SELECT count(*) FROM quality_flag WHERE rule = 'restated_jump'") != ["0"])
    #expect(try scene.store.rows("SELECT count(*) > 2 FROM price_choice") == ["1"])
    let kinds = try scene.store.rows("SELECT DISTINCT kind FROM chronicle ORDER BY 1")
    #expect(Set(["absent", "chosen", "failed", "judged", "read", "snapshot"]).isSubset(of: kinds))
    let rebuilt = try Rebuilt(scene.store, bodies: bodies)
    #expect(rebuilt.faults == [])
    #expect(rebuilt.differences.total == 0)
  }

  @Test func `a rebuilt file rebuilds to itself`() async throws {
    try await liveThroughElevenRuns()
    let once = try Rebuilt(scene.store)
    let twice = try Rebuilt(once.store)
    #expect(twice.faults == [])
    #expect(try twice.store.dump() == scene.store.dump())
  }

  @Test func `the next run goes on with a rebuilt file as with the first`() async throws {
    try await liveThroughElevenRuns()
    let rebuilt = try Rebuilt(scene.store)
    let later = Scene.start + 130 * 3600
    scene.bourse.change { $0.now = later }
    _ = try await Ingest(store: rebuilt.store, scene.dependencies(at: later)).run(RunOptions())
    try await scene.run(at: later)
    // Which of several answers came first differs from run to run.
    for table in [
      "SELECT series_id, open_time, close, volume FROM bar", "SELECT * FROM market_snapshot",
      "SELECT series_id, from_time, to_time, reason FROM gap", "SELECT * FROM etf_flow_day",
      "SELECT series_id, open_time, close, replaced_at FROM bar_restatement", "SELECT * FROM price_choice",
    ] {
      #expect(try rebuilt.store.rows(table) == scene.store.rows(table), "\(table)")
    }
  }

  @Test(arguments: [1, 3, 5, 8, 10])
  func `after an interrupted run, and after the one that heals it, the rebuilt file is the same`(
    request number: Int
  ) async throws {
    try await scene.run()
    let ingest = scene.ingest(at: Scene.start + 7200)
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      for await _ in gate { break }
      var options = RunOptions()
      options.since = .hour(-8999)
      return try await ingest.run(options)
    }
    _ = scene.bourse.takeAsked()
    scene.bourse.onRequest { if $0 == number { task.cancel() } }
    opener.yield()
    opener.finish()
    _ = try await task.value
    #expect(try Rebuilt(scene.store).faults == [])
    scene.bourse.onRequest { _ in }
    try await scene.run(at: Scene.start + 9000)
    #expect(try Rebuilt(scene.store).faults == [])
  }

  @Test func `answers that a dead run left and a later one read fall where they fell`() async throws {
    try await scene.run()
    let run = try scene.store.runs.begin(command: "ingest", at: Scene.start + 60, processID: 1, version: "test")
    scene.bourse.change { $0.restated[.hour(-5)] = 1009 }
    for request in Scene.providers[0].requests(
      for: Want(series: Scene.bars, span: .hour(-60) ... .hour(-1)), at: Scene.start)
    {
      _ = try scene.store.vault.keep(await scene.bourse.roundTrip(request), of: run, quotas: [])
    }
    #expect(try Rebuilt(scene.store).faults == [])
    try await scene.run(at: Scene.start + 36_000)
    #expect(try Rebuilt(scene.store).faults == [])
    #expect(
      try scene.store.rows("SELECT replaced_at FROM bar_restatement") == ["\(Scene.start.epochSeconds)"],
      "known from when the answer came, not from when it was read")
  }

  @Test func `a replayed capture rebuilds to the same, replayed twice too`() async throws {
    let store = try Store.scratch()
    try store.catalogue.add(Universe.twoCoins, providers: marketProviders.map(\.profile))
    let dependencies = Ingest.Dependencies(
      providers: marketProviders, transport: scene.bourse, clock: .standing(at: Scene.start), quotas: { [] },
      keyed: [], command: "replay", version: "test", processID: 1, closing: [], onEvent: { _ in })
    let runs = try DemoCapture.capture().runs
    for captured in [Array(runs.prefix(1)), runs, runs] {
      _ = try await Ingest(store: store, dependencies).replay(captured, RunOptions())
      let rebuilt = try Rebuilt(store, providers: marketProviders)
      #expect(rebuilt.faults == [])
      #expect(rebuilt.report.rows > 700)
    }
  }

  @Test func `a file of the first schema rebuilds to the same after its migration`() async throws {
    try await liveThroughElevenRuns()
    let folder = try TemporaryFolder()
    let path = folder.file("old.db")
    try scene.store.copyAsFirstSchema(to: path)
    let migrated = try Store.writing(path, command: "test")
    let rebuilt = try Rebuilt(migrated)
    #expect(rebuilt.faults == [])
    #expect(rebuilt.differences.counts == [:])
    let later = Scene.start + 130 * 3600
    scene.bourse.change { $0.now = later }
    _ = try await Ingest(store: migrated, scene.dependencies(at: later)).run(RunOptions())
    #expect(try Rebuilt(migrated).differences.counts == [:])
    migrated.close()
  }
}

@Suite struct RebuildDifferenceTests {
  let scene: Scene
  init() throws { scene = try Scene() }

  @Test func `one flipped byte of one body is named, and costs only what it taught`() async throws {
    try await scene.run()
    let id = try #require(try scene.store.rows("SELECT min(fetch_id) FROM fetch WHERE source_id = 1").first)
    try scene.store.flipByte(ofBodyOf: id)
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.report.damaged.map { $0.fetch.map { "\($0.rawValue)" } } == [id])
    #expect(rebuilt.differences.counts["bar"] == 336)
    #expect(rebuilt.differences.counts["sentiment"] == nil)
  }

  @Test func `a value that no answer taught is named with both values`() async throws {
    try await scene.run()
    try scene.store.tamper(
      "UPDATE bar SET close = close + 0.25, high = high + 1 WHERE open_time = ?",
      [
        Instant.hour(-4).epochSeconds
      ])
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.differences.counts == ["bar": 2])
    let close = try #require(rebuilt.differences.shown.first { $0.column == "close" })
    #expect(close.key == "binance BTCUSDT 1h, open_time \(Instant.hour(-4))")
    #expect(Double(close.present ?? "") == Double(close.rebuilt ?? "").map { $0 + 0.25 })
  }

  @Test func `a row that is missing and one too many are told apart`() async throws {
    try await scene.run()
    try scene.store.tamper("DELETE FROM sentiment WHERE day = (SELECT max(day) FROM sentiment)")
    try scene.store.tamper(
      "INSERT INTO bar SELECT series_id, open_time - 360000000, open, high, low, close, volume, fetch_id FROM bar LIMIT 1"
    )
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.differences.counts == ["bar": 1, "sentiment": 1])
    #expect(rebuilt.differences.shown.map(\.kind) == [.missing, .added])
  }

  @Test func `differences beyond the limit are counted`() async throws {
    try await scene.run()
    try scene.store.tamper("UPDATE bar SET volume = volume + 1")
    let rebuilt = try Rebuilt(scene.store)
    #expect(rebuilt.differences.total == 336)
    #expect(rebuilt.differences.shown.count == 10)
  }

  @Test func `an answer that an older reader could not read gives its facts`() async throws {
    let store = scene.store
    let blind = Ingest.Dependencies(
      providers: [Unreading(Binance()), AlternativeMe(), Farside()], transport: scene.bourse,
      clock: .standing(at: Scene.start), quotas: { [] }, keyed: [], command: "ingest", version: "old", processID: 1,
      closing: [], onEvent: { _ in })
    _ = try await Ingest(store: store, blind).run(RunOptions())
    #expect(try scene.count(Scene.bars) == 0)
    let rebuilt = try Rebuilt(store)
    #expect(rebuilt.differences.counts["bar"] == 336)
    #expect(rebuilt.differences.shown.first?.kind == .added)
    #expect(try rebuilt.store.catalogue.series(Scene.bars)?.count == 336)
    #expect(try rebuilt.store.rows("SELECT DISTINCT read_outcome FROM fetch") == ["read"])
  }

  @Test func `every table is either taken over, or made anew and compared`() throws {
    // What an index keeps for itself is made by it.
    let tables = try scene.store.read { db in try db.tables() }.filter { !$0.hasPrefix("article_fts") }
    // What was counted in them, and what models said, is made again.
    let counted: Set = ["series", "fetch", "import_file", "model_call", "summary", "quality_result"]
    let compared = Set(ComparedTable.all(.standard).map(\.name))
    #expect(compared.intersection(RebuildTables.carried) == counted)
    #expect(Set(tables) == compared.union(RebuildTables.carried).union(RebuildTables.history(.standard)))
  }
}
