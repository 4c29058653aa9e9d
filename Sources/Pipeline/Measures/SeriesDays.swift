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
    let closes = try closes(from: start.time, file)
    var changes = Changes(instead: try stored(from: time, file), of: series, most: closes.count, file)
    for (offset, close) in closes.enumerated() {
      let (opening, position) = (close.time.epochSeconds, start.position + offset)
      if opening >= time, position > 0, position % DailyIndicators.block == 0, let state = course.state {
        try keep(state, after: position, before: opening, file)
      }
      let values = course.take(close.close)
      if opening >= time { try changes.take(Row(time: opening, values: values)) }
    }
    return try changes.end()
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

  /// Writes the rows that differ from what is stored, as they come: years of days are never held.
  private struct Changes {
    private let series: SeriesID
    private let file: Statements
    /// What is stored behind the last row that came.
    private var stored: ArraySlice<Row>
    private var waiting: [Row] = []
    private var counts = StepCounts()

    /// So many are held, which is a whole number of statements.
    private static let held = 512

    /// - Parameters:
    ///   - old: what is stored from the first row on, by time.
    ///   - most: how many rows may come.
    init(instead old: [Row], of series: SeriesID, most: Int, _ file: Statements) {
      (self.series, self.file, stored) = (series, file, old[...])
      waiting.reserveCapacity(min(Self.held, most))
    }

    /// Takes the row that comes next by time.
    mutating func take(_ row: Row) throws {
      while let gone = stored.first, gone.time < row.time { try delete(stored.removeFirst()) }
      let same = stored.first?.time == row.time ? stored.removeFirst() : nil
      guard same?.values != row.values else {
        counts.unchanged += 1
        return
      }
      if same == nil { counts.new += 1 } else { counts.changed += 1 }
      waiting.append(row)
      if waiting.count == Self.held { try write() }
    }

    /// Nothing comes any more.
    mutating func end() throws -> StepCounts {
      for gone in stored { try delete(gone) }
      try write()
      return counts
    }

    /// Sixteen by one statement, which is a third faster, and the rest one by one.
    private mutating func write() throws {
      let whole = waiting.count - waiting.count % 16
      try write(waiting[..<whole], by: 16)
      try write(waiting[whole...], by: 1)
      waiting.removeAll(keepingCapacity: true)
    }

    private func write(_ rows: ArraySlice<Row>, by count: Int) throws {
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

    private mutating func delete(_ row: Row) throws {
      try file.run(IndicatorStatements.delete, series.rawValue, row.time)
      counts.changed += 1
    }
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
