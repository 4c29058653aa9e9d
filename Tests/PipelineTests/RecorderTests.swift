import Dispatch
import GRDB
import Market
import Providers
import SQLite
import Synchronization
import Testing

@testable import Pipeline
@testable import Store

/// What arrives while the writer is busy waits together.
@Suite struct RecorderTests {
  private let scene: Scene
  init() throws { scene = try Scene() }

  private static func body(_ hour: Int64, _ close: String) -> String {
    "[[\((Scene.start - 5400 - hour * 3600).epochSeconds * 1000),\"1\",\"\(close)\",\"1\",\"\(close)\",\"1\",0,\"0\",1,\"0\",\"0\",\"0\"]]"
  }

  @Test func `fifty answers behind a held writer cost two commits`() async throws {
    let recorder = Recorder(store: scene.store)
    let run = try scene.store.runs.begin(command: "test", at: Scene.start, processID: 1, version: "test")
    let reader = AnswerReader(providers: ["binance": Binance()], recorder: recorder)
    let held = DispatchSemaphore(value: 0)
    let commits = Commits()
    scene.store.queue.add(transactionObserver: commits, extent: .databaseLifetime)
    async let holding: Void = recorder { _ in held.wait() }
    let kept = try await withThrowingTaskGroup(of: [FetchID?].self) { group in
      for hour in 0..<50 {
        let request = Binance().requests(
          for: Want(series: Scene.bars, span: .hour(-hour)...Instant.hour(-hour)), at: Scene.start)[0]
        let answer = Answer(
          status: 200, headers: [], body: Array(Self.body(Int64(hour), "2").utf8), receivedAt: Scene.start)
        let attempt = Attempt(
          url: "https://binance", startedAt: Scene.start, elapsed: .zero, wireBytes: 1, result: .success(answer))
        let packed = try PackedRoundTrip(RoundTrip(request: request, attempts: [attempt]))
        group.addTask { try await recorder.keep([packed], of: run, quotas: []) }
      }
      // All of them are waiting when the writer is let go.
      while recorder.waitingToBeKept < 50 { await Task.yield() }
      held.signal()
      var kept: [FetchID] = []
      for try await fetches in group { kept += fetches.compactMap { $0 } }
      return kept.sorted()
    }
    try await holding
    #expect(kept.count == 50)
    #expect(commits.count == 1)

    let answers = try kept.map { try scene.store.vault.keptAnswer($0) }
    let before = commits.count  // the end of a read counts too
    let heldAgain = DispatchSemaphore(value: 0)
    async let holdingAgain: Void = recorder { _ in heldAgain.wait() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for answer in answers { group.addTask { _ = try await reader.read([answer], step: nil) } }
      while recorder.waitingToBeStored < 50 { await Task.yield() }
      heldAgain.signal()
      try await group.waitForAll()
    }
    try await holdingAgain
    #expect(commits.count == before + 1)
    #expect(try scene.count(Scene.bars) == 50)
  }

  @Test func `an answer that the file cannot hold is undone alone`() async throws {
    let recorder = Recorder(store: scene.store)
    let run = try scene.store.runs.begin(command: "test", at: Scene.start, processID: 1, version: "test")
    func fetch(_ text: String) throws -> FetchID {
      let answer = Answer(status: 200, headers: [], body: Array(text.utf8), receivedAt: Scene.start)
      let attempt = Attempt(
        url: "https://binance", startedAt: Scene.start, elapsed: .zero, wireBytes: 1, result: .success(answer))
      let trip = RoundTrip(request: Request(provider: "binance", path: "/\(text)"), attempts: [attempt])
      return try #require(try scene.store.vault.keep(trip, of: run, quotas: []))
    }
    let stranger = SeriesKey(dataset: .bar, provider: "binance", providerSymbol: "NOSUCH", interval: .hour1)
    func bars(_ key: SeriesKey, _ hour: Int) -> SeriesReading {
      let bar = Bar(openTime: .hour(-hour), open: 1, high: 1, low: 1, close: 1, volume: 0)
      return SeriesReading(series: key, facts: .bars([bar]), covers: nil)
    }
    let outcomes = try await recorder.store([
      ReadAnswer(Reading([bars(Scene.bars, 1)]), from: try fetch("a"), receivedAt: Scene.start),
      ReadAnswer(Reading([bars(Scene.bars, 2), bars(stranger, 2)]), from: try fetch("b"), receivedAt: Scene.start),
      ReadAnswer(Reading([bars(Scene.bars, 3)]), from: try fetch("c"), receivedAt: Scene.start),
    ])
    #expect(outcomes.map { (try? $0.get()) != nil } == [true, false, true])
    #expect(
      try scene.store.rows("SELECT open_time FROM bar ORDER BY 1 DESC")
        == [1, 3].map {
          "\(Instant.hour(-$0).epochSeconds)"
        })
    #expect(
      try scene.store.rows("SELECT read_outcome LIKE 'unreadable%' FROM fetch ORDER BY fetch_id") == ["0", "1", "0"])
  }
}

/// Counts the transactions that were committed.
private final class Commits: TransactionObserver, Sendable {
  private let number = Mutex(0)
  var count: Int { number.withLock { $0 } }

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseDidCommit(_ db: Database) { number.withLock { $0 += 1 } }
  func databaseDidRollback(_ db: Database) {}
}
