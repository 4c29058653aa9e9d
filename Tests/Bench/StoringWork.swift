import Market
import Providers
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Answers from files, read, checked and stored in a fresh file through the doors that a run uses; each answer commits on
/// its own.
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
    let shared = try store.keep(small(Workload.answers.pageList[0]), of: run, quotas: [])
    var rows = 0
    let began = ContinuousClock.now
    for page in Workload.answers.pageList {
      let answer = page.answer(try bytes(of: "\(bodies)/\(page.name)"))
      let fetch = keepsAnswers ? try store.keep(exchange(page, answer), of: run, quotas: []) : shared
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

  private func small(_ page: Workload.Page) -> Exchange { exchange(page, page.answer(Array("[]".utf8))) }

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
