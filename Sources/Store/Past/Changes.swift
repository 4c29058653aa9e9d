import GRDB
import Market
import SQLite

/// A row that a later answer restated: what it said, what it says, who said so.
package struct Change: Hashable, Sendable {
  /// The series whose row was restated.
  package let series: StoredSeries
  /// How `why` asks for the row.
  package let asked: AskedForm
  /// The row's key within the series.
  package let key: FactKey
  /// The figures that differ, with the value that was replaced and the one that took its place.
  package let figures: [(field: FigureField, old: FigureValue, new: FigureValue)]
  /// The answer that had taught the old values.
  package let oldFetch: FetchID
  /// The answer that said otherwise, or the user's decision.
  package let replacedBy: Replacement
  /// When we learned it.
  package let replacedAt: Instant

  /// Whether it is of what feeds told, whose words are edited at any time: nothing that is counted followed from them.
  package var isOfNews: Bool { series.key.dataset == .newsItem }
  /// The open time, the instant of a sample, or the start of the day.
  package var at: Instant { key.at ?? Instant.representable.lowerBound }
  /// The fund, in a table of flows.
  package var ticker: String? { key.text }

  /// By series, key and what replaced it; the figures follow from these.
  package static func == (a: Change, b: Change) -> Bool {
    (a.series.id, a.key, a.replacedBy) == (b.series.id, b.key, b.replacedBy)
  }

  /// Of what `==` compares.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(series.id)
    hasher.combine(key)
    hasher.combine(replacedBy)
  }
}

/// Which restatements are wanted.
package struct ChangeSelection: Hashable, Sendable {
  /// Only what we learned at this instant or later; `nil` for everything.
  package var since: Instant?
  /// Symbols; `nil` for all, those about no asset too.
  package var assets: [String]?
  /// At most so many, the newest; must not be negative.
  package var limit: Int

  /// Everything, newest first up to `limit`, but for what is narrowed.
  package init(since: Instant? = nil, assets: [String]? = nil, limit: Int) {
    self.since = since
    self.assets = assets
    self.limit = limit
  }
}

extension Past {
  /// What providers changed afterwards, newest first and news behind all else, that they do not crowd out figures; how many
  /// there are beyond the limit; and what was restated as a whole after a split, whose rows are not told one by one.
  ///
  /// - Complexity: reads the restatements, which are few, and never the facts but by key.
  package func changes(_ selection: ChangeSelection) throws(StoreError) -> (
    changes: [Change], leftOut: Int, rebases: [StoredRebase]
  ) {
    try read { db in
      let series = try Past.seriesByID(db)
      let rebases = try StoredRebase.all(selection, db)
      var replaced: [ReplacedRow] = []
      for kind in kinds.all {
        let (condition, arguments) = ReplacedRow.condition(selection)
        replaced += try ReplacedRow.all(of: KindTable(kind), where: condition, arguments, db)
      }
      replaced.removeAll { row in
        series[row.series].map { series in rebases.contains { $0.groups(row.replacedBy, of: series) } } ?? false
      }
      replaced.sort { $0.isBefore($1) }
      let changes = try replaced.prefix(selection.limit).compactMap { row in
        try series[row.series].flatMap { try row.change(of: $0, db) }
      }
      return (changes, max(0, replaced.count - selection.limit), rebases)
    }
  }

  /// The restatements of a kind whose time lies in a stretch, in the order of series, key and replacement.
  func changes(of kind: Kind, in span: ClosedRange<Instant>, _ db: Database) throws -> [Change] {
    let table = KindTable(kind)
    let series = try Past.seriesByID(db)
    let ends: StatementArguments = [
      table.timeValue(span.lowerBound), table.timeValue(span.upperBound),
    ]
    let rows = try ReplacedRow.all(of: table, where: "\(table.time) BETWEEN ? AND ?", ends, db)
      .sorted { $0.id < $1.id }
    let changes = try rows.compactMap { row in try series[row.series].flatMap { try row.change(of: $0, db) } }
    return changes.sorted { $0.place < $1.place }
  }

  private static func seriesByID(_ db: Database) throws -> [SeriesID: StoredSeries] {
    Dictionary(
      try Row.fetchAll(db, sql: StoredSeries.selection).map { (SeriesID($0["series_id"]), try StoredSeries($0)) }
    ) { first, _ in first }
  }
}

extension Change {
  /// By asset and source, then by key, then the oldest replacement first.
  fileprivate var place: (String, String, FactKey, Instant) {
    (series.asset ?? "", series.key.provider.description, key, replacedAt)
  }
}

/// One row of a table of restatements.
private struct ReplacedRow {
  let table: KindTable
  /// Its number, in the order in which rows were replaced.
  let id: Int64
  let series: SeriesID
  let key: FactKey
  let old: [FigureValue]
  let oldFetch: FetchID
  let replacedBy: Replacement
  let replacedAt: Instant

  private var isOfNews: Bool { table.kind.dataset == .newsItem }

  /// The newest first, news last.
  func isBefore(_ other: ReplacedRow) -> Bool {
    if isOfNews != other.isOfNews { return other.isOfNews }
    return (other.replacedAt, series, key) < (replacedAt, other.series, other.key)
  }

  private static let columns = [
    "restatement_id", "series_id", "fetch_id", "replaced_by_fetch_id", "replaced_by_decision_id", "replaced_at",
  ]

  static func condition(_ selection: ChangeSelection) -> (String, StatementArguments) {
    let since: StatementArguments = [selection.since?.epochSeconds ?? .min]
    guard let assets = selection.assets else { return ("replaced_at >= ?", since) }
    return (
      """
      replaced_at >= ? AND series_id IN (SELECT series_id FROM series JOIN asset USING (asset_id)
        WHERE asset.symbol IN (\(assets.map { _ in "?" }.joined(separator: ", "))))
      """, since + StatementArguments(assets)
    )
  }

  static func all(
    of table: KindTable, where condition: String, _ arguments: StatementArguments, _ db: Database
  ) throws -> [ReplacedRow] {
    let history = table.restatements
    let columns =
      table.spelledKey
      + (ReplacedRow.columns + table.values).map { "\(history).\($0)" }
    return try Row.fetchAll(
      db, sql: "SELECT \(columns.joined(separator: ", ")) FROM \(table.joined(history)) WHERE \(condition)",
      arguments: arguments
    ).map { row in
      ReplacedRow(
        table: table, id: row["restatement_id"], series: SeriesID(row["series_id"]), key: try table.key(row),
        old: table.figures(row),
        oldFetch: FetchID(row["fetch_id"]), replacedBy: Replacement(row),
        replacedAt: Instant(epochSeconds: row["replaced_at"]))
    }
  }

  /// The row with what took its place: what the next restatement of it replaced, else what stands now.
  func change(of series: StoredSeries, _ db: Database) throws -> Change? {
    guard let cells = try table.cells(of: key, in: series, db) else { return nil }
    let next = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT \(table.values.joined(separator: ", ")) FROM \(table.restatements)
          WHERE \(table.isKey) AND restatement_id > ? ORDER BY restatement_id LIMIT 1
          """), arguments: cells + [id]
    ).map(table.figures)
    guard let new = try next ?? table.row(cells, db)?.values else { return nil }
    let figures = zip(table.kind.shape.fields, zip(old, new)).compactMap { field, values in
      values.0 == values.1 ? nil : (field, values.0, values.1)
    }
    // What a decision left as it was is known from another answer now.
    if figures.isEmpty, case .decision = replacedBy { return nil }
    return Change(
      series: series, asked: table.kind.asked, key: key, figures: figures,
      oldFetch: oldFetch, replacedBy: replacedBy, replacedAt: replacedAt)
  }
}
