import CSQLite
import GRDB
import Market
import SQLite

/// What an older edition of the rules read, and so what today's rules may read otherwise from the same bytes.
///
/// A difference counts as explained only where something that the record kept shows it: the answer can be read now or
/// cannot any more, the row is refused now, or of a file the counts of its import or its days are others (`OlderFile`); or
/// where what is judged and computed hangs on such a series. Every other difference is one that no rule explains, however
/// many there are.
struct NewerRules {
  /// The answers and files that an older edition read, and whether each was a file.
  private let isFile: [Int64: Bool]
  /// Those whose reading ended otherwise than it did, or gives other rows as a whole.
  private let turned: Set<Int64>
  /// Rows that are refused now and were not.
  private let refused: Set<RowKey>
  /// Rows that were refused and are not now.
  private let believed: Set<RowKey>
  /// Files whose rows in quarantine are as many as were counted.
  private let tellingByRefusals: Set<Int64>
  /// Series of sources of which an older edition read something.
  private let series: Set<Int64>
  private let assetOfSeries: [Int64: Int64?]
  /// Assets with bars of days that came before a day had a snapshot of its own bar.
  private let assetsOfDays: Set<Int64>
  /// Series of news whose items have other ids now.
  private let ofSeveralFeeds: Set<Int64>
  private var news: NewerNews
  /// Whether an item of news was told otherwise, or by an edition that folded otherwise: which articles there are, and their
  /// numbers, hang on all items.
  private var areArticlesExplained: Bool
  /// Series and assets in which a difference was explained: what is computed from them differs too.
  private var explainedSeries: Set<Int64> = []
  private var explainedAssets: Set<Int64> = []
  private var areAllAssetsExplained = false
  /// Series with a gap that newer rules took away or told otherwise.
  private var shortened: Set<Int64> = []

  private struct RowKey: Hashable {
    let series: Int64
    let at: Int64
  }

  /// What a table of two files holds, which decides what explains a difference in it.
  enum Content: Sendable {
    /// Rows of an answer; the fetch stands in the column of this name.
    case facts(fetch: String)
    /// How an answer or a file was read.
    case readings
    /// What is odd about rows that are stored.
    case marks
    /// Rows that were refused.
    case refusals
    /// What is missing, and why.
    case gaps
    /// What is computed from facts.
    case derived
    /// What items of news come to.
    case articles
  }

  init(_ present: Database, beside rebuilt: Database, _ kinds: Kinds) throws {
    let sql = "SELECT fetch_id, method = 'IMPORT' AS is_file, read_outcome, source_id FROM fetch WHERE edition < ?"
    let old = try Row.fetchAll(present, sql: sql, arguments: [Reading.edition])
    isFile = Dictionary(uniqueKeysWithValues: old.map { ($0["fetch_id"] as Int64, $0["is_file"] as Bool) })
    let again = try Row.fetchAll(rebuilt, sql: "SELECT fetch_id, read_outcome FROM fetch ORDER BY fetch_id")
    let outcomes = Dictionary(
      uniqueKeysWithValues: again.map { ($0["fetch_id"] as Int64, $0["read_outcome"] as String?) })
    var turned = Set(
      old.compactMap { row in
        let fetch = row["fetch_id"] as Int64
        return outcomes[fetch] == row["read_outcome"] as String? ? nil : fetch
      })
    let isOldFile = isFile
    let files = try Imports.all(present).filter { isOldFile[$0.fetch.rawValue] == true }.map { file in
      try OlderFile(file, kinds, present, beside: rebuilt)
    }
    for file in files where try file.readsOtherwise || file.isMovedByDay(present, beside: rebuilt) {
      turned.insert(file.fetch)
    }
    self.turned = turned
    tellingByRefusals = Set(files.filter(\.tellsByRefusals).map(\.fetch))
    let sources = Set(old.map { $0["source_id"] as Int64 })
    let rows = try Row.fetchAll(present, sql: "SELECT series_id, source_id, asset_id FROM series")
    series = Set(rows.filter { sources.contains($0["source_id"]) }.map { $0["series_id"] })
    assetOfSeries = Dictionary(uniqueKeysWithValues: rows.map { ($0["series_id"] as Int64, $0["asset_id"] as Int64?) })
    assetsOfDays = try NewerRules.assetsOfDays(present)
    news = try NewerNews(present)
    areArticlesExplained = try NewerRules.foldsOtherwise(present)
    ofSeveralFeeds = try NewerRules.seriesOfSeveralFeeds(present)
    let (refusedNow, refusedThen) = (try NewerRules.refused(rebuilt), try NewerRules.refused(present))
    refused = refusedNow.subtracting(refusedThen)
    believed = refusedThen.subtracting(refusedNow)
  }

  /// Whether items were folded into articles before the ninth edition: since the eighth a word in place of another tells
  /// stories apart, and since the ninth a number is told without zeros that say nothing.
  private static func foldsOtherwise(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM fetch JOIN series USING (source_id)
          WHERE series.dataset = 'news_item' AND fetch.edition < 9)
        """) ?? false
  }

  private static func assetsOfDays(_ db: Database) throws -> Set<Int64> {
    let edition = 4  // The first one by whose rules such a bar makes a snapshot.
    return Set(
      try Int64.fetchAll(
        db,
        sql: """
          SELECT DISTINCT asset_id FROM series WHERE dataset = 'bar' AND interval = '1d' AND asset_id IS NOT NULL
            AND EXISTS (SELECT 1 FROM bar JOIN fetch USING (fetch_id)
              WHERE bar.series_id = series.series_id AND fetch.edition < ?)
          """, arguments: [edition]))
  }

  /// Whose items were told apart by their own ids alone, though several feeds bring them: until edition 6.
  private static func seriesOfSeveralFeeds(_ db: Database) throws -> Set<Int64> {
    Set(
      try Int64.fetchAll(
        db,
        sql: """
          SELECT series_id FROM series JOIN source USING (source_id)
          WHERE dataset = 'news_item' AND source.name = 'yahoo' AND EXISTS (
            SELECT 1 FROM fetch WHERE fetch.source_id = series.source_id AND fetch.edition < 6)
          """))
  }

  /// How many readings are of an older edition.
  var count: Int { isFile.count }

  private static func refused(_ db: Database) throws -> Set<RowKey> {
    Set(
      try Row.fetchAll(db, sql: "SELECT series_id, at FROM quarantine WHERE series_id IS NOT NULL AND at IS NOT NULL")
        .map { RowKey(series: $0["series_id"], at: $0["at"]) })
  }

  /// Whether newer rules explain a difference.
  ///
  /// - Parameter rows: the row that differs in each file that has it.
  mutating func explain(_ content: Content, _ kind: RowDifference.Kind, _ rows: [DifferingRow]) -> Bool {
    guard count > 0, let row = rows.first else { return false }
    switch content {
    case .facts(let column):
      let fetches = rows.compactMap { $0.integer(column) }
      let isOfOldNews = fetches.contains { isFile[$0] == false } && news.explains(kind, rows)
      guard isOfOldNews || fetches.contains(where: { explainsFact($0, kind, row) }), let id = row.integer("series_id")
      else {
        return false
      }
      note(series: id)
      return true
    case .readings: return row.integer("fetch_id").map(turned.contains) ?? false
    case .marks: return rows.contains { row in row.integer("fetch_id").map { isFile[$0] != nil } ?? false }
    case .refusals:
      let fetch = row.integer("fetch_id") ?? 0
      if isFile[fetch] == true { return turned.contains(fetch) || tellingByRefusals.contains(fetch) }
      return kind != .changed && turned.contains(fetch) || isNewlyRefused(row)
    case .gaps:
      guard let id = row.integer("series_id"), series.contains(id) else { return false }
      // Newer rules prove less; one more gap only where another of the series ends elsewhere.
      guard kind != .added || explainedSeries.contains(id) || shortened.contains(id) else { return false }
      shortened.insert(id)
      return true
    case .articles: return areArticlesExplained
    case .derived:
      if let asset = row.integer("asset_id") {
        return areAllAssetsExplained || explainedAssets.contains(asset)
          || kind == .added && assetsOfDays.contains(asset)
      }
      return row.integer("series_id").map(explainedSeries.contains) ?? false
    }
  }

  private func isNewlyRefused(_ row: DifferingRow) -> Bool {
    guard let fetch = row.integer("fetch_id"), isFile[fetch] != nil, let id = row.integer("series_id"),
      let at = row.time
    else { return false }
    return refused.contains(RowKey(series: id, at: at))
  }

  private func explainsFact(_ fetch: Int64, _ kind: RowDifference.Kind, _ row: DifferingRow) -> Bool {
    guard let isFile = isFile[fetch] else { return false }
    if turned.contains(fetch) { return true }
    guard let id = row.integer("series_id") else { return false }
    if ofSeveralFeeds.contains(id) { return true }
    guard let at = row.time else { return false }
    let key = RowKey(series: id, at: at)
    guard isFile else { return kind == .missing && refused.contains(key) }
    return tellingByRefusals.contains(fetch) && (refused.contains(key) || believed.contains(key))
  }

  private mutating func note(series id: Int64) {
    explainedSeries.insert(id)
    if news.holds(id) { return areArticlesExplained = true }
    // Without an asset it is the mood of the whole market, which every snapshot shows.
    if let asset = assetOfSeries[id] ?? nil { explainedAssets.insert(asset) } else { areAllAssetsExplained = true }
  }
}

/// The row of a compared table that one file has otherwise than the other, or alone.
struct DifferingRow {
  private let integers: [String: Int64]
  /// The instant of its key, in epoch seconds; of a day, its beginning.
  let time: Int64?

  init(_ statement: borrowing DirectStatement) {
    var integers: [String: Int64] = [:]
    var time: Int64?
    for column in 0..<statement.columnCount {
      let name = statement.columnName(column)
      if statement.kind(column) == SQLITE_INTEGER { integers[name] = statement.integer(column) }
      guard time == nil, ["open_time", "at", "day"].contains(name) else { continue }
      time = integers[name] ?? Day(String(decoding: statement.bytes(column), as: UTF8.self))?.start.epochSeconds
    }
    self.integers = integers
    self.time = time
  }

  func integer(_ column: String) -> Int64? { integers[column] }
}
