import GRDB
import SQLite
import Schema

/// Whose a file is, asked of it before SQLite sees it, and what must be true of it afterwards.
package enum StoreFile {
  /// Looks at a file as it lies there, before it is opened in earnest: that leaves shared memory beside a database with
  /// a write-ahead log, and nothing may be left beside one that is not ours.
  ///
  /// Only the file's first bytes are read, which say whose it is: opening it twice would read its whole schema twice.
  ///
  /// - Returns: whether they do; where they do not, whoever opens the file must look.
  @discardableResult
  package static func inspect(_ path: String, _ kinds: Kinds = .standard) throws -> Bool {
    // One that cannot be read, or not so far: opening it in earnest tells why.
    guard let header = DatabaseHeader(path) else { return false }
    guard header.isDatabase else { throw StoreError.foreign(path: path, found: "not a SQLite file") }
    if header.isCut { return false }
    // What a log holds is not seen here; a file whose first commits are still in it is looked at later.
    if header.mark == 0, DatabaseFile.hasLog(path) || header.version == 0 && header.hasNoTables { return false }
    // What brings it up to date may be in the log.
    try verify(mark: header.mark, version: header.version, kinds, mayBeOlder: true, path: path)
    return true
  }

  /// Ours, and neither from the future nor, unless it may be, from the past. A file that SQLite made and nobody has
  /// filled, as a kill in the first moment leaves it, is no database to a reader and an empty one to a writer.
  static func verify(_ db: Database, _ kinds: Kinds, path: String, mayBeOlder: Bool, mayBeEmpty: Bool = false) throws {
    let mark = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try db.migrationNumber()
    if mark == 0, version == 0, try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0 {
      if mayBeEmpty { return }
      throw StoreError.noDatabase(path: path)
    }
    try verify(mark: mark, version: version, kinds, mayBeOlder: mayBeOlder, path: path)
  }

  /// What its two numbers say of a file: whose it is, and of which version.
  package static func verify(
    mark: Int32, version: Int, _ kinds: Kinds = .standard, mayBeOlder: Bool, path: String
  ) throws(StoreError) {
    guard mark == applicationID else { throw .foreign(path: path, found: "application id \(mark)") }
    let latest = kinds.migrations.count
    guard version <= latest else { throw .newer(path: path, version: version, known: latest) }
    guard mayBeOlder || version == latest else { throw .older(path: path, version: version, needed: latest) }
  }
}
