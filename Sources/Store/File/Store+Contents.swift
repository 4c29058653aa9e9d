import SQLite

extension Store {
  /// The content of every table of ours, by name. Reads the whole file, as of one moment.
  ///
  /// - Parameters:
  ///   - names: the tables wanted; `nil` for all.
  ///   - progress: called with the fraction of the tables that is done.
  package func contents(
    of names: Set<String>? = nil, progress: (Double) -> Void = { _ in }
  ) throws(StoreError) -> [TableContent] {
    try read { db in
      let tables = try db.tables().filter { names?.contains($0) ?? true }
      return try tables.enumerated().map { index, table in
        defer { progress(Double(index + 1) / Double(tables.count)) }
        return try db.content(of: table)
      }
    }
  }
}
