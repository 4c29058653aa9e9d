import Backups
import Market
import Narrative
import Pipeline
import Reports
import Store

/// One `rebuild`, from the database to what a person or a program reads. Blocks.
struct RebuildRun: Sendable {
  enum Mode {
    case verify
    case apply
    /// Into a new file; `nil` for the usual name.
    case write(String?)
  }

  let context: CommandContext
  /// At most this many differences are named.
  let limit: Int

  func perform(_ mode: Mode) throws {
    switch mode {
    case .verify: try verify()
    case .apply: try apply()
    case .write(let path): try write(to: path)
    }
  }

  private var database: String { context.databasePath }

  private func verify() throws {
    try checkThere()
    let outcome = try withScratch(beside: database) { try rebuild($0, bodies: false) }
    try outcome.print(context)
    if !outcome.isSame { throw Failure(.integrity) }
    if !outcome.report.gone.isEmpty { throw Failure(.partly) }
  }

  private func write(to named: String?) throws {
    try checkThere()
    let path = named ?? database + ".rebuilt"
    if try Store.exists(path) {
      throw Failure(.failed, "\(path) is there already and was left as it is; name another file with -o")
    }
    let outcome = try withScratch(beside: path) { rebuilt in
      var outcome = try rebuild(rebuilt, bodies: true, compares: false)
      try Store.place(rebuilt, at: path, keepingRemainsAs: path + ".remains")
      outcome.written = path
      return outcome
    }
    try outcome.print(context)
    if !outcome.report.damaged.isEmpty { throw Failure(.integrity) }
    if !outcome.report.isWhole { throw Failure(.partly) }
  }

  private func apply() throws {
    try checkThere()
    try Store.exclusively(database, command: "rebuild --apply") {
      let outcome = try withScratch(beside: database) { rebuilt in
        var outcome = try rebuild(rebuilt, bodies: true)
        // Files that keep their rows stay of their edition.
        let older = (outcome.differences?.olderReadings ?? 0) - outcome.report.outdated.count
        if outcome.report.isWhole, outcome.hasNews || older > 0 {
          try takeOver(rebuilt, &outcome)
        }
        return outcome
      }
      try outcome.print(context)
      guard outcome.report.damaged.isEmpty else {
        throw Failure(
          .integrity,
          context.options.json
            ? "" : "the database was left as it is; `appliance backup list` shows files that may be whole")
      }
      guard outcome.report.gone.isEmpty else {
        throw Failure(
          .partly,
          context.options.json ? "" : "the database was left as it is; with the files back in their places, try again")
      }
    }
  }

  /// The lock is held: nothing was written since the answers were read.
  private func takeOver(_ rebuilt: String, _ outcome: inout RebuildOutcome) throws {
    let phase = PhaseLine(console: context.console)
    defer { phase.clear() }
    let backups = try context.backups(at: context.clock) { phase.show($0, $1) }
    do { outcome.backup = try backups.create().name } catch { throw Failure(error) }
    var number = 1
    var kept = database + ".before-rebuild"
    while try Store.exists(kept) {
      number += 1
      kept = database + ".before-rebuild-\(number)"
    }
    try Store.replace(database, with: rebuilt, keepingOldAs: kept)
    outcome.keptOld = kept
    outcome.written = database
  }

  private func rebuild(_ path: String, bodies: Bool, compares: Bool = true) throws -> RebuildOutcome {
    let phase = PhaseLine(console: context.console)
    defer { phase.clear() }
    let source = try Store.reading(database)
    defer { source.close() }
    let target = try Store.rebuilding(path)
    return try source.chronicle.atOneMoment { moment in
      let report = try Rebuild(
        providers: context.providers, opener: context.wiring.fileReader,
        parts: [ModelTexts(rules: context.guardRules)]
      ) { phase.show("reading the answers", $0) }
      .fill(target, from: moment, bodies: bodies)
      var incomparable = Incomparable()
      for file in report.gone + report.outdated { incomparable.add(file.fetch, into: file.series) }
      let differences =
        compares ? try moment.differences(from: target, naming: limit, leavingOut: incomparable) : nil
      let outcome = RebuildOutcome(report: report, differences: differences)
      if bodies { try complete(target, moment, outcome) }
      return outcome
    }
  }

  /// What a file needs that is kept: its texts made true, and a note of what was decided.
  private func complete(_ target: Store, _ moment: StoreMoment, _ outcome: RebuildOutcome) throws {
    if let now = try moment.lastRunInstant() { _ = try writeSummaries(in: target, now: now) }
    if let differences = outcome.differences, outcome.hasNews {
      let count = differences.total + differences.newer
      try target.chronicle.note(
        decision: "rebuild.apply", about: "\(count) differences", at: context.clock.now)
    }
    try target.chronicle.finishRebuild()
  }

  private func checkThere() throws { _ = try context.reader() }

  /// Hands over a path in a private folder on the disk of a file; what is left there is removed.
  private func withScratch<T>(beside path: String, _ body: (String) throws -> T) throws -> T {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let scratch: Scratch
    do { scratch = try Scratch(in: folder) } catch { throw Failure(error) }
    return try withExtendedLifetime(scratch) { try body(scratch.file("rebuilt.db")) }
  }
}
