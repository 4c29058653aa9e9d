import Backups
import Market
import Pipeline
import Rendering
import Store

/// The end of a restore into the present file: a line for each series.
struct PartialRestoreSummary: Sendable {
  let backup: BackupVerified
  /// The file that they were brought into.
  let path: String
  let isRehearsal: Bool
  let onlyMissing: Bool
  let wasStopped: Bool
  let parts: [Part]

  struct Part: Sendable {
    let comparison: SeriesComparison
    /// `nil` where nothing was brought in.
    let report: ImportReport?

    var status: ExitStatus { report.map(ImportSummary.status) ?? .done }
  }

  var status: ExitStatus { wasStopped ? .interrupted : .all(parts.map(\.status)) }

  func print(_ context: CommandContext) throws {
    if context.options.json { return try Console.output(json(context)) }
    try context.tell(status) { text($0, context) }
  }

  private func text(_ style: TextStyle, _ context: CommandContext) -> String {
    let verb = isRehearsal ? "Could be restored" : "Restored"
    let heading = "\(verb) from \(shown(backup.name)), made \(backup.createdAt)"
    let lines = [style.bold(heading)] + parts.map { "  \(line($0))" } + losses + ["Next: \(next(context))"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether there were fewer rows than the counters say.
  private var hasLostRows: Bool { parts.contains { $0.comparison.counted != $0.comparison.here } }

  private var losses: [String] {
    guard hasLostRows, !isRehearsal, !wasStopped else { return [] }
    return [
      "  something else than this program had taken rows away; what its own answers still hold, `rebuild --apply` makes "
        + "from them"
    ]
  }

  private func next(_ context: CommandContext) -> String {
    if isRehearsal { return "the same without --dry-run" }
    if wasStopped { return "the same again brings back the rest" }
    if hasLostRows { return context.typed("rebuild --verify") }
    let hasReplaced = parts.contains { $0.report.map { $0.counts.changed > 0 } ?? false }
    return context.typed(hasReplaced ? "changes" : "status")
  }

  private func line(_ part: Part) -> String {
    let series = part.comparison.series
    let subject = [series.key.dataset.rawValue, series.asset, "\(series.key)"].compactMap { $0 }.joined(separator: " ")
    return "\(shown(subject)): \((counts(part) + notes(part)).joined(separator: ", "))"
  }

  private func counts(_ part: Part) -> [String] {
    let comparison = part.comparison
    if let counts = part.report?.counts {
      let unchanged = counts.unchanged + comparison.equal + (onlyMissing ? comparison.different : 0)
      return ["\(number(counts.new)) new", "\(number(counts.changed)) changed", "\(number(unchanged)) unchanged"]
        + (counts.refused > 0 ? ["\(number(counts.refused)) refused"] : [])
    }
    if isRehearsal {
      return ["\(number(comparison.missing)) missing here", "\(number(comparison.different)) different"]
        + ["\(number(comparison.equal)) the same"]
    }
    return ["0 new", "0 changed", "\(number(comparison.equal + comparison.different)) unchanged"]
  }

  private func notes(_ part: Part) -> [String] {
    let own = part.comparison.own
    let reason = part.report?.reason.map { [TerminalText.escaped($0)] } ?? []
    return (own > 0 ? ["\(number(own)) that the archive does not have stay"] : []) + reason
  }

  private func number(_ count: Int) -> String { groupedText(Int64(count)) }

  // MARK: For programs

  private func json(_ context: CommandContext) -> JSONValue {
    .object([
      ("version", 1), ("outcome", .string(status.outcome)), ("dry_run", .bool(isRehearsal)), ("path", .string(path)),
      ("from", .string(backup.name)), ("made_at", .string(backup.createdAt.description)),
      ("parts", .array(parts.map(object))), ("next", .string(next(context))),
    ])
  }

  private func object(_ part: Part) -> JSONValue {
    let (series, comparison) = (part.comparison.series, part.comparison)
    func integer(_ count: Int?) -> JSONValue { count.map { .integer(Int64($0)) } ?? .null }
    let counts = part.report?.counts
    return .object([
      ("table", .string(series.key.dataset.rawValue)), ("asset", .optional(series.asset)),
      ("source", .string(series.key.provider.description)), ("symbol", .string(series.key.providerSymbol)),
      ("interval", .string(series.key.interval.rawValue)), ("missing", integer(comparison.missing)),
      ("different", integer(comparison.different)), ("equal", integer(comparison.equal)),
      ("only_here", integer(comparison.own)), ("run", part.report?.run.map { .integer($0.rawValue) } ?? .null),
      ("new", integer(counts?.new ?? 0)), ("changed", integer(counts?.changed ?? 0)),
      ("refused", integer(counts?.refused ?? 0)), ("reason", .optional(part.report?.reason)),
    ])
  }
}
