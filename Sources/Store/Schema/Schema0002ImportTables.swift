extension Migration {
  /// Files that were brought in by hand, in the order in which their bytes came.
  static let importTables = ""
}
