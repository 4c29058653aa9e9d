import Market
import Rendering
import Store

/// The state of the record on one screen.
package struct StatusScreen {
  let report: StatusReport
  let isFull: Bool
  /// Columns of the terminal; `nil` for any.
  let width: Int?
  let style: TextStyle

  /// - Parameters:
  ///   - isFull: whether each series has a line.
  ///   - width: columns of the terminal; `nil` for any.
  package init(report: StatusReport, isFull: Bool, width: Int?, style: TextStyle) {
    (self.report, self.isFull, self.width, self.style) = (report, isFull, width, style)
  }

  /// More lines than this of one kind do not fit on a screen with the rest.
  private static let longestList = 5

  /// The screen, its lines ended by line feeds.
  package var text: String {
    let blocks = [head, table, troubles, facts].map { $0.joined(separator: "\n") }.filter { !$0.isEmpty }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private var head: [String] {
    var lines = [style.bold(TerminalText.escaped(report.database))]
    if report.file.origin == .demo { lines.append(style.yellow("DEMO: invented data, not the market")) }
    switch report.clock {
    case .wall: lines.append("at \(report.now)")
    case .set: lines.append("at \(report.now), set by APPLIANCE_NOW")
    case .demo: lines.append("at \(report.now), the time of the demo's last run")
    }
    return lines
  }

  private var table: [String] {
    let groups = StatusTables.groups(report.groups, width: width, style: style)
    guard isFull else { return [groups] }
    return [groups, "", StatusTables.series(report.states, width: width, style: style)]
  }

  private var troubles: [String] {
    let lines = report.states.filter(\.isTroubled).map { state in
      let mark = state.isLate ? style.red("late") : style.yellow(state.failedAt == nil ? "gaps" : "fail")
      return (mark, "\(state.subject.padded(to: 22))  \(state.trouble)")
    }
    guard !isFull else { return [] }
    return listed(lines.map { "  \($0.0)  \(cut($0.1, by: 8))" }, more: "status --all")
  }

  private func listed(_ lines: [String], more: String) -> [String] {
    guard lines.count > StatusScreen.longestList else { return lines }
    let shown = lines.prefix(StatusScreen.longestList - 1)
    return shown + ["  … and \(lines.count - shown.count) more: \(command(more))"]
  }

  /// A text from outside in the columns that are left.
  private func cut(_ text: String, by used: Int) -> String {
    let text = TerminalText.escaped(text)
    return width.map { TerminalText.truncatedAtWord(text, to: max(20, $0 - used)) } ?? text
  }

  private var facts: [String] {
    let facts: [(String, String)] =
      [("Quota", quota), ("File", size), ("Backup", backup)]
      + (report.backups.second.map { [("Copy", copy($0))] } ?? []) + [("Writing", writing)]
    // Texts to be copied come whole, however narrow the terminal is.
    let commands =
      (report.cron.map { [("Cron", TerminalText.escaped($0))] } ?? []) + [("Next", TerminalText.escaped(report.next))]
    let told = facts.map { ($0.0, folded($0.1)) } + commands.map { ($0.0, [$0.1]) }
    return labelled("Last run", folded(lastRun)) + failures + labelled("Rows", flagCounts)
      + told.flatMap { labelled($0.0, $0.1) }
  }

  private static let indent = 10

  private func folded(_ text: String) -> [String] {
    LabelledText.folded(text, to: width.map { max(20, $0 - StatusScreen.indent) })
  }

  /// Lines behind a label, all of them begun in one column.
  private func labelled(_ label: String, _ lines: [String]) -> [String] {
    let space = String(repeating: " ", count: StatusScreen.indent)
    return lines.enumerated().map { $0 == 0 ? style.bold(label) + space.dropFirst(label.count) + $1 : space + $1 }
  }

  /// A command as it is typed for this file.
  private func command(_ words: String) -> String { TerminalText.escaped(report.typed(words)) }
}

// The facts below the tables, a line each.
extension StatusScreen {
  private var lastRun: String {
    guard let last = report.file.lastRun else { return "none yet" }
    let counts = last.counts
    let rows =
      last.undone.map { "\($0), " }.joined()
      + "\(groupedText(Int64(counts.new))) new, \(groupedText(Int64(counts.changed))) changed"
      + (counts.refused > 0 ? ", \(groupedText(Int64(counts.refused))) refused" : "")
    return "\(last.run.startedAt) (\(age(of: last.run.startedAt))), \(outcome(of: last.run)): \(rows)"
  }

  private func outcome(of run: StoredRun) -> String {
    switch run.outcome {
    case .done: style.green("done")
    case .partial: style.yellow("partly done")
    case .failed: style.red("failed")
    case .interrupted: style.yellow("interrupted")
    case nil: "not ended"
    }
  }

  private var failures: [String] {
    let troubled = report.file.lastRun?.troubled ?? []
    let lines = distinct(StepLines.lines(of: troubled, style: .plain)).map { cut("  \($0)", by: 0) }
    return isFull ? lines : listed(lines, more: "status --json")
  }

  /// Equal lines are one that says how often: `3 × prices BTC …`.
  private func distinct(_ lines: [String]) -> [String] {
    let counts = Dictionary(lines.map { ($0, 1) }, uniquingKeysWith: +)
    var told: Set<String> = []
    return lines.filter { told.insert($0).inserted }.map { line in
      let count = counts[line] ?? 1
      return count == 1 ? line : "\(count) × \(line)"
    }
  }

  /// What came and is not believed, or not quite, and the command that shows it: on a line of its own, to be copied.
  private var flagCounts: [String] {
    let counts = [
      (report.flagCounts.refused, "refused, waiting for you", "quarantine list"),
      (report.flagCounts.marked, "marked as odd", "quarantine list --flags"),
    ]
    return counts.filter { $0.0 > 0 }.flatMap { count, text, words in
      ["\(groupedText(Int64(count))) \(text):", command(words)]
    }
  }

  private var quota: String {
    guard !report.quotas.isEmpty else { return "nothing in use" }
    return report.quotas.map { use in
      if let closed = use.closedFor { return "\(use.provider) wants no request for \(humanDuration(seconds: closed))" }
      let left = humanDuration(seconds: use.secondsLeft)
      return "\(use.provider) \(groupedText(Int64(use.used))) of \(groupedText(Int64(use.limit))), \(left) to go"
    }.joined(separator: "; ")
  }

  private var size: String {
    let size = report.file.size
    let growth = size.bytesPerDay.map { ", \($0 < 0 ? "" : "+")\(humanSize(bytes: $0)) a day" } ?? ""
    return "\(humanSize(bytes: size.bytes))\(growth); kept answers \(humanSize(bytes: size.vaultBytes))"
  }

  private var backup: String {
    let newest = report.backups.newest.map {
      "\(TerminalText.escaped($0.archive)), proven, \(age(of: $0.madeAt))"
    }
    return ([newest ?? "none proven yet"] + [damage, verification].compactMap { $0 }).joined(separator: "; ")
  }

  private func copy(_ second: BackupStanding.SecondFolder) -> String {
    let folder = TerminalText.escaped(second.path)
    let newest = second.newest.map { "\(TerminalText.escaped($0.archive)), \(age(of: $0.madeAt))" }
    let state = second.absence.map { "; " + style.yellow("\(folder): \($0)") } ?? ", in \(folder)"
    return (newest ?? style.yellow("none yet")) + state
  }

  private var damage: String? {
    guard let first = report.backups.damaged.last else { return nil }
    let others = report.backups.damaged.count - 1
    return style.red("\(TerminalText.escaped(first)) is damaged" + (others > 0 ? ", and \(others) more" : ""))
  }

  /// Of a time when some could not be looked at: what came of the others.
  private var verification: String? {
    guard let verification = report.backups.verification else { return nil }
    let when = age(of: verification.at)
    let count = verification.archives
    if !verification.faults.isEmpty {
      return style.red("\(verification.faults.count) of \(count) failed verification \(when)")
    }
    let all = count == 1 ? "it was" : "all \(count) were"
    let closed = verification.unopened
    if closed == count { return "\(all) compared by SHA-256 only, not opened, \(when)" }
    return "\(all) verified \(when)" + (closed > 0 ? ", \(closed) of them by SHA-256 only" : "")
  }

  private var writing: String {
    if let writer = report.writer { return "\(TerminalText.escaped(writer)), now" }
    if let dead = report.deadRun {
      return style.yellow("nobody; run \(dead.id.rawValue) of \(dead.startedAt) died, the next one goes on")
    }
    return "nobody"
  }

  private func age(of instant: Instant) -> String {
    let seconds = report.now - instant
    // A set clock begins anew with every command, a little behind what the one before it wrote.
    if (-60...0).contains(seconds) { return "now" }
    return seconds > 0 ? "\(humanDuration(seconds: seconds)) ago" : "in \(humanDuration(seconds: -seconds))"
  }
}
