/// The SQL of what happened to shares on days.
package enum EventStatements {
  private static let columns = "SELECT day, asset, kind, value, unit FROM event_day WHERE day BETWEEN ? AND ?"

  /// Binds two days: all between them, by day and asset.
  package static let onDays = "\(columns) ORDER BY day, asset, kind"
  /// Binds two days and a symbol.
  package static let ofAsset = "\(columns) AND asset = ? ORDER BY day, kind"
}
