extension Migration {
  /// Questions that the user keeps by name.
  static let savedQueryTables = ""
}
