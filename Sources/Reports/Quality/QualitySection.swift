import Health
import Market
import Metrics
import Rendering
import Store

/// What the runs found of a day when they held the record against its checks, and what is there of the weeks before it.
struct QualitySection {
  /// A check as it stood at the end of the day.
  struct Line {
    let check: QualityCheck
    /// Of facts the worst of a week, of what was there then what was found on the day.
    let value: Double
    /// The most that was let pass then; `nil` where the check only informs.
    let threshold: Double?
    /// What it was worst of; `nil` for the whole.
    let worst: QualityMeasurement.Subject?

    var hasFailed: Bool { threshold.map { value > $0 } ?? false }
  }

  let lines: [Line]
  let grid: CoverageGrid

  /// How many days the grid has.
  static let span = 28

  /// `nil` where no run has looked at anything of the day, as in a record of before there were checks.
  ///
  /// - Parameter symbols: of the assets that it is about; `nil` for all.
  init?(of day: Day, assets symbols: [String]?, asOf: Instant, store: Store) throws {
    let assets = symbols.map { Set($0) }
    let lines = try QualityCheck.all.compactMap { check -> Line? in
      let days = check.basis == .facts ? day - 6...day : day...day
      return Line(check, try QualityHistory(of: check, in: days, assets: assets, from: store).found)
    }
    guard !lines.isEmpty else { return nil }
    self.lines = lines
    grid = try CoverageGrid(of: store, in: day - (Self.span - 1)...day, assets: assets, at: asOf)
  }
}

extension QualitySection.Line {
  fileprivate init?(_ check: QualityCheck, _ found: [QualityHistory.Found]) {
    let whole = found.first { $0.subject == .all }
    // Of equal ones the newest, then the first by name.
    let worst = found.filter { $0.subject != .all }.max {
      ($0.value, $0.day, $1.subject.name) < ($1.value, $1.day, $0.subject.name)
    }
    guard let shown = whole ?? worst else { return nil }
    let isSum = if case .count = check.unit { whole == nil } else { false }
    self.init(
      check: check, value: isSum ? found.reduce(0) { $0 + $1.value } : shown.value, threshold: shown.threshold,
      worst: worst.flatMap { $0.value > 0 ? $0.subject : nil })
  }
}

extension QualitySection.Line {
  /// What was found, as a part of a sentence.
  fileprivate var phrase: String {
    let found = check.text(of: value)
    return switch check {
    case .late: "\(found) late"
    case .coverage: "\(found) of what was due is there"
    case .gaps: "\(found) missing inside series"
    case .fold: "days differ from their hours by at most \(found)"
    case .sources: "sources differ by at most \(found)"
    case .funds: "\(found) on which funds miss their total"
    case .refused: "\(found) refused and undecided"
    case .marks: "\(found) marked as odd"
    default: "\(check.name) \(found)"
    }
  }
}

extension QualitySection {
  /// The section: in a sentence where all passed, else what failed as a table; and the grid where it has holes, or is small.
  var blocks: [Block] {
    [.heading("How good the record is", level: 2)] + [.paragraph(sentence)] + table + drawn
  }

  private var sentence: String {
    let failed = lines.count { $0.hasFailed }
    let facts = lines.filter { $0.threshold != nil }.map(\.phrase)
    let informing = lines.filter { $0.threshold == nil && $0.value > 0 }.map(\.phrase)
    let rest = informing.isEmpty ? "" : " Noted: \(enumeration(informing))."
    if failed > 0 { return "\(counted(failed, "check")) of \(lines.count) found more than is let pass." + rest }
    return facts.isEmpty ? "No check has a gate." + rest : "All checks passed: \(enumeration(facts))." + rest
  }

  private var table: [Block] {
    let failed = lines.filter(\.hasFailed)
    guard !failed.isEmpty else { return [] }
    let columns: [Table.Column] = [
      .text("Check"), .figure("Found"), .figure("Let pass"), .text("Worst"), .text("Meaning").minor,
    ]
    let rows = failed.map { line in
      [
        Cell(line.check.name), Cell(line.check.text(of: line.value), value: .number(line.value)),
        Cell(line.check.text(ofThreshold: line.threshold), value: .optional(line.threshold)),
        Cell(line.worst.map { oneLine($0.words) } ?? "–"), Cell(line.check.meaning),
      ]
    }
    return [.table(Table("Checks that failed", columns: columns, rows: rows))]
  }

  private static let mostRows = 30

  private var drawn: [Block] {
    let shown = grid.rows.count > ClassTable.mostAssets ? grid.rows.filter(\.hasHoles) : grid.rows
    guard !shown.isEmpty else { return [] }
    let rows = shown.prefix(Self.mostRows).map { (name: oneLine($0.asset.symbol), marks: $0.marks) }
    let numbers = Table(
      "Days of four weeks",
      columns: [.text("Asset"), .figure("Whole"), .figure("In part"), .figure("Missing")],
      rows: shown.map { row in
        [Cell(oneLine(row.asset.symbol))]
          + [Drawing.Coverage.whole, .part, .none].map { mark in .count(row.marks.count { $0 == mark }) }
      })
    return [
      .figure(
        DrawnFigure(
          "Days of four weeks. Square: whole; half: in part; cross: missing; dot: closed, or before the first day.",
          alternative: "A row of days for each of \(counted(rows.count, "asset")).",
          drawing: .coverage(Array(rows), on: Array(grid.days)), numbers: numbers,
          instead: lines(of: Array(rows))))
    ]
  }

  /// A line for all assets whose days are alike.
  private func lines(of rows: [(name: String, marks: [Drawing.Coverage])]) -> [Prose] {
    var lines: [(marks: String, names: [String])] = []
    for row in rows {
      let marks = String(row.marks.map(\.rawValue))
      if let index = lines.firstIndex(where: { $0.marks == marks }) {
        lines[index].names.append(row.name)
      } else {
        lines.append((marks, [row.name]))
      }
    }
    return lines.map { Prose([.code($0.marks), .plain(" \(enumeration($0.names))")]) }
  }

  /// What it is for programs.
  var json: JSONValue {
    [
      "checks": .array(
        lines.map { line in
          [
            "check": .string(line.check.name), "value": .number(line.value), "threshold": .optional(line.threshold),
            "unit": .string(line.check.unit.word), "failed": .bool(line.hasFailed),
            "worst": .optional(line.worst?.name),
          ]
        }),
      "assets_with_holes_4w": .integer(Int64(grid.rows.count { $0.hasHoles })),
    ]
  }
}
