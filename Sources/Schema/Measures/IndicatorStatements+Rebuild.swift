extension IndicatorStatements {
  /// A table of what follows from bars of days, as it is held against the same table of a file that was made anew.
  package struct Compared: Sendable {
    /// Its name.
    package let table: String
    /// The columns that tell rows apart, and the others.
    package let key, values: String
    /// The condition that nothing of a row is due to be computed again: what it was before that is not known.
    package let settled: String
  }

  /// All of them.
  package static let compared = [
    Compared(
      table: "indicator_value", key: "series_id, open_time", values: values.joined(separator: ", "),
      settled: "series_id NOT IN (SELECT series_id FROM indicator_due)"),
    Compared(
      table: "indicator_checkpoint", key: "series_id, open_time",
      values: (["position"] + state).joined(separator: ", "),
      settled: "series_id NOT IN (SELECT series_id FROM indicator_due)"),
    Compared(
      table: "series_volatility", key: "series_id", values: "day, volatility_30d, observations",
      settled: "NOT EXISTS (SELECT 1 FROM indicator_due)"),
    Compared(
      table: "series_correlation", key: "series_a, series_b", values: "day, correlation, observations",
      settled: "NOT EXISTS (SELECT 1 FROM indicator_due)"),
  ]
}
