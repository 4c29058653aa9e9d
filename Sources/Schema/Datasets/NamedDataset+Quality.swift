import Market

extension NamedDataset {
  /// What the runs found when they held the record against its checks; of each subject and day the newest.
  package static let qualityResult = NamedDataset(
    name: "quality_result", title: "checks of the record, by subject and day",
    columns: [
      .fact("check_name", .text, "result.check_name").naming, .fact("scope", .text, "result.scope").minor,
      .fact("subject", .text, "result.subject").naming, .fact("as_of_date", .text, "result.day"),
      .fact("value", .real, "result.value"), .fact("observations", .integer, "result.observations").minor,
      .fact("threshold", .real, "result.threshold"),
      .fact("verdict", .text, verdict), .instant("measured_at", "result.measured_at").minor,
      .fact("run_id", .integer, "result.run_id").reference,
    ],
    rhythm: nil,
    layout: .plain(
      from: "quality_result AS result",
      where: """
        result.value IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM quality_result AS later
          WHERE later.check_name = result.check_name AND later.scope = result.scope AND later.subject = result.subject
            AND later.day = result.day AND later.run_id > result.run_id)
        """,
      order: "result.check_name, result.scope, result.subject, result.day"),
    asset: "(SELECT asset_id FROM asset AS named WHERE result.scope = 'asset' AND named.symbol = result.subject)",
    time: .day("result.day"), identity: ["check_name", "scope", "subject", "as_of_date"],
    meanings: [
      "check_name": ColumnMeaning(text: "which check; `appliance quality gates` says what each means", unit: nil),
      "scope": ColumnMeaning(text: "asset, class or all: what the subject is", unit: nil),
      "subject": ColumnMeaning(text: "symbol of an asset, name of a class, or empty for the whole record", unit: nil),
      "as_of_date": ColumnMeaning(
        text: "the day that was looked at: of the facts, or of the run where it looked at what is there now",
        unit: "UTC day"),
      "value": ColumnMeaning(text: "what was found; more is worse", unit: "by check: a fraction, or a count"),
      "observations": ColumnMeaning(text: "rows that it was found from", unit: "rows"),
      "threshold": ColumnMeaning(
        text: "the most that is let pass, as it was set then; empty for none", unit: "as value"),
      "verdict": ColumnMeaning(text: "passed or failed against it; empty without one", unit: nil),
      "measured_at": ColumnMeaning(text: "when a run found it", unit: "UTC"),
    ])

  private static let verdict = """
    CASE WHEN result.threshold IS NULL THEN NULL WHEN result.value > result.threshold THEN 'failed' ELSE 'passed' END
    """
}
