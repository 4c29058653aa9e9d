import CSQLite
import GRDB
import Market

/// What can be wrong with the file, told so that a person knows what to do.
package enum StoreError: Error, Hashable, Sendable {
  case noDatabase(path: String)
  /// Not a database of ours: another program's, or no SQLite file at all.
  case foreign(path: String, found: String)
  /// Written by a newer version of the appliance.
  case newer(path: String, version: Int, known: Int)
  /// Written by an older version of the appliance, and not brought up to date yet.
  case older(path: String, version: Int, needed: Int)
  /// It could not be brought to a version of the schema, and is as it was.
  case notMigrated(path: String, version: Int, detail: String)
  /// Another process holds the lock.
  case locked(path: String, holder: String)
  /// The system gives no lock on the file.
  case notLocked(path: String, detail: String)
  /// The database, or the lock beside it, bears its name no more while it is written.
  case displaced(path: String, database: String)
  case corrupt(path: String, detail: String)
  /// Something in its schema is not as this program makes it: a trigger that somebody added, a table that was changed.
  case alteredSchema(path: String, fault: String)
  case diskFull(path: String)
  /// The file or its folder cannot be written.
  case notWritable(path: String, detail: String)
  /// A symbolic link or something else that is no regular file stands where the database should be.
  case notAFile(path: String)
  /// A file filled from a demo capture met live data, or the reverse.
  case mixedOrigin(path: String, holds: String, offered: String)
  /// An answer is about a series that the file does not know.
  case unknownSeries(SeriesKey)
  /// Asked what was known before the first answer came; `since` is when that was.
  case unknownPast(asked: Instant, since: Instant?)
  /// Anything else that SQLite said, with its words and the statement.
  case sqlite(code: Int32, message: String)
}

extension StoreError {
  /// Whether the file is not what it should be.
  package var isIntegrity: Bool {
    switch self {
    case .foreign, .newer, .older, .corrupt, .alteredSchema, .notMigrated, .displaced: true
    case .noDatabase, .locked, .notLocked, .diskFull, .notWritable, .notAFile, .mixedOrigin, .unknownSeries,
      .unknownPast, .sqlite:
      false
    }
  }

  /// Whether it concerns one kept answer and not the whole file.
  package var isAboutOneAnswer: Bool {
    switch self {
    case .unknownSeries: true
    case .corrupt(let path, _): path.hasPrefix("fetch ") || path.hasPrefix("body of fetch ")
    default: false
    }
  }
}

extension StoreError: CustomStringConvertible {
  /// What is wrong, with the path where it matters, and what to do where something helps; for people.
  package var description: String {
    switch self {
    case .noDatabase(let path):
      "no database at \(path); `appliance ingest` makes one, or name another with --home or --db"
    case .foreign(let path, let found):
      "\(path) is not an appliance database (\(found)); it was left as it is. Name another file with --db"
    case .newer(let path, let version, let known):
      "\(path) was written by a newer appliance (schema \(version), this one knows \(known)); it was left as it is. "
        + "Update the appliance"
    case .older(let path, let version, let needed):
      "\(path) was written by an older appliance (schema \(version), this one needs \(needed)); "
        + "the next `appliance ingest` brings it up to date"
    case .notMigrated(let path, let version, let detail):
      "\(path) cannot be brought to schema \(version): \(detail). It was left as it was; `appliance doctor` looks at it"
    case .locked(let path, let holder):
      "another run holds \(path): \(holder). Wait for it, or stop that process; the lock ends with it"
    case .notLocked(let path, let detail):
      "\(path) cannot be locked: \(detail). Nobody else holds it; file systems of a network may know no locks: choose "
        + "another place with --home or --db"
    case .displaced(let path, let database):
      "\(path) was moved, replaced or removed while \(database) was written; what was to be stored last is not in it. "
        + "Put the file back or see what took its place, and run again"
    case .corrupt(let path, let detail):
      "\(path) is damaged: \(detail). Restore the last backup: `appliance backup list`"
    case .alteredSchema(let path, let fault):
      "the schema of \(path) was changed by another program: \(fault) (with `sqlite3 \(path)`, or from a backup). "
        + "Tables and views named my_… are yours and may stay"
    case .diskFull(let path):
      "the disk that holds \(path) is full; what was committed is kept. Free some space and run again"
    case .notWritable(let path, let detail):
      "\(path) cannot be written: \(detail). Check who owns it, or choose another place with --home"
    case .notAFile(let path):
      "\(path) is not a regular file; the database is never opened through a link. Name the file itself with --db"
    case .mixedOrigin(let path, let holds, let offered):
      "\(path) holds \(holds) data and takes no \(offered) data; use another --home for it"
    case .unknownSeries(let key):
      "no series \(key) is known here; add it to the catalogue first"
    case .unknownPast(let asked, let since?):
      "this file knows from \(since); what was known on \(asked) cannot be told"
    case .unknownPast(let asked, nil):
      "this file knows nothing yet, and so nothing of \(asked); `appliance ingest` brings the first answers"
    case .sqlite(let code, let message):
      "SQLite error \(code): \(message)"
    }
  }

  /// The same fault in our words, for the file at `path`.
  package static func of(_ error: any Error, path: String) -> StoreError {
    if let error = error as? StoreError { return error }
    guard let error = error as? DatabaseError else { return .sqlite(code: 1, message: "\(error)") }
    let message = error.message ?? error.resultCode.description
    return switch error.resultCode {
    case .SQLITE_FULL: .diskFull(path: path)
    case .SQLITE_CORRUPT: .corrupt(path: path, detail: message)
    case .SQLITE_NOTADB: .foreign(path: path, found: "not a SQLite file")
    // SQLite takes a lock that the system does not give for one that another program holds.
    case .SQLITE_BUSY:
      .sqlite(
        code: error.extendedResultCode.rawValue,
        message: "\(path) stays locked: another program is in it, or its file system knows no locks. Close that "
          + "program, or choose another place with --home or --db")
    case .SQLITE_CANTOPEN where OpenFiles.areExhausted:
      .sqlite(
        code: error.extendedResultCode.rawValue,
        message: "\(path): too many files are open; raise the limit: ulimit -n 256")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN: .notWritable(path: path, detail: message)
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: .diskFull(path: path)
    case .SQLITE_IOERR:
      .sqlite(
        code: error.extendedResultCode.rawValue,
        message: "\(path): \(message); what was committed is kept. Check the disk that holds it, and run again")
    default: .sqlite(code: error.extendedResultCode.rawValue, message: error.description)
    }
  }
}

extension StoreError {
  /// What a connection that GRDB does not know has met.
  package static func ofSQLite(_ code: Int32, _ message: String, path: String) -> StoreError {
    switch code & 0xFF {
    case SQLITE_CORRUPT: .corrupt(path: path, detail: message)
    case SQLITE_NOTADB: .foreign(path: path, found: "not a SQLite file")
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN: .notWritable(path: path, detail: message)
    default: .sqlite(code: code, message: "\(path): \(message)")
    }
  }
}
