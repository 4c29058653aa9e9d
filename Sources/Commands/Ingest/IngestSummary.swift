import Health
import Market
import Pipeline
import Rendering
import Store

/// The end of an `ingest`: a few lines for people, one object for programs, and the exit code.
struct IngestSummary {
  let report: RunReport
  let context: CommandContext
  /// The capture that was replayed, as it was named.
  var replay: String?
  var backup: JSONValue = .null

  func print() throws {
    if context.options.json { return try Console.output(json) }
    try context.tell(IngestSummary.status(of: report), text)
  }

  private func text(_ style: TextStyle) -> String {
    let counts = report.counts
    var lines = [
      "\(style.bold(headline)): \(groupedText(Int64(counts.new))) new, \(groupedText(Int64(counts.changed))) changed, "
        + "\(groupedText(Int64(counts.unchanged))) unchanged"
        + (counts.refused > 0 ? ", \(groupedText(Int64(counts.refused))) refused" : "")
        + "; \(counted(counts.requests, "request")), \(humanSize(bytes: Int64(counts.bytes)))"
    ]
    if report.notDue > 0 { lines.append("\(groupedText(Int64(report.notDue))) series not due") }
    let troubled = StepLines.lines(of: report.steps.filter { $0.isTroubled || $0.isLeftAlone }, style: style)
    lines += troubled.prefix(SourceProgress.mostLines).map { "  \($0)" }
    if troubled.count > SourceProgress.mostLines {
      lines.append("  … and \(troubled.count - SourceProgress.mostLines) more; --json lists them all")
    }
    lines += refusedKeys
    lines.append("Next: \(next)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What to do about keys that were refused, a line for each source.
  private var refusedKeys: [String] {
    context.profiles.compactMap { profile in
      guard let key = profile.credential,
        report.steps.contains(where: { $0.source == profile.name && $0.reason == .keyRefused })
      else { return nil }
      let without = key.isRequired ? "" : ", or take it out: \(profile.title) works without"
      return "  Correct \(key.setting) in .env\(without); a key: \(key.page ?? profile.homepage)"
    }
  }

  private var headline: String {
    switch report.outcome {
    case .done: report.isNothingDue ? "Done, nothing due" : "Done"
    case .partial: "Partly done; the rest is stored"
    case .failed: "Failed"
    case .interrupted: "Interrupted; what was committed is kept"
    }
  }

  private var next: String { context.typed(IngestSummary.next(after: report, replaying: replay)) }

  /// The command that is most useful now, without the program: it looks at what the run brought.
  static func next(after report: RunReport, replaying replay: String? = nil) -> String {
    switch report.outcome {
    case .done:
      let moved = report.steps.filter { $0.series != nil && $0.counts.new + $0.counts.changed > 0 }
      return moved.lazy.compactMap { $0.series?.showing(of: $0.asset) }.first ?? "status"
    case .partial, .failed, .interrupted:
      if let replay { return "ingest --replay \(shellWord(replay))" }
      let failed = report.steps.filter(\.isTroubled)
      if !failed.isEmpty, failed.allSatisfy({ $0.reason == .keyRefused }) { return "source list" }
      return report.outcome == .interrupted ? "ingest" : "ingest --retry-failed"
    }
  }

  var json: JSONValue {
    [
      "version": 1, "outcome": .string(report.outcome.rawValue), "run": .integer(report.run.rawValue),
      "steps": .array(report.steps.map(\.json)), "not_due": .integer(Int64(report.notDue)), "backup": backup,
      "next": .string(next),
    ]
  }

  /// Interrupted before all; then a key that everything lacked, providers out of reach, and part of it failed.
  static func status(of report: RunReport) -> ExitStatus {
    if report.outcome == .interrupted { return .interrupted }
    let asking = report.steps.filter { StepName.asking.contains($0.name) }
    if report.notDue == 0, !asking.isEmpty, asking.allSatisfy(\.lacksKey) { return .keyMissing }
    let asked = asking.filter { $0.outcome != .skipped }
    let failed = report.steps.filter(\.isTroubled)
    if failed.isEmpty { return .done }
    guard !asked.isEmpty, asked.allSatisfy({ $0.outcome == .failed }) else { return .partly }
    if asked.allSatisfy(\.lacksKey) { return .keyMissing }
    return asked.allSatisfy(\.isOutOfReach) ? .unreachable : .failed
  }
}

extension StepReport {
  /// Whether nothing went wrong now, and yet there is something to be told: a ration that ended, a symbol that its provider
  /// denied not long ago, a gate of quality that failed, older items of a feed that were left out.
  fileprivate var isLeftAlone: Bool {
    reason == .rationed || reason == .gateFailed || outcome == .skipped && reason == .unknownSymbol
      || name == .news && outcome == .done && detail != nil
  }

  fileprivate var lacksKey: Bool {
    [.keyMissing, .keyRefused, .notConfigured].contains(reason) && outcome != .done
  }

  fileprivate var isOutOfReach: Bool {
    [.unreachable, .outOfOrder, .throttled, .restricted, .blocked, .outOfTime].contains(reason)
  }
}
