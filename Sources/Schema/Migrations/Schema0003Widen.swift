extension Migration {
  /// Makes room for what comes next: new classes of assets, kinds of facts and reasons, series without an interval, files
  /// that fill several series, quotas with several windows, values that a decision replaces.
  ///
  /// Lists that were closed by a CHECK are closed in Swift now. Every table is made anew.
  package static let widen = Migration(
    number: 3, name: "widen",
    filled: ["import_file_series"],
    preparation: .requestBodies, changes: widerReference + widerEvidence + widerJudgement + widerHistory)
}
