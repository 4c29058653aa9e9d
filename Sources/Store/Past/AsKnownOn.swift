import CSQLite
import GRDB
import Market
import Newsdesk
import SQLite
import Schema

/// Makes a connection see the file as it was known at an instant: every later answer is left out, and what it replaced
/// stands again.
///
/// Views of the connection itself take the names of the tables, so that every query finds them first and nothing else
/// has to change: named datasets, reports, `why`. The promised views are made once more beside them from their own text,
/// because a view of the file only sees tables of the file. Nothing is written; a connection without them pays nothing.
///
/// What counts as known:
/// - a fact: from the instant of the answer that taught it to us, until the instant of the one that replaced it;
/// - a row whose provider gives the date of publication itself (a vintage, as macro series have): from that date, and of
///   several vintages of an observation the newest; where answers alone count (`Measure.answers`) as any other fact;
/// - a choice of prices: from the start of its run; a snapshot, a sum of flows, a summary: from when it was made;
/// - what is kept of the days of a series: up to the first of its bars that came or changed since, and nothing where a
///   split came since; what it was from there on is not kept;
/// - a gap or a refused row: from its evidence. A gap that was filled since is not known any more.
package struct AsKnownOn {
  let instant: Instant
  private let kinds: Kinds
  private let file: PlainConnection
  /// Whether the names of the tables of facts are left to somebody else, who puts views over those made here.
  private let leavesNames: Bool
  private let measure: Measure
  /// The condition that a fetch had come by then, of the column of that name.
  private let hasCome: (String) -> String

  /// Looks up which answers had come.
  ///
  /// Fetches are numbered as they come, but for those under way side by side: up to `sure` all have come, beyond `last`
  /// none, and only between the two is it looked up for each row.
  ///
  /// - Parameters:
  ///   - leavesNames: whether the views of facts are called as `told` says, and not by the names of their tables.
  ///   - measure: by what it counts as known that its provider had published something.
  /// - Throws: `StoreError.unknownPast` where none had.
  package init(
    _ instant: Instant, _ kinds: Kinds, _ file: PlainConnection, leavesNames: Bool = false,
    measure: Measure = .publication
  ) throws(StoreError) {
    self.instant = instant
    self.leavesNames = leavesNames
    self.measure = measure
    self.kinds = kinds
    self.file = file
    let time = instant.epochSeconds
    let first = try file.integer("SELECT received_at FROM main.fetch ORDER BY fetch_id LIMIT 1")
      .map(Instant.init(epochSeconds:))
    // Before the first answer there is what was published by then, for whoever asks for nothing else.
    guard let first, first <= instant || measure == .publicationAlone else {
      throw StoreError.unknownPast(asked: instant, since: first)
    }
    let last =
      try file.integer("SELECT fetch_id FROM main.fetch WHERE received_at <= \(time) ORDER BY fetch_id DESC LIMIT 1")
      ?? 0
    let firstLater = try file.integer(
      "SELECT fetch_id FROM main.fetch WHERE received_at > \(time) ORDER BY fetch_id LIMIT 1")
    let sure = min(last, firstLater.map { $0 - 1 } ?? last)
    hasCome =
      sure == last
      ? { "\($0) <= \(last)" }
      : {
        """
        (\($0) <= \(sure) OR \($0) <= \(last) AND \($0) IN
          (SELECT fetch_id FROM main.fetch WHERE fetch_id > \(sure) AND received_at <= \(time)))
        """
      }
  }

  /// Makes the views on this connection; it must not have prepared a statement on the tables before.
  package func prepare() throws(StoreError) {
    try file.run("PRAGMA temp_store = MEMORY")
    for kind in kinds.all { try makeFacts(KindTable(kind)) }
    for history in DerivedHistory.all { try file.run(derived(history)) }
    try file.run(
      EvidenceStatements.asKnown(
        at: instant.epochSeconds, hasCome: hasCome,
        orRunIsShown: isEvidence("run_id IN (SELECT run_id FROM main.fetch WHERE fetch_id IN"),
        orFetchIsShown: isEvidence("(fetch_id IN")))
    try makeSeries()
    try file.run(QualityStatements.asKnown(at: instant.epochSeconds))
    try file.run(IndicatorStatements.asKnown(on: instant.day.description, hasCome: hasCome, hasReplacementCome))
    try file.run(AnalysisStatements.asKnown(at: instant.epochSeconds))
    try file.run(ArticleStatements.asKnown)
    let items = leavesNames ? AsKnownOn.told("news_item") : "news_item"
    try PastMentions.complete(file, items: items, hasCome: hasCome)
    try file.run("CREATE TEMP VIEW \(AsKnownOn.eventsUntil) AS SELECT \(instant.epochSeconds) AS at")
    // Those of all vintages end here, and were made above.
    let made = kinds.all.map { $0.dataset.rawValue + AsKnownOn.published } + [AsKnownOn.eventsUntil]
    for view in try file.rows("SELECT name, sql FROM main.sqlite_schema WHERE type = 'view' ORDER BY rowid") {
      guard let name = view[0], let sql = view[1], !made.contains(name) else { continue }
      // A view of the user that goes round these would show what is known now: asked of the past it fails, and says why.
      let isBypass = sql.lowercased().contains("main")
      let refusal = "\(name), which speaks of the schema main and so not of the past".quotedForSQL
      try file.run(
        isBypass ? "CREATE TEMP VIEW \(name.quotedForSQL) AS SELECT * FROM \(refusal)" : AsKnownOn.temporary(sql))
    }
  }

  /// Tables of the connection that the views read and that nobody else is to name.
  package static func inner(_ kinds: Kinds = .standard) -> [String] {
    kinds.all.flatMap { [$0.dataset.rawValue + then, told($0.dataset.rawValue)] } + [extents, IndicatorStatements.cuts]
      + ArticleStatements.mentionsThen
  }
  /// The view of the facts known then, where the name of their table is left to somebody else.
  package static func told(_ table: String) -> String { table + "_told" }
  private static let then = "_then"
  private static let eventsUntil = "events_until"
  private static let extents = "known_extent"

  /// The text that makes a view, making it on the connection.
  private static func temporary(_ sql: String) -> String {
    let words = "CREATE VIEW"
    return sql.uppercased().hasPrefix(words) ? "CREATE TEMP VIEW" + sql.dropFirst(words.count) : sql
  }

  // MARK: Facts

  /// Rows that stood then and were replaced since go to a small table of the connection; the view takes them in place of
  /// what replaced them. It is no union, so that joins and look-ups by key stay what they are.
  private func makeFacts(_ table: KindTable) throws(StoreError) {
    let columns = table.keys + table.values + ["fetch_id"]
    let list = columns.joined(separator: ", ")
    let replaced = table.histories.map { history in
      """
      SELECT \(list) FROM main.\(history)
      WHERE \(isKnown(table, "")) AND NOT \(hasReplacementCome)
      """
    }
    let stood = table.name + AsKnownOn.then
    try file.run(
      """
      CREATE TEMP TABLE \(stood) (\(list), PRIMARY KEY (\(table.keys.joined(separator: ", ")))) WITHOUT ROWID;
      INSERT OR REPLACE INTO \(stood) \(replaced.joined(separator: "\nUNION ALL\n")) ORDER BY fetch_id;
      """)
    let isEmpty = try file.rows("SELECT 1 FROM temp.\(stood) LIMIT 1").isEmpty
    try file.run(isEmpty ? plainView(of: table, list) : viewWithReplaced(of: table) + (try viewOfGone(of: table, list)))
    if case .vintages(let column) = table.kind.history { try file.run(vintages(of: table, column, list)) }
    for history in table.histories {
      try file.run("CREATE TEMP VIEW \(history) AS SELECT * FROM main.\(history) WHERE \(hasReplacementCome)")
    }
  }

  /// The condition that what replaced a row had come by then: an answer, or a decision of the user.
  private var hasReplacementCome: String {
    "iif(replaced_by_fetch_id IS NULL, replaced_at <= \(instant.epochSeconds), \(hasCome("replaced_by_fetch_id")))"
  }

  private func plainView(of table: KindTable, _ columns: String) -> String {
    "CREATE TEMP VIEW \(known(table)) AS SELECT \(columns) FROM main.\(table.name) WHERE \(isKnown(table, ""))"
  }

  /// The view of the rows known then: of a kind with vintages a step before the one that bears the table's name.
  private func known(_ table: KindTable) -> String {
    if case .vintages = table.kind.history { table.name + AsKnownOn.published } else { final(table) }
  }

  /// The view that stands for a table of facts.
  private func final(_ table: KindTable) -> String { leavesNames ? AsKnownOn.told(table.name) : table.name }
  /// What follows the name of a kind with vintages, where all of them are meant that were published by then.
  package static let published = "_published"

  /// By whose date publications are told.
  private var dayInNewYork: Day { LocalClock("America/New_York")?.day(at: instant) ?? instant.day }

  /// Whether a row was known then: by its answer, or by the day on which its provider published it.
  private func isKnown(_ table: KindTable, _ prefix: String) -> String {
    if case .vintages(let column) = table.kind.history, measure != .answers {
      "\(prefix)\(column) <= '\(dayInNewYork)'"
    } else {
      hasCome("\(prefix)fetch_id")
    }
  }

  /// Of rows that differ in their vintage alone, the newest; all of them where the file is to be as it was, which had them.
  private func vintages(of table: KindTable, _ vintage: String, _ columns: String) -> String {
    if measure == .answers {
      return "CREATE TEMP VIEW \(final(table)) AS SELECT \(columns) FROM temp.\(known(table))"
    }
    let isSame = table.keys.filter { $0 != vintage }.map { "later.\($0) = row.\($0)" }.joined(separator: " AND ")
    return """
      CREATE TEMP VIEW \(final(table)) AS SELECT \(columns) FROM temp.\(known(table)) AS row
      WHERE NOT EXISTS (
        SELECT 1 FROM temp.\(known(table)) AS later WHERE \(isSame) AND later.\(vintage) > row.\(vintage))
      """
  }

  /// What stood then and is gone from the table, since a decision took it back: a part of the view only where there is such
  /// a row.
  private func viewOfGone(of table: KindTable, _ columns: String) throws(StoreError) -> String {
    let isSame = table.keys.map { "now.\($0) = gone.\($0)" }.joined(separator: " AND ")
    let gone = """
      SELECT \(columns) FROM temp.\(table.name)\(AsKnownOn.then) AS gone
      WHERE NOT EXISTS (SELECT 1 FROM main.\(table.name) AS now WHERE \(isSame))
      """
    return try file.rows("\(gone) LIMIT 1").isEmpty ? "" : "\nUNION ALL\n\(gone)"
  }

  /// Where an answer came first and was read last, the row that stands now is known and wins. One that stands now since a
  /// decision took back what came after it does not.
  private func viewWithReplaced(of table: KindTable) -> String {
    let isAsNow = "(\(hasCome("now.fetch_id")) AND now.fetch_id >= coalesce(old.fetch_id, 0))"
    let isKnown = isKnown(table, "now.")
    let columns =
      table.keys.map { "now.\($0) AS \($0)" }
      + (table.values + ["fetch_id"]).map { "iif(\(isAsNow) OR old.fetch_id IS NULL, now.\($0), old.\($0)) AS \($0)" }
    return """
      CREATE TEMP VIEW \(known(table)) AS SELECT \(columns.joined(separator: ", ")) FROM main.\(table.name) AS now
      LEFT JOIN temp.\(table.name)\(AsKnownOn.then) AS old ON \(table.keys.map { "old.\($0) = now.\($0)" }.joined(separator: " AND "))
      WHERE \(isKnown) OR old.fetch_id IS NOT NULL
      """
  }

  // MARK: What is derived

  private func derived(_ history: DerivedHistory) -> String {
    let time = instant.epochSeconds
    let columns = history.key + history.values
    let isSame = history.key.map { "made.\($0) = now.\($0)" }.joined(separator: " AND ")
    return """
      CREATE TEMP VIEW \(history.table) AS
      SELECT \(columns.map { "now.\($0)" }.joined(separator: ", ")) FROM main.\(history.table) AS now
      JOIN main.\(history.table)_made AS made ON \(isSame) WHERE made.made_at <= \(time)
      UNION ALL
      SELECT \(columns.joined(separator: ", ")) FROM main.\(history.table)_restatement
      WHERE made_at <= \(time) AND replaced_at > \(time);
      CREATE TEMP VIEW \(history.table)_made AS
      SELECT \((history.key + ["made_at", "run_id"]).joined(separator: ", ")) FROM main.\(history.table)_made
      WHERE made_at <= \(time)
      UNION ALL
      SELECT \((history.key + ["made_at", "run_id"]).joined(separator: ", ")) FROM main.\(history.table)_restatement
      WHERE made_at <= \(time) AND replaced_at > \(time);
      CREATE TEMP VIEW \(history.table)_restatement AS
      SELECT * FROM main.\(history.table)_restatement WHERE replaced_at <= \(time);
      """
  }

  // MARK: What was done

  /// Whoever asks only for what was published by then also sees the later answers that told of it.
  private func isEvidence(_ condition: String) -> String {
    guard measure == .publicationAlone else { return "" }
    let published = kinds.all.filter { if case .vintages = $0.history { true } else { false } }
    return published.map {
      " OR \(condition) (SELECT fetch_id FROM temp.\($0.dataset.rawValue)\(AsKnownOn.published)))"
    }.joined()
  }

  /// The counters of each series as they were then: counted, since only those of now are kept.
  private func makeSeries() throws(StoreError) {
    let columns = try file.texts("SELECT name FROM pragma_table_info('series', 'main') ORDER BY cid")
    let extents = AsKnownOn.extents
    try file.run(
      """
      CREATE TEMP TABLE \(extents) (
        series_id INTEGER PRIMARY KEY, row_count INTEGER NOT NULL, first_time INTEGER, last_time INTEGER);
      """)
    for row in try file.rows("SELECT series_id, dataset FROM main.series WHERE row_count > 0") {
      guard let series = row[0], let kind = row[1].flatMap(Dataset.init(rawValue:)).flatMap({ kinds[$0] }) else {
        continue
      }
      let table = KindTable(kind)
      try file.run(
        """
        INSERT INTO \(extents)
        SELECT \(series), \(table.counters)
        FROM temp.\(final(table)) WHERE series_id = \(series)
        """)
    }
    let counters: Set<String> = ["row_count", "first_time", "last_time"]
    let selected = columns.map { column in
      switch column {
      case "row_count": "coalesce(\(extents).row_count, 0) AS row_count"
      case let name where counters.contains(name): "\(extents).\(name) AS \(name)"
      case let name: "series.\(name) AS \(name)"
      }
    }
    try file.run(
      """
      CREATE TEMP VIEW series AS SELECT \(selected.joined(separator: ", "))
      FROM main.series AS series LEFT JOIN temp.\(extents) ON \(extents).series_id = series.series_id
      """)
  }
}

extension AsKnownOn {
  /// The same on a connection of GRDB's, which is told that the tables are others now.
  static func prepare(
    _ db: Database, _ kinds: Kinds, path: String, asOf instant: Instant, measure: Measure
  ) throws {
    guard let handle = db.sqliteConnection else {
      throw StoreError.sqlite(code: SQLITE_MISUSE, message: "no connection")
    }
    try AsKnownOn(instant, kinds, PlainConnection(handle: handle, path: path), measure: measure).prepare()
    db.clearSchemaCache()
  }
}
