import Market
import Pipeline
import Rendering

/// The end of an import of a file that holds several series, the older tracker's or one of our own: a line for each of its parts, taken or not.
struct TrackerSummary: Sendable {
  let name: String
  let isRehearsal: Bool
  let parts: [Part]

  struct Part: Sendable {
    enum Fate: Sendable {
      case taken(ImportReport)
      /// Not asked for, or nothing to be stored; no failure.
      case leftOut(String)
      case refused(String)
    }
    let table: String
    let asset: String?
    let rows: Int
    let fate: Fate

    static func taken(_ table: String, _ asset: String?, _ rows: Int, _ report: ImportReport) -> Self {
      Self(table: table, asset: asset, rows: rows, fate: .taken(report))
    }
    static func leftOut(_ table: String, _ asset: String?, _ rows: Int, _ why: String) -> Self {
      Self(table: table, asset: asset, rows: rows, fate: .leftOut(why))
    }
    static func refused(_ table: String, _ asset: String?, _ rows: Int, _ why: String) -> Self {
      Self(table: table, asset: asset, rows: rows, fate: .refused(why))
    }

    var status: ExitStatus {
      switch fate {
      case .taken(let report): ImportSummary.status(of: report)
      case .leftOut: .done
      case .refused: .failed
      }
    }
  }

  var status: ExitStatus {
    let fates = parts.filter { if case .leftOut = $0.fate { false } else { true } }.map(\.status)
    return fates.isEmpty ? .failed : .all(fates)
  }

  func print(_ context: CommandContext) throws {
    if context.options.json { return try Console.output(json(context)) }
    try context.tell(status) { text($0, context) }
  }

  private func text(_ style: TextStyle, _ context: CommandContext) -> String {
    let heading =
      isRehearsal ? "\(name) could be imported" : status == .failed ? "Nothing of \(name)" : "Imported \(name)"
    let lines =
      [style.bold(shown(heading))] + parts.map { "  \(TerminalText.escaped(line($0)))" } + [
        "Next: \(next(context))"
      ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func next(_ context: CommandContext) -> String {
    if status == .interrupted { return "the same again brings in the rest" }
    if isRehearsal { return "the same without --dry-run" }
    let hasRefused = parts.contains {
      if case .taken(let report) = $0.fate { report.counts.refused > 0 } else { false }
    }
    return context.typed(hasRefused ? "quarantine list" : "status")
  }

  private func line(_ part: Part) -> String {
    let subject = part.table + (part.asset.map { " \($0)" } ?? "")
    switch part.fate {
    case .leftOut(let why): return "\(subject): \(count(part.rows)) left out: \(why)"
    case .refused(let why): return "\(subject): \(count(part.rows)) refused: \(why)"
    case .taken(let report): return "\(subject): \(counts(report))"
    }
  }

  private func count(_ rows: Int) -> String { rows == 1 ? "1 row" : "\(groupedText(Int64(rows))) rows" }

  private func counts(_ report: ImportReport) -> String {
    let counts = report.counts
    var text =
      "\(groupedText(Int64(counts.new))) new, \(groupedText(Int64(counts.changed))) changed, "
      + "\(groupedText(Int64(counts.unchanged))) unchanged"
    if counts.refused > 0 { text += ", \(groupedText(Int64(counts.refused))) refused" }
    if report.tally.notFinal > 0 { text += ", \(groupedText(Int64(report.tally.notFinal))) not over yet" }
    text += "; \(report.series.provider) \(report.series.interval)"
    if let extent = report.tally.extent {
      text +=
        report.series.holdsBars
        ? ", \(extent.lowerBound) to \(extent.upperBound)" : ", \(extent.lowerBound.day) to \(extent.upperBound.day)"
    }
    return text + (report.reason.map { "; \($0)" } ?? "")
  }

  // MARK: For programs

  private func json(_ context: CommandContext) -> JSONValue {
    .object([
      ("version", 1), ("outcome", .string(status.outcome)), ("dry_run", .bool(isRehearsal)), ("file", .string(name)),
      ("parts", .array(parts.map(object))), ("next", .string(next(context))),
    ])
  }

  private func object(_ part: Part) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("table", .string(part.table)), ("asset", part.asset.map(JSONValue.string) ?? .null),
      ("rows", .integer(Int64(part.rows))),
    ]
    switch part.fate {
    case .leftOut(let why): members += [("outcome", "left_out"), ("reason", .string(why))]
    case .refused(let why): members += [("outcome", "refused"), ("reason", .string(why))]
    case .taken(let report):
      members += [
        ("outcome", .string(report.outcome.rawValue)), ("reason", report.reason.map(JSONValue.string) ?? .null),
        ("run", report.run.map { .integer($0.rawValue) } ?? .null),
        ("source", .string(report.series.provider.description)),
        ("from", report.tally.extent.map { .string($0.lowerBound.description) } ?? .null),
        ("to", report.tally.extent.map { .string($0.upperBound.description) } ?? .null),
        ("new", .integer(Int64(report.counts.new))), ("changed", .integer(Int64(report.counts.changed))),
        ("unchanged", .integer(Int64(report.counts.unchanged))), ("refused", .integer(Int64(report.counts.refused))),
        ("not_final", .integer(Int64(report.tally.notFinal))),
      ]
    }
    return .object(members)
  }
}
