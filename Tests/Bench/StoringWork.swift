import Dispatch
import Market
import Providers
import SQLite
import Store
import Synchronization
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Answers from files, read, checked and stored in a fresh file through the doors that a run uses. As in a run, answers
/// arrive (and are packed for the vault) on one thread, are kept and stored on another, together with what has arrived
/// meanwhile, and are read beside it once they are kept: there in the tasks of the steps, of which several are under way.
struct StoringWork {
  let file: String
  let bodies: String
  /// Whether every answer goes into the vault first, as in a run; else one stands for all.
  let keepsAnswers: Bool

  func run() throws {
    let store = try Store.writing(file, command: "bench")
    try store.claim(.live)
    try store.catalogue.add(BenchCatalogue.hours(series: Workload.answers.series), providers: [Binance().profile])
    let run = try store.runs.begin(command: "bench", at: Workload.now, processID: getpid(), version: "bench")
    let step = try store.runs.beginStep(.prices, series: nil, of: run, at: Workload.now)
    let pages = Workload.answers.pageList
    let shared = try store.vault.keep(roundTrip(pages[0], pages[0].answer(Array("[]".utf8))), of: run, quotas: [])
    var rows = 0
    let began = ContinuousClock.now
    let arrivals = Arrivals(pages.count) { try arrival(of: pages[$0]) }
    let readings = Readings()
    func storeNext() throws {
      let answers = try readings.next()
      rows += try store.facts.store(answers).reduce(0) { try $0 + $1.get().reduce(0) { $0 + $1.new } }
    }
    while let arrived = try arrivals.next() {
      let fetches = try store.vault.keep(arrived.compactMap(\.packed), of: run, quotas: [])
      readings.begin { try answers(arrived, keptAs: fetches.isEmpty ? arrived.map { _ in shared } : fetches, step) }
      if readings.underWay > 1 { try storeNext() }
    }
    while readings.underWay > 0 { try storeNext() }
    let elapsed = ContinuousClock.now - began
    try store.runs.finish(run, outcome: .done, at: Workload.now, quotas: [])
    store.close()
    report(rows: rows, elapsed)
  }

  private struct Missing: Error {
    let name: String
  }

  /// What one page brings to the thread that writes: an answer to keep and then to read, or one that is read already.
  private struct Arrival: Sendable {
    let page: Workload.Page
    let answer: Answer
    var packed: PackedRoundTrip?
    var reading: Reading?
  }

  private func arrival(of page: Workload.Page) throws -> Arrival {
    var arrival = Arrival(page: page, answer: page.answer(try bytes(of: "\(bodies)/\(page.name)")))
    if keepsAnswers {
      arrival.packed = try PackedRoundTrip(roundTrip(page, arrival.answer))
    } else {
      arrival.reading = try Binance().read(arrival.answer, to: page.request)
    }
    return arrival
  }

  private func answers(_ arrived: [Arrival], keptAs fetches: [FetchID?], _ step: StepID) throws -> [ReadAnswer] {
    try zip(arrived, fetches).map { arrival, fetch in
      guard let fetch else { throw Missing(name: arrival.page.name) }
      return ReadAnswer(
        try arrival.reading ?? Binance().read(arrival.answer, to: arrival.page.request), from: fetch,
        receivedAt: Workload.now, step: step)
    }
  }

  private func roundTrip(_ page: Workload.Page, _ answer: Answer) -> RoundTrip {
    RoundTrip(
      request: page.request,
      attempts: [
        Attempt(
          url: "http://127.0.0.1\(page.request.target)", startedAt: Workload.now, elapsed: .milliseconds(80),
          wireBytes: answer.body.count, result: .success(answer))
      ])
  }

  private func bytes(of path: String) throws -> [UInt8] {
    guard let stream = fopen(path, "rb") else { throw Missing(name: path) }
    defer { fclose(stream) }
    fseek(stream, 0, SEEK_END)
    let size = ftell(stream)
    rewind(stream)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = fread(buffer.baseAddress, 1, size, stream)
    }
  }
}

/// What was kept is read on a thread of its own, in order, while the writer goes on.
private final class Readings {
  private let queue = DispatchQueue(label: "readings")
  private let read = Handover<Result<[ReadAnswer], any Error>>()
  /// Begun, and not handed out yet.
  private(set) var underWay = 0

  func begin(_ work: @escaping @Sendable () throws -> [ReadAnswer]) {
    underWay += 1
    queue.async { [read] in read.put(Result(catching: work)) }
  }

  /// The oldest of those under way, when it is there.
  func next() throws -> [ReadAnswer] {
    underWay -= 1
    return try read.take()?.get() ?? []
  }
}

/// Makes things in order on a thread of its own, and hands out together what is ready, at most sixteen.
private final class Arrivals<Thing: Sendable>: Sendable {
  private let count: Int
  private let made = Mutex<(things: [Result<Thing, any Error>], taken: Int)>(([], 0))
  private let room = DispatchSemaphore(value: 16)
  private let ready = DispatchSemaphore(value: 0)

  init(_ count: Int, _ make: @escaping @Sendable (Int) throws -> Thing) {
    self.count = count
    DispatchQueue(label: "arrivals").async { [self] in
      for index in 0..<count {
        room.wait()
        let thing = Result { try make(index) }
        made.withLock { $0.things.append(thing) }
        ready.signal()
      }
    }
  }

  /// The next ones, at least one; `nil` when all were taken.
  func next() throws -> [Thing]? {
    guard made.withLock({ $0.taken < count }) else { return nil }
    ready.wait()
    let things = made.withLock { made in
      defer {
        made.taken += made.things.count
        made.things = []
      }
      return made.things
    }
    // One was waited for; the others that came with it need not be.
    for _ in things.dropFirst() { ready.wait() }
    for _ in things { room.signal() }
    return try things.map { try $0.get() }
  }
}
