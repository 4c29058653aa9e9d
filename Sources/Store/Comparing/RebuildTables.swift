import Schema

/// Which tables a rebuild takes over as they are, and which it makes anew from the answers.
enum RebuildTables {
  /// Reference, evidence and words, row for row. `summary` is among them since a text may be about a day that is no
  /// longer looked at; what models wrote is read again from their answers. In the order of their references.
  static let carried = [
    "meta", "asset", "asset_group", "asset_former_symbol", "source", "series", "macro_series", "event_number",
    "event_figure", "release_event", "release_title", "feed", "etf", "run",
    "step", "body", "body_base", "fetch", "body_expiry", "quota", "decision", "chronicle", "dim_date",
    "import_file", "import_file_series", "import_part", "saved_query", "model_call", "summary", "quality_result",
  ]

  /// Of those the tables that hold the bytes of answers.
  static let bytes: Set = ["body", "body_base"]

  /// What was believed before of derived rows and of days that were not final: taken over as it was, after everything
  /// was made, which wrote its own. So is which series had values that did not follow their bars: what those were is not
  /// known, and they are computed again.
  static func history(_ kinds: Kinds) -> [String] {
    kinds.all.flatMap { KindTable($0).histories.dropFirst() }
      + DerivedHistory.all.flatMap { ["\($0.table)_made", "\($0.table)_restatement"] } + [
        "indicator_due", "quality_due",
      ]
  }
}

/// How a table of two files is compared: rows in the order of their key, the key's columns first.
struct ComparedTable {
  let name: String
  let keyCount: Int
  let sql: String
  /// What explains a difference in it.
  let content: NewerRules.Content

  /// - Parameter values: columns besides the key.
  private init(
    _ name: String, _ content: NewerRules.Content, key: String, values: String, from: String? = nil,
    ordered: String? = nil
  ) {
    self.name = name
    self.content = content
    keyCount = key.split(separator: ",").count
    sql =
      "SELECT \(key)\(values.isEmpty ? "" : ", \(values)") FROM \(from ?? name) ORDER BY \(ordered ?? key)"
  }

  /// Rows of facts and what they replaced.
  private static func facts(_ kind: Kind) -> [ComparedTable] {
    let table = KindTable(kind)
    let key = table.keys.joined(separator: ", ")
    let values = (table.values + ["fetch_id"]).joined(separator: ", ")
    let places = (1...table.keys.count + 1).map(String.init).joined(separator: ", ")
    return [
      .init(table.name, .facts(fetch: "fetch_id"), key: key, values: values),
      .init(
        table.restatements, .facts(fetch: "fetch_id"), key: "\(key), replaced_by_fetch_id",
        values: "replaced_by_decision_id, replaced_at, \(values)", ordered: "\(places), restatement_id"),
    ]
  }

  /// Everything that is made from the answers.
  static func all(_ kinds: Kinds) -> [ComparedTable] { kinds.all.flatMap(facts) + others + measures }

  /// What follows from bars of days, where it does so in both files, what rules said of them, and the articles that items
  /// come to.
  private static let measures =
    compared(IndicatorStatements.compared + AnalysisStatements.compared, .derived)
    + compared(ArticleStatements.compared, .articles)

  private static func compared(
    _ tables: [IndicatorStatements.Compared], _ content: NewerRules.Content
  ) -> [ComparedTable] {
    tables.map {
      ComparedTable($0.table, content, key: $0.key, values: $0.values, from: "\($0.table) WHERE \($0.settled)")
    }
  }

  private static let others: [ComparedTable] = [
    .init("market_closure", .derived, key: "calendar, day", values: "close_time, reason, decision_id"),
    .init("etf_flow_day", .derived, key: "series_id, day", values: "net_flow_usd, finality"),
    // Numbers of quarantine rows are not compared: they tell only who came first.
    .init(
      "quarantine", .refusals, key: "series_id, at, reason, excerpt", values: "detail, fetch_id, state, decision_id"),
    // Of answers that were stored before there were marks, the file has none.
    .init(
      "quality_flag", .marks, key: "series_id, at, sub_key, rule", values: "detail, fetch_id",
      from: """
        quality_flag
        WHERE fetch_id > coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'marks_since_fetch'), 0)
        """),
    .init(
      "gap", .gaps, key: "gap.series_id AS series_id, from_time",
      values: """
        to_time, missing, gap.reason AS reason, gap.fetch_id AS fetch_id, step_id, quarantine.at AS quarantine_at,
        quarantine.reason AS quarantine_reason, quarantine.excerpt AS quarantine_excerpt
        """, from: "gap LEFT JOIN quarantine USING (quarantine_id)", ordered: "1, 2"),
    .init("price_choice", .derived, key: "asset_id, interval, since_run_id", values: "series_id"),
    .init(
      "market_snapshot", .derived, key: "asset_id, day",
      values: """
        series_id, open, high, low, close, volume, change_24h, volatility_7d, asia_return, europe_return, us_return,
        fng_value, fng_classification, etf_net_flow_usd, etf_net_flow_5d_usd, bars, bars_expected, is_complete
        """),
    // What models said follows from their answers; what rules wrote is made true by a run.
    .init(
      "model_call", .derived, key: "call_id",
      values: "tokens_in, tokens_out, tokens_reasoning, cost, is_estimate, outcome, dropped"),
    .init("summary", .derived, key: "summary_id", values: "text", from: "summary WHERE call_id IS NOT NULL"),
    .init("snapshot_due", .derived, key: "asset_id, day", values: ""),
    // Taken over, and written again where the rows say otherwise.
    .init(
      "quality_result", .derived, key: "check_name, scope, subject, day, run_id", values: "value, observations"),
    .init("rebase", .derived, key: "series_id, fetch_id", values: "factor, cause, rows"),
    .init("series", .derived, key: "series_id", values: "row_count, first_time, last_time"),
    .init("fetch", .readings, key: "fetch_id", values: "read_outcome"),
    .init("import_file", .readings, key: "fetch_id", values: "parts_read, row_count, refused_count"),
  ]
}
