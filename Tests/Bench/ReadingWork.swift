import Market
import Providers
import Support

/// Answers to facts, in memory, on one thread.
struct ReadingWork {
  func run() throws {
    var answers: [(Request, Answer)] = []
    Workload.answers.forEachPage { page, bytes in answers.append((page.request, page.answer(bytes))) }
    let provider = Binance()
    var rows = 0
    let began = ContinuousClock.now
    for (request, answer) in answers { rows += try provider.read(answer, to: request).facts.count }
    report(rows: rows, .now - began)
  }
}
