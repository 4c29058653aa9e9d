extension Migration {
  /// Makes room for what comes next: new classes of assets, kinds of facts and reasons, series without an interval, files
  /// that fill several series, quotas with several windows, values that a decision replaces.
  ///
  /// Lists that were closed by a CHECK are closed in Swift now. Every table is made anew.
  package static let widen = Migration(
    number: 3, name: "widen",
    rewritten: [
      "asset", "series", "fetch", "quota", "import_file", "import_file_series", "quarantine", "gap", "quality_flag",
      "chronicle", "bar_restatement", "price_point_restatement", "sentiment_restatement", "etf_flow_restatement",
      "etf_flow_provisional",
    ],
    preparation: .requestBodies, changes: widerReference + widerEvidence + widerJudgement + widerHistory)
}
