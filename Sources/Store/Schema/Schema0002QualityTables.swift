extension Migration {
  /// What is doubted about a stored row, and what was decided about a refused one.
  static let qualityTables = ""
}
