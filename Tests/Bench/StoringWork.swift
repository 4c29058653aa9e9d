import Dispatch
import Market
import Providers
import Store
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Answers from files, read, checked and stored in a fresh file through the doors that a run uses; each answer commits on
/// its own. As in a run, answers arrive (and are packed for the vault) on one thread and are stored on another.
struct StoringWork {
  let file: String
  let bodies: String
  /// Whether every answer goes into the vault first, as in a run; else one stands for all.
  let keepsAnswers: Bool

  func run() throws {
    let store = try Store.writing(file, command: "bench")
    try store.register(BenchCatalogue.hours(series: Workload.answers.series), providers: [Binance().profile])
    let run = try store.beginRun(command: "bench", at: Workload.now, processID: getpid(), version: "bench")
    let step = try store.beginStep(.prices, series: nil, of: run, at: Workload.now)
    let pages = Workload.answers.pageList
    let shared = try store.keep(exchange(pages[0], pages[0].answer(Array("[]".utf8))), of: run, quotas: [])
    var rows = 0
    let began = ContinuousClock.now
    let arrivals = Arrivals(pages.count) { try arrival(of: pages[$0]) }
    for page in pages {
      let (answer, packed) = try arrivals.next()
      let fetch = try packed.map { try store.keep($0, of: run, quotas: []) } ?? shared
      guard let fetch else { throw Missing(name: page.name) }
      let reading = try Binance().read(answer, to: page.request)
      rows += try store.store(reading, from: fetch, step: step, at: Workload.now).new
    }
    store.close()
    report(rows: rows, .now - began)
  }

  private struct Missing: Error {
    let name: String
  }

  private func arrival(of page: Workload.Page) throws -> (Answer, PackedExchange?) {
    let answer = page.answer(try bytes(of: "\(bodies)/\(page.name)"))
    return (answer, keepsAnswers ? try PackedExchange(exchange(page, answer)) : nil)
  }

  private func exchange(_ page: Workload.Page, _ answer: Answer) -> Exchange {
    Exchange(
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

/// Makes things in order on a thread of its own, at most four ahead of whoever takes them.
private final class Arrivals<Thing: Sendable>: Sendable {
  private let made = Mutex<[Result<Thing, any Error>]>([])
  private let room = DispatchSemaphore(value: 4)
  private let ready = DispatchSemaphore(value: 0)

  init(_ count: Int, _ make: @escaping @Sendable (Int) throws -> Thing) {
    DispatchQueue(label: "arrivals").async { [self] in
      for index in 0..<count {
        room.wait()
        let thing = Result { try make(index) }
        made.withLock { $0.append(thing) }
        ready.signal()
      }
    }
  }

  func next() throws -> Thing {
    ready.wait()
    let thing = made.withLock { $0.removeFirst() }
    room.signal()
    return try thing.get()
  }
}
