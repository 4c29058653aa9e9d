import Commands
import Health
import Market
import Metrics
import Rendering

/// The checks as a table, and what is to be done about them.
struct QualityTable {
  let report: QualityReport
  let context: CommandContext

  func print(_ format: RowFormat) throws {
    if format != .table { return try Console.output(rows(format)) }
    try Console.output(text + "\n" + troubles.joined())
    if report.unchecked > 0 {
      context.console.say(
        "\(groupedText(Int64(report.unchecked))) series moved since they were looked at: "
          + "`appliance ingest --only quality` looks")
    }
  }

  /// `fold: BTC 0.4 % on 2025-09-18; late: 3 series`
  static func words(ofFailed report: QualityReport) -> String {
    report.failed.map { TerminalText.escaped("\($0.check.name): \($0.trouble() ?? "")") }.joined(separator: "; ")
  }

  // MARK: For people

  private var text: String {
    let columns = [
      Column("check", .text), Column("now", .text), Column("gate", .text, .range), Column("verdict", .text),
      Column("trend", .text, .minor), Column("worst", .text, .minor), Column("meaning", .text, .reference),
    ]
    // Columns that have no room are those that lead elsewhere: `quality gates` tells what each check means.
    return tableText("quality", columns, report.lines, on: context.console.screen) { line, row in
      row.text(line.check.name)
      row.text(line.value.map(line.check.text) ?? "–")
      row.text(line.check.text(ofThreshold: line.threshold) + (line.isThresholdSet ? " *" : ""))
      row.text(line.check.basis == .schema ? "✓ always" : line.verdict.word)
      row.text(QualityTable.trend(of: line))
      row.text(line.worst.map { TerminalText.truncated(TerminalText.escaped($0.words), to: 20) } ?? "")
      row.text(line.check.meaning)
    }
  }

  /// A mark for each of the last two weeks, which stands on zero.
  private static func trend(of line: QualityReport.Line) -> String {
    let values = line.trend.suffix(14).map(\.value)
    guard let most = values.compactMap(\.self).max() else { return "" }
    // Zeros alone would stand halfway.
    return String(sparkline(of: [0, max(most, 1e-9)] + values).dropFirst(2))
  }

  private var troubles: [String] {
    let style = context.console.style
    return report.failed.map { line in
      let trouble = TerminalText.escaped(line.trouble() ?? "")
      let text = "\(line.check.name): \(trouble); \(context.typed(line.next))"
      let lines = LabelledText.folded(text, to: max(20, (Console.width() ?? 100) - 2))
      return style.red(lines.joined(separator: "\n  ")) + "\n"
    }
  }

  // MARK: For programs

  private func rows(_ format: RowFormat) -> String {
    let columns = [
      Column("check", .text), Column("value", .real), Column("unit", .text), Column("threshold", .real),
      Column("verdict", .text), Column("observations", .integer), Column("worst", .text), Column("worst_day", .text),
      Column("meaning", .text),
    ]
    let encoder = format.encoder(table: "quality", on: context.console.screen)
    encoder.begin(columns)
    for line in report.lines {
      encoder.text(line.check.name)
      line.value.map(encoder.real) ?? encoder.null()
      encoder.text(line.check.unit.word)
      line.threshold.map(encoder.real) ?? encoder.null()
      encoder.text(line.verdict.rawValue)
      encoder.integer(Int64(line.observations))
      line.worst.map { encoder.text($0.name) } ?? encoder.null()
      line.day.map { encoder.text($0.description) } ?? encoder.null()
      encoder.text(line.check.meaning)
      encoder.endRow()
    }
    encoder.finish()
    return encoder.output.text
  }
}

extension QualityReport.Verdict {
  /// In a word, with a sign that needs no colour.
  var word: String {
    switch self {
    case .passed: "✓ passed"
    case .failed: "✗ FAILED"
    case .noted: "noted"
    case .unmeasured: "nothing"
    }
  }
}
