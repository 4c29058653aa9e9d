import Market
import Metrics
import SQLite
import Schema

/// The days of one series, and what is kept of each of them.
struct SeriesDays {
  let series: SeriesID
  /// What restates its closes for splits; `nil` where it holds no bar.
  let factors: AdjustmentFactors?

  /// Where the values of a series go on.
  private struct Start {
    var time = Int64.min
    var position = 0
    var state: DailyIndicators.State?
  }

  private struct Row {
    let time: Int64
    let values: DailyIndicators.Values
  }

  /// Computes the rows from an instant on and writes those that differ.
  ///
  /// No more than two blocks of days before that instant are read.
  func follow(from time: Int64, _ file: Statements) throws -> StepCounts {
    let start = try start(before: time, file)
    try file.run(IndicatorStatements.forgetCheckpoints, series.rawValue, time)
    var course = DailyIndicators(from: start.state)
    var rows: [Row] = []
    for (offset, close) in try closes(from: start.time, file).enumerated() {
      let (opening, position) = (close.time.epochSeconds, start.position + offset)
      if opening >= time, position > 0, position % DailyIndicators.block == 0, let state = course.state {
        try keep(state, after: position, before: opening, file)
      }
      let values = course.take(close.close)
      if opening >= time { rows.append(Row(time: opening, values: values)) }
    }
    return try write(rows, instead: try stored(from: time, file), file)
  }

  /// Two checkpoints before the instant: the averages are right once they have gone over the block between them.
  private func start(before time: Int64, _ file: Statements) throws -> Start {
    let rows = try file.kept(IndicatorStatements.checkpoints, series.rawValue, time)
    guard try rows.step(), try rows.step() else { return Start() }
    let numbers = IndicatorStatements.state.indices.map { rows.real(Int32($0) + 2) }
    return Start(time: rows.integer(0), position: Int(rows.integer(1)), state: DailyIndicators.State(numbers))
  }

  private func keep(_ state: DailyIndicators.State, after count: Int, before opening: Int64, _ file: Statements) throws
  {
    let statement = try file.kept(IndicatorStatements.keepCheckpoint, series.rawValue, opening, Int64(count))
    for (index, number) in state.all.enumerated() { statement.bind(number, at: Int32(index) + 4) }
    try statement.run()
  }

  private func closes(from time: Int64, _ file: Statements) throws -> [DatedClose] {
    restated(try file.kept(IndicatorStatements.closes, series.rawValue, time).datedCloses())
  }

  /// The closes restated for splits.
  func restated(_ closes: [DatedClose]) -> [DatedClose] { factors?.adjusted(closes) ?? closes }

  private func stored(from time: Int64, _ file: Statements) throws -> [Row] {
    let statement = try file.kept(IndicatorStatements.rows, series.rawValue, time)
    var rows: [Row] = []
    while try statement.step() {
      let values = IndicatorStatements.values.indices.map { statement.realIfAny(Int32($0) + 1) }
      rows.append(Row(time: statement.integer(0), values: DailyIndicators.Values(values)))
    }
    return rows
  }

  /// - Parameter old: what is stored from the same instant on; both by time.
  private func write(_ rows: [Row], instead old: [Row], _ file: Statements) throws -> StepCounts {
    var counts = StepCounts()
    var stored = old[...]
    var other: [Row] = []
    for row in rows {
      while let gone = stored.first, gone.time < row.time { try delete(stored.removeFirst(), &counts, file) }
      let same = stored.first?.time == row.time ? stored.removeFirst() : nil
      guard same?.values != row.values else {
        counts.unchanged += 1
        continue
      }
      if same == nil { counts.new += 1 } else { counts.changed += 1 }
      other.append(row)
    }
    for gone in stored { try delete(gone, &counts, file) }
    try write(other, file)
    return counts
  }

  /// Sixteen by one statement, which is a third faster, and the rest one by one.
  private func write(_ rows: [Row], _ file: Statements) throws {
    let whole = rows.count - rows.count % 16
    try write(rows[..<whole], by: 16, file)
    try write(rows[whole...], by: 1, file)
  }

  private func write(_ rows: ArraySlice<Row>, by count: Int, _ file: Statements) throws {
    guard !rows.isEmpty else { return }
    let statement = try file.kept(IndicatorStatements.write(count))
    let last = Int32(count * (2 + IndicatorStatements.values.count))
    var parameter: Int32 = 0
    for row in rows {
      statement.bind(series.rawValue, at: parameter + 1)
      statement.bind(row.time, at: parameter + 2)
      parameter += 2
      row.values.hand { value in
        parameter += 1
        statement.bind(value, at: parameter)
      }
      if parameter == last {
        try statement.run()
        parameter = 0
      }
    }
  }

  private func delete(_ row: Row, _ counts: inout StepCounts, _ file: Statements) throws {
    try file.run(IndicatorStatements.delete, series.rawValue, row.time)
    counts.changed += 1
  }
}

extension DirectStatement {
  /// Its rows, of which each is a time and a close.
  borrowing func datedCloses() throws -> [DatedClose] {
    var closes: [DatedClose] = []
    while try step() { closes.append(DatedClose(time: Instant(epochSeconds: integer(0)), close: real(1))) }
    return closes
  }
}
