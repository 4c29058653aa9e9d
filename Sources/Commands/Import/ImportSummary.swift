import Market
import Pipeline
import Rendering
import Store

/// The end of an `import`: a few lines for people, one object for programs, and the exit code.
struct ImportSummary {
  let report: ImportReport
  let name: String
  let subject: ImportSubject
  let context: CommandContext
  let options: ImportCommand

  func print() throws {
    if context.options.json { return try Console.output(json) }
    try context.tell(ImportSummary.status(of: report), text)
  }

  // MARK: For people

  private func text(_ style: TextStyle) -> String {
    var lines = ["\(style.bold(TerminalText.escaped(headline))): \(counts)"]
    let layout = showsLayout ? report.layout + "; " : ""
    lines += (["\(layout)\(stretch)"] + remarks).map { "  \(TerminalText.escaped($0))" }
    lines.append("Next: \(next)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The layout says much of what was decided.
  private var showsLayout: Bool { context.console.isVerbose || options.dryRun }

  private var headline: String {
    if options.dryRun { return report.isKnown ? "\(name) was imported before" : "\(name) could be imported" }
    return switch report.outcome {
    case .done: report.isKnown ? "\(name) was imported before" : "Imported \(name)"
    case .partial: "Imported a part of \(name)"
    case .failed: "Nothing of \(name) was imported"
    case .interrupted: "Interrupted; what was committed of \(name) is kept"
    }
  }

  private var counts: String {
    let counts = report.counts
    func text(_ number: Int) -> String { groupedText(Int64(number)) }
    let refused = counts.refused > 0 ? ", \(text(counts.refused)) refused" : ""
    return "\(text(counts.new)) new, \(text(counts.changed)) changed, \(text(counts.unchanged)) unchanged\(refused)"
  }

  private var stretch: String {
    let series = "\(report.asset.map { "\($0) " } ?? "")\(report.series.provider) \(report.series.interval)"
    guard let extent = report.tally.extent else { return series }
    let (first, last) = (extent.lowerBound, extent.upperBound)
    let isDaily = report.series.interval.seconds >= 86_400
    return "\(series), \(isDaily ? "\(first.day) to \(last.day)" : "\(first) to \(last)")"
  }

  private var remarks: [String] {
    let tally = report.tally
    func rows(_ count: Int, _ what: String) -> String? {
      count == 0 ? nil : "\(groupedText(Int64(count))) \(what)"
    }
    var lines: [String?] = [report.reason]
    lines += report.remarks.filter { !showsLayout || !report.layout.contains($0) }
    for (what, count) in tally.leftOut.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      lines.append(rows(count, "left out: \(what)"))
    }
    for reason in RefusalReason.allCases {
      lines.append(rows(tally.refused[reason] ?? 0, "refused: \(words(for: reason))"))
    }
    if report.counts.refused > FileTally.keptRefusals, report.outcome != .failed {
      lines.append("only the first \(groupedText(Int64(FileTally.keptRefusals))) refused lines are kept in quarantine")
    }
    lines += [
      rows(tally.folded, "folded: the same as an earlier row"),
      rows(report.repeats, "repeat the time of a row far above; the import folds what says the same, refuses the rest"),
      rows(tally.notFinal, "left out: not over at \(context.clock.now)"),
      rows(tally.passedOver, "passed over: no facts (totals, weekends filled with zeros)"),
      rows(tally.ambiguousTimes, "at local times that the clocks showed twice, told apart by the order of the rows"),
      rows(report.missing, "missing in the series, between its first and its last (appliance gaps --all)"),
    ]
    return lines.compactMap { $0 }
  }

  private func words(for reason: RefusalReason) -> String {
    switch reason {
    case .malformed: "not a row of this table"
    case .notANumber: "a number is missing or is none"
    case .impossibleRange: "high and low do not enclose open and close"
    case .outOfBounds: "a value that cannot be"
    case .wrongTime: "a time that cannot be, or not one at which a bar opens"
    case .contradictory: "contradicts an earlier row, which was believed"
    }
  }

  private var next: String {
    if options.dryRun { return changesNothing ? "nothing; it is all stored" : "the same without --dry-run" }
    switch report.outcome {
    case .interrupted: return "the same again brings in the rest"
    case .partial: return "the same with a whole copy of the file brings in the rest"
    case .failed: return "name the layout with --source, or the columns with --map; --dry-run changes nothing"
    case .done: break
    }
    return context.typed(report.series.holdsBars ? "status" : "export \(report.series.dataset.rawValue)")
  }

  private var changesNothing: Bool {
    report.counts.new + report.counts.changed + report.counts.refused + report.repeats == 0
  }

  // MARK: For programs

  private var json: JSONValue { .object(head + fileMembers + seriesMembers + countMembers) }

  private var head: [(String, JSONValue)] {
    [
      ("version", 1), ("outcome", .string(report.outcome.rawValue)), ("dry_run", .bool(options.dryRun)),
      ("run", report.run.map { .integer($0.rawValue) } ?? .null), ("reason", text(report.reason)),
    ]
  }

  private var fileMembers: [(String, JSONValue)] {
    let kept = options.dryRun ? "nowhere" : options.byReference ? "by reference" : "in the vault"
    return [
      ("file", .string(name)), ("bytes", report.fingerprint.map { integer($0.size) } ?? .null),
      ("sha256", text(report.fingerprint.map { $0.sha256.hexadecimal })), ("kept", .string(kept)),
      ("imported_before", .bool(report.isKnown)), ("layout", .string(report.layout)),
    ]
  }

  private var seriesMembers: [(String, JSONValue)] {
    let extent = report.tally.extent
    return [
      ("dataset", .string(report.series.dataset.rawValue)), ("asset", text(report.asset)),
      ("source", .string(report.series.provider.description)), ("interval", .string(report.series.interval.rawValue)),
      ("from", text(extent?.lowerBound.description)), ("to", text(extent?.upperBound.description)),
    ]
  }

  private var countMembers: [(String, JSONValue)] {
    let (counts, tally) = (report.counts, report.tally)
    var refusals: [(String, JSONValue)] = []
    for reason in RefusalReason.allCases {
      if let count = tally.refused[reason], count > 0 { refusals.append((reason.rawValue, integer(count))) }
    }
    let seconds = JSONValue.number((report.seconds * 1000).rounded() / 1000)
    return [
      ("lines", integer(tally.lines)), ("new", integer(counts.new)), ("changed", integer(counts.changed)),
      ("unchanged", integer(counts.unchanged)), ("refused", integer(counts.refused)),
      ("refused_by_reason", .object(refusals)), ("folded", integer(tally.folded)),
      ("not_final", integer(tally.notFinal)), ("passed_over", integer(tally.passedOver)),
      ("ambiguous_times", integer(tally.ambiguousTimes)), ("skipped_times", integer(tally.skippedTimes)),
      ("missing", integer(report.missing)), ("snapshots", integer(report.snapshots)), ("seconds", seconds),
    ] + leftOutMembers + (options.dryRun ? [("repeats", integer(report.repeats))] : []) + [("next", .string(next))]
  }

  /// Only where something was left out or is to be told.
  private var leftOutMembers: [(String, JSONValue)] {
    let leftOut = report.tally.leftOut.sorted { $0.key < $1.key }.map { ($0.key, integer($0.value)) }
    return (leftOut.isEmpty ? [] : [("left_out", .object(leftOut))])
      + (report.remarks.isEmpty ? [] : [("remarks", .array(report.remarks.map(JSONValue.string)))])
  }

  private func integer(_ number: Int) -> JSONValue { .integer(Int64(number)) }
  private func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// Refused lines are told and are no failure; a file of which not one line was believed is.
  static func status(of report: ImportReport) -> ExitStatus {
    switch report.outcome {
    case .done: report.run == nil && report.tally.extent == nil ? .failed : .done
    case .partial: .partly
    case .failed: .failed
    case .interrupted: .interrupted
    }
  }
}
