/// For whom statements are written, and how.
package struct SQLForm: Hashable, Sendable {
  /// Whose SQL it is.
  package enum Dialect: String, CaseIterable, Hashable, Sendable {
    /// `INSERT`s, for the `sqlite3` shell.
    case sqlite
    /// `COPY` blocks, for `psql`.
    case postgres
  }

  /// Whose SQL is written.
  package var dialect: Dialect
  /// The columns that tell rows apart: the primary key. Empty for none. SQLite's scripts have none.
  package var key: [String]
  /// At most so many rows an `INSERT` or `COPY`; `nil` for as many as the reader likes.
  package var batch: Int?

  /// For the `sqlite3` shell, without a key and with as many rows at once as it likes, unless said otherwise.
  package init(_ dialect: Dialect = .sqlite, key: [String] = [], batch: Int? = nil) {
    self.dialect = dialect
    self.key = key
    self.batch = batch
  }
}
