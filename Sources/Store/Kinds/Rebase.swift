import GRDB
import Market
import SQLite

/// A provider that corrects its prices for splits restates all of them when a share is split: every row of before it by one
/// factor. That is one event and no thousand corrections, and half of it would be worse than none.
struct Rebase: Hashable, Sendable {
  /// The series whose rows are restated.
  let series: SeriesID
  /// New price for one of before.
  let factor: Double
  /// `split 4 for 1 on 2020-08-31`
  let cause: String
  /// Whether the reading speaks for all rows that are stored; else it would leave old prices behind new ones.
  let isWhole: Bool

  /// Figures of one price before and after differ from the factor by no more than single precision explains.
  private static let tolerance = 1e-6

  /// What a reading shows of it: a split that is not stored, and by which all its rows that are stored and older differ.
  static func found(in reading: Reading, _ db: Database) throws -> Rebase? {
    guard let (bars, splits) = try candidates(in: reading, db), let first = bars.facts.firstTime,
      let series = try StoredCatalogue.series(bars.series, db), series.basis == .splitAdjusted,
      let extent = series.extent, case .bars(let rows) = bars.facts
    else { return nil }
    let stored = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT open_time, open, close FROM bar WHERE series_id = ? AND open_time BETWEEN ? AND ?"),
      arguments: [series.id.rawValue, first.epochSeconds, rows[rows.count - 1].openTime.epochSeconds])
    let told = Dictionary(rows.map { ($0.openTime.epochSeconds, $0) }) { first, _ in first }
    var compared = 0
    for row in stored {
      guard let bar = told[row["open_time"]] else { continue }
      let factor = splits.reduce(1.0) { $1.day.start > bar.openTime ? $0 / $1.value : $0 }
      guard factor != 1 else { continue }
      compared += 1
      guard isRestated(row["close"], bar.close, by: factor), isRestated(row["open"], bar.open, by: factor) else {
        return nil
      }
    }
    guard compared > 0 else { return nil }
    return Rebase(
      series: series.id, factor: splits.reduce(1.0) { $0 / $1.value },
      cause: splits.map(\.spelled).joined(separator: ", "),
      isWhole: bars.covers.map { $0.lowerBound <= extent.lowerBound } ?? false)
  }

  /// The bars of a reading and the splits beside them that are news; `nil` where there are none.
  private static func candidates(
    in reading: Reading, _ db: Database
  ) throws -> (bars: SeriesReading, splits: [Split])? {
    guard let bars = reading.parts.first(where: { $0.series.holdsBars && $0.facts.count > 0 }),
      let actions = reading.parts.first(where: { $0.series.dataset == .corporateAction })
    else { return nil }
    let splits = (0..<actions.facts.count).compactMap {
      Split(actions.facts.key(at: $0), actions.facts.figures(at: $0))
    }
    guard !splits.isEmpty else { return nil }
    let known = Set(
      try Row.fetchAll(
        db,
        sql: """
          SELECT day, value FROM corporate_action JOIN series USING (series_id) JOIN source USING (source_id)
          WHERE kind = ? AND provider_symbol = ? AND source.name = ?
          """,
        arguments: [
          CorporateActionKind.split.rawValue, actions.series.providerSymbol, actions.series.provider.description,
        ]
      ).compactMap { row in Day(row["day"] as String).map { Split(day: $0, value: row["value"]) } })
    let news = splits.filter { !known.contains($0) }
    return news.isEmpty ? nil : (bars, news)
  }

  private static func isRestated(_ old: Double, _ new: Double, by factor: Double) -> Bool {
    old > 0 && abs(new / old / factor - 1) <= tolerance
  }

  /// Notes it with the answer that told it, where it moved any row.
  func note(rows: Int, from fetch: FetchID, _ db: Database) throws {
    guard rows > 0 else { return }
    try db.run(
      "INSERT INTO rebase (series_id, factor, cause, fetch_id, rows) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
      [series.rawValue, factor, cause, fetch.rawValue, rows])
  }
}

/// New shares for old ones.
private struct Split: Hashable {
  let day: Day
  /// How many there are for each one of before.
  let value: Double

  init(day: Day, value: Double) {
    self.day = day
    self.value = value
  }

  init?(_ key: FactKey, _ figures: [FigureValue]) {
    guard key.text == CorporateActionKind.split.rawValue, let day = key.at?.day, let value = figures.first?.number,
      value > 0
    else { return nil }
    self.init(day: day, value: value)
  }

  /// `split 4 for 1 on 2020-08-31`, `split 1 for 8 on 2021-08-02`
  var spelled: String {
    let (new, old) = value >= 1 ? (value, 1) : (1, 1 / value)
    return "split \(Split.text(new)) for \(Split.text(old)) on \(day)"
  }

  private static func text(_ shares: Double) -> String {
    let rounded = (shares * 1e6).rounded() / 1e6
    return Int64(exactly: rounded).map(String.init) ?? "\(rounded)"
  }
}
