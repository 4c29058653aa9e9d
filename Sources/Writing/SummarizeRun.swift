import Commands
import Market
import Narrative
import Rendering
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One `summarize`, from the lock to what a person or a program reads.
struct SummarizeRun {
  let context: CommandContext
  /// `nil` where no model is set up.
  let settings: ModelSettings?
  let isAnew: Bool

  func perform(_ command: SummarizeCommand) async throws {
    let store = try context.writer(command: "summarize")
    let clock = try clock(of: store)
    let now = clock.now
    let (wanted, all) = try command.rows(store, at: now)
    let run = try store.runs.begin(
      command: Program.commandLine, at: now, processID: getpid(), version: context.version)
    let step = try store.runs.beginStep(.summaries, series: nil, of: run, at: now)
    var counts = try store.summaries.store(all)
    var report: SummaryRound.Report?
    if let settings {
      let written = try await write(beside: wanted, settings, store, clock)
      counts = counts + written.counts
      report = written
    }
    let isInterrupted = report?.stop?.kind == .interrupted
    let ended = StepReport(
      name: .summaries, outcome: isInterrupted ? .interrupted : .done, reason: isInterrupted ? .interrupted : nil,
      detail: settings.flatMap { report?.line($0.model) }, counts: counts)
    try store.runs.finish(step, ended)
    try store.runs.finish(run, outcome: isInterrupted ? .interrupted : .done, at: clock.now, quotas: [])
    store.close()
    try print(wanted, report)
    let status = SummarizeRun.status(of: report)
    if status != .done { throw Failure(status) }
  }

  /// A demo's clock stands at its last run, and what is written now comes after that.
  private func clock(of store: Store) throws -> Clock {
    let clock = try context.clock(of: store)
    return try store.origin() == .demo ? .standing(at: clock.now + 1) : clock
  }

  private func write(
    beside rows: [SummaryRow], _ settings: ModelSettings, _ store: Store, _ clock: Clock
  ) async throws -> SummaryRound.Report {
    let network = try context.network(quotas: try store.runs.quotas(), at: clock)
    defer { network.shutDown() }
    let client = try context.modelClient(settings, over: network, store, isAnew: isAnew)
    let round = SummaryRound(client, store: store, rules: rows.first?.maker ?? "")
    return try await Interruption.cancelling { try await round.write(beside: rows) }
  }

  private static func status(of report: SummaryRound.Report?) -> ExitStatus {
    guard let report else { return .done }
    switch report.stop?.kind {
    case .interrupted: return .interrupted
    case .userMustAct: return report.written == 0 ? .keyMissing : .partly
    case .unreachable: return report.written == 0 ? .unreachable : .partly
    case .budget, nil: return report.failed.isEmpty ? .done : .partly
    }
  }
}

// MARK: - What is printed

extension SummarizeRun {
  private func print(_ rows: [SummaryRow], _ report: SummaryRound.Report?) throws {
    if context.options.json { return try Console.output(json(rows, report)) }
    let shown = rows.map { row in report?.texts.first { $0.asset == row.asset } ?? row }
    for row in shown {
      var text = LabelledText()
      text.add(row.asset ?? "market", row.text)
      if row.call != nil { text.add("", "(by \(row.maker))") }
      try Console.output(text.text(width: Console.width(), style: context.console.style))
    }
    for one in report?.failed ?? [] { context.console.say("\(one.subject): no text of the model: \(one.reason)") }
    if let settings, let report { context.console.say(report.line(settings.model)) }
    if settings == nil { context.console.say("written by rule; no language model is set up") }
  }

  private func json(_ rows: [SummaryRow], _ report: SummaryRound.Report?) -> JSONValue {
    let texts = rows.map { row -> JSONValue in
      let model = report?.texts.first { $0.asset == row.asset }
      return [
        "asset": .optional(row.asset), "maker": .string((model ?? row).maker), "text": .string((model ?? row).text),
        "by_rule": .string(row.text),
      ]
    }
    return [
      "version": 1, "day": .optional(rows.first?.day.description), "model": .optional(settings?.model),
      "written": .integer(Int64(report?.written ?? 0)),
      "failed": .array(
        (report?.failed ?? []).map { ["subject": .string($0.subject), "reason": .string($0.reason)] }),
      "left": .integer(Int64(report?.left ?? 0)), "stopped_by": .optional(report?.stop?.reason),
      "requests": .integer(Int64(report?.counts.requests ?? 0)),
      "tokens": .integer(report?.used.tokens ?? 0),
      "cost": settings?.price == nil ? .null : .integer(report?.used.cost ?? 0),
      "texts": .array(texts),
    ]
  }
}
