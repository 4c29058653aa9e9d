import Market

extension NamedDataset {
  /// What is missing, and what was not believed.
  package static let judgements = [gap, quarantine, qualityResult]

  /// Every run of missing keys, in the order of the series.
  package static let gap = gaps(title: "what is missing of each series, and why", where: "true")
  /// Those whose reason is not proven: asking again may fill them.
  package static let openGap = gaps(
    title: "what is missing and may yet come", where: "gap.reason IN (\(unproven))")

  /// What it means that there is no row, in words; `nil` where nothing was brought yet.
  package var isEmptyBecause: String? {
    switch name {
    case "gap": "nothing is missing between the first and the last row of any series"
    case "quarantine": "no row was refused"
    case _ where name.hasSuffix("_restatement"): "nothing was replaced by a later answer"
    default: nil
    }
  }

  private static let unproven = GapReason.allCases.filter { !$0.isProven }.map { "'\($0.rawValue)'" }
    .joined(separator: ", ")

  private static func gaps(title: String, where condition: String) -> NamedDataset {
    NamedDataset(
      name: "gap", title: title,
      columns: [
        .fact("asset", .text, "asset.symbol"), .fact("source", .text, "source.name"),
        .fact("reason", .text, "gap.reason"), .instant("from_utc", "gap.from_time"),
        .instant("to_utc", "gap.to_time"), .fact("missing", .integer, "gap.missing"),
        .fact("dataset", .text, "series.dataset").minor,
        .fact("provider_symbol", .text, "series.provider_symbol").reference,
        .fact("interval", .text, "series.interval").minor, .fact("fetch_id", .integer, "gap.fetch_id").reference,
        .fact("quarantine_id", .integer, "gap.quarantine_id").reference,
        .fact("step_id", .integer, "gap.step_id").reference,
      ],
      rhythm: nil,
      layout: .plain(
        from: "gap \(withSeries("gap"))", where: condition,
        order: "asset.symbol, source.name, series.dataset, series.interval, gap.series_id, gap.from_time"),
      asset: "series.asset_id", time: .instant("gap.to_time"))
  }

  private static let quarantine = NamedDataset(
    name: "quarantine", title: "rows that were refused, and why",
    columns: [
      .fact("quarantine_id", .integer), .fact("asset", .text, "asset.symbol"), .fact("source", .text, "source.name"),
      .fact("dataset", .text, "series.dataset").minor, .fact("interval", .text, "series.interval").minor,
      .instant("ts_utc", "quarantine.at"), .fact("reason", .text, "quarantine.reason"),
      .fact("detail", .text, "quarantine.detail"), .fact("excerpt", .text, "quarantine.excerpt").minor,
      .fact("fetch_id", .integer, "quarantine.fetch_id").reference,
    ],
    rhythm: nil,
    layout: .plain(
      from: """
        quarantine
        LEFT JOIN series ON series.series_id = quarantine.series_id
        LEFT JOIN source ON source.source_id = series.source_id
        LEFT JOIN asset ON asset.asset_id = series.asset_id
        """, order: "quarantine.quarantine_id"),
    asset: "series.asset_id", time: .instant("quarantine.at"))

  /// What is followed, and from whom.
  package static let catalogue = [
    NamedDataset(
      name: "asset", title: "what has prices",
      columns: [.fact("asset", .text, "symbol"), .fact("name", .text), .fact("class", .text)], rhythm: nil,
      layout: .plain(from: "asset", order: "symbol"), asset: "asset.asset_id", time: nil),
    NamedDataset(
      name: "source", title: "who tells us",
      columns: [.fact("source", .text, "name"), .fact("title", .text), .fact("homepage", .text)], rhythm: nil,
      layout: .plain(from: "source", order: "name"), asset: nil, time: nil),
    NamedDataset(
      name: "series", title: "what is stored of whom: rows, first, last",
      columns: [
        .fact("asset", .text, "asset.symbol"), .fact("source", .text, "source.name"), .fact("dataset", .text),
        .fact("provider_symbol", .text).reference, .fact("interval", .text), .fact("quote_currency", .text).minor,
        .fact("price_basis", .text).minor, .fact("priority", .integer).minor, .fact("row_count", .integer),
        .instant("first_utc", "first_time"), .instant("last_utc", "last_time"),
      ],
      rhythm: nil,
      layout: .plain(
        from: """
          series
          JOIN source ON source.source_id = series.source_id
          LEFT JOIN asset ON asset.asset_id = series.asset_id
          """,
        order: "asset.symbol, series.dataset, series.priority, series.series_id"),
      asset: "series.asset_id", time: nil),
    NamedDataset(
      name: "etf", title: "the funds whose flows are followed",
      columns: [
        .fact("ticker", .text), .fact("asset", .text, "asset.symbol"), .fact("name", .text, "etf.name"),
        .fact("kind", .text),
      ],
      rhythm: nil,
      layout: .plain(from: "etf JOIN asset ON asset.asset_id = etf.asset_id", order: "asset.symbol, etf.etf_id"),
      asset: "etf.asset_id", time: nil),
    NamedDataset(
      name: "price_choice", title: "whose prices are an asset's, since when",
      columns: [
        .fact("asset", .text, "asset.symbol"), .fact("interval", .text, "choice.interval"),
        .fact("since_run_id", .integer, "choice.since_run_id"), .fact("source", .text, "source.name"),
        .fact("provider_symbol", .text, "series.provider_symbol").reference,
      ],
      rhythm: nil,
      layout: .plain(
        from: "price_choice AS choice \(withSeries("choice"))",
        order: "asset.symbol, choice.interval, choice.since_run_id"),
      asset: "choice.asset_id", time: nil),
  ]

  /// What was done and said.
  package static let records = [
    NamedDataset(
      name: "decision", title: "what you decided, which a rebuild does again",
      columns: [
        .fact("decision_id", .integer), .instant("decided_at"), .fact("kind", .text), .fact("subject", .text),
        .fact("detail", .text),
      ],
      rhythm: .daily, layout: .plain(from: "decision", order: "decision_id"), asset: nil, time: .instant("decided_at")),
    NamedDataset(
      name: "market_closure", title: "days a market was closed against its rules",
      columns: [
        .fact("calendar", .text), .fact("as_of_date", .text, "day"), .fact("close_time", .text), .fact("reason", .text),
        .fact("decision_id", .integer).reference,
      ],
      rhythm: nil, layout: .plain(from: "market_closure", order: "calendar, day"), asset: nil, time: .day("day")),
    summary(where: "true"), modelCall,
    NamedDataset(
      name: "run", title: "when the record was brought up to date",
      columns: [
        .fact("run_id", .integer), .fact("command", .text), .instant("started_at"),
        .instant("finished_at"), .fact("outcome", .text), .fact("version", .text),
      ],
      rhythm: .daily, layout: .plain(from: "run", order: "run_id"), asset: nil, time: .instant("started_at")),
    NamedDataset(
      name: "step", title: "the steps of each run",
      columns: [
        .fact("step_id", .integer), .fact("run_id", .integer), .fact("name", .text, "step.name"),
        .fact("asset", .text, "asset.symbol"), .fact("source", .text, "source.name"), .instant("started_at"),
        .fact("outcome", .text), .fact("reason", .text), .fact("detail", .text), .fact("rows_new", .integer),
        .fact("rows_changed", .integer), .fact("rows_unchanged", .integer), .fact("rows_refused", .integer),
        .fact("requests", .integer), .fact("bytes", .integer), .fact("seconds", .real),
      ],
      rhythm: .hourly,
      layout: .plain(
        from: """
          step
          LEFT JOIN series ON series.series_id = step.series_id
          LEFT JOIN source ON source.source_id = series.source_id
          LEFT JOIN asset ON asset.asset_id = series.asset_id
          """, order: "step_id"),
      asset: "series.asset_id", time: .instant("started_at")),
    NamedDataset(
      name: "fetch", title: "every request and what came back, no bodies",
      columns: [
        .fact("fetch_id", .integer), .fact("run_id", .integer), .fact("source", .text, "source.name"),
        .fact("method", .text), .fact("url", .text), .instant("asked_at"), .instant("received_at"),
        .fact("elapsed_ms", .integer), .fact("status", .integer), .fact("wire_bytes", .integer),
        .fact("error", .text), .fact("read_outcome", .text), .fact("body_bytes", .integer, "body.size"),
        .fact("body_sha256", .text, "lower(hex(body.sha256))"),
      ],
      rhythm: .hourly,
      layout: .plain(
        from: """
          fetch
          JOIN source ON source.source_id = fetch.source_id
          LEFT JOIN body ON body.body_id = fetch.body_id
          """, order: "fetch_id"),
      asset: nil, time: .instant("asked_at")),
    NamedDataset(
      name: "body_expiry", title: "answers of feeds whose bytes were let go",
      columns: [
        .fact("fetch_id", .integer), .instant("expired_at"), .fact("rule", .text),
        .fact("body_bytes", .integer, "size"), .fact("body_sha256", .text, "lower(hex(sha256))"),
      ],
      rhythm: .daily, layout: .plain(from: "body_expiry", order: "fetch_id"), asset: nil,
      time: .instant("expired_at"), identity: ["fetch_id"]),
  ]

  private static func withSeries(_ table: String) -> String {
    """
    JOIN series ON series.series_id = \(table).series_id
    JOIN source ON source.source_id = series.source_id
    LEFT JOIN asset ON asset.asset_id = series.asset_id
    """
  }
}
