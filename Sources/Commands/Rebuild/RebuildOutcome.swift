import Market
import Pipeline
import Rendering
import Store

/// What a rebuild came to.
struct RebuildOutcome: Sendable {
  let report: Rebuild.Report
  /// `nil` where nothing was compared.
  let differences: RowDifferences?
  /// The file that was written.
  var written: String?
  /// What the old file is called now.
  var keptOld: String?
  /// The archive that was made before it was replaced.
  var backup: String?

  /// Whether nothing is damaged and everything is as it was read then, but for what newer rules read otherwise.
  var isSame: Bool { report.damaged.isEmpty && (differences?.total ?? 0) == 0 }
  /// Whether a rebuilt file would hold something else.
  var hasNews: Bool { (differences?.total ?? 0) + (differences?.newer ?? 0) > 0 }

  func print(_ context: CommandContext) throws {
    if context.options.json { return try Console.output(json) }
    try Console.output(TypedHints.applied(to: text(context.console)))
  }

  private var name: String {
    if !report.damaged.isEmpty { return "damaged" }
    guard let differences else { return report.gone.isEmpty ? "rebuilt" : "partial" }
    if differences.total == 0, !report.gone.isEmpty { return "partial" }
    if keptOld != nil { return "applied" }
    return differences.total == 0 ? "same" : "different"
  }
}

// MARK: - Text

extension RebuildOutcome {
  private func text(_ console: Console) -> String {
    var text =
      "read \(counted(report.answers, "answer")) again"
      + (report.unreadable > 0 ? ", \(groupedText(Int64(report.unreadable))) of them without facts" : "")
      + ": \(counted(report.rows, "row"))\n"
    for damage in report.damaged { text += "damaged: \(Console.shown(damage.detail))\n" }
    for file in report.outdated {
      text +=
        "newer rules refuse what an older appliance imported, whose rows stay as they are: "
        + "\(Console.shown(file.detail))\n"
    }
    if let first = report.outdated.first {
      text +=
        "to have such a file read anew: `appliance import undo \(first.fetch.rawValue)`, then `appliance import` with "
        + "what its refusal asks for\n"
    }
    for file in report.gone { text += "missing: \(Console.shown(file.detail))\n" }
    if let left = differences?.leftOut, left > 0 {
      text += "left out: \(counted(left, "difference")) in what came from such files\n"
    }
    if let differences { text += compared(differences, console) }
    if let backup { text += "backup: \(Console.shown(backup)), proven\n" }
    if let written { text += "\(Console.shown(written)): \(keptOld == nil ? "written" : "taken over")\n" }
    if let keptOld { text += "the file that stood there is now \(Console.shown(keptOld))\n" }
    return text
  }

  private func compared(_ differences: RowDifferences, _ console: Console) -> String {
    let rows = counted(differences.rows.values.reduce(0, +), "row")
    guard differences.total > 0 else {
      return "compared \(rows): no difference\(differences.newer > 0 ? " but for these" : "")\n"
        + newer(differences, console)
    }
    var text = "compared \(rows): \(counted(differences.total, "difference"))\n"
    text += table(of: differences.shown, console)
    let left = differences.total - differences.shown.count
    if left > 0 { text += "and \(groupedText(Int64(left))) more: \(byTable(differences))\n" }
    if differences.olderReadings > 0 {
      text +=
        "an older appliance read \(counted(differences.olderReadings, "answer or file", plural: "answers and files")) of "
        + "these; what nothing kept of its reading shows to be a newer rule counts as a difference\n"
    }
    return text + newer(differences, console)
  }

  /// What an older edition of the rules had read otherwise, under a heading of its own.
  private func newer(_ differences: RowDifferences, _ console: Console) -> String {
    guard differences.newer > 0 else { return "" }
    let left = differences.newer - differences.newerShown.count
    return "newer rules read \(counted(differences.newer, "value or row", plural: "values and rows")) otherwise "
      + "than an older appliance did\(keptOld == nil ? "; `appliance rebuild --apply` takes them over" : "")\n"
      + table(of: differences.newerShown, console) + (left > 0 ? "and \(groupedText(Int64(left))) more\n" : "")
  }

  private func table(of shown: [RowDifference], _ console: Console) -> String {
    guard !shown.isEmpty else { return "" }
    let table = RowFormat.table.encoder(table: "difference", on: console.screen)
    table.begin(["table", "row", "column", "database", "rebuilt"].map { Column($0, .text) })
    for difference in shown {
      table.text(difference.table)
      table.text(difference.key)
      switch difference.kind {
      case .changed:
        table.text(difference.column ?? "")
        table.text(difference.present ?? "NULL")
        table.text(difference.rebuilt ?? "NULL")
      case .missing:
        table.text("")
        table.text("there")
        table.text("missing")
      case .added:
        table.text("")
        table.text("missing")
        table.text("there")
      }
      table.endRow()
    }
    table.finish()
    return table.output.text
  }

  private func byTable(_ differences: RowDifferences) -> String {
    differences.counts.sorted { $0.key < $1.key }.map { "\($0.key) \(groupedText(Int64($0.value)))" }
      .joined(separator: ", ")
  }

  private func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(groupedText(Int64(count))) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}

// MARK: - JSON

extension RebuildOutcome {
  private var json: JSONValue {
    [
      "version": 1, "outcome": .string(name), "answers": .integer(Int64(report.answers)),
      "unreadable": .integer(Int64(report.unreadable)), "rows": .integer(Int64(report.rows)),
      "seconds": .number(report.seconds),
      "damaged": .array(
        report.damaged.map {
          ["fetch": $0.fetch.map { .integer($0.rawValue) } ?? .null, "detail": .string($0.detail)]
        }),
      "missing": .array(
        report.gone.map { ["fetch": .integer($0.fetch.rawValue), "detail": .string($0.detail)] }),
      "outdated": .array(
        report.outdated.map { ["fetch": .integer($0.fetch.rawValue), "detail": .string($0.detail)] }),
      "left_out": .integer(Int64(differences?.leftOut ?? 0)),
      "compared": differences.map { .integer(Int64($0.rows.values.reduce(0, +))) } ?? .null,
      "differences": differences.map { .integer(Int64($0.total)) } ?? .null,
      "tables": .object(
        (differences?.counts ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) }),
      "shown": .array((differences?.shown ?? []).map(\.json)),
      "newer_rules": .integer(Int64(differences?.newer ?? 0)),
      "newer_shown": .array((differences?.newerShown ?? []).map(\.json)), "written": .optional(written),
      "kept_old": .optional(keptOld), "backup": .optional(backup),
    ]
  }
}
