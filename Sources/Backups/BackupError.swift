import Formats
import Market
import SQLite
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a backup could not be made, believed or brought back.
package enum BackupError: Error, Hashable, Sendable {
  /// What was written is not what is there: `path`, and which member, table or byte count.
  case integrity(path: String, detail: String)
  /// A file is there already and was left as it is.
  case exists(path: String)
  case notFound(path: String)
  /// No proven archive was made at that instant or before it; the oldest one there is.
  case notSoOld(instant: Instant, oldest: Instant?, folder: String)
  case diskFull(path: String)
  /// A file or folder that cannot be read or written.
  case unreadable(path: String, detail: String)
  /// Written by a newer version of the appliance.
  case newer(path: String, version: Int, known: Int)
  /// It is encrypted and nobody gave a passphrase.
  case passphraseMissing(path: String)
  /// Its proof says that not a byte of it was altered, so that the passphrase is another.
  case wrongPassphrase(path: String)
  /// The passphrase does not open it, and no proof tells whether it was altered.
  case notOpened(path: String)
  /// Encrypted by an earlier version in a format that this one does not read.
  case earlierEncryption(path: String)
  /// Somebody asked for an end; nothing was left behind.
  case interrupted
  /// What the database said: locked, not there, foreign.
  case store(StoreError)
}

extension BackupError {
  /// Whether a file is damaged or from the future, as opposed to a missing one or a full disk.
  package var isIntegrity: Bool {
    switch self {
    case .integrity, .newer, .store(.corrupt), .store(.newer), .store(.foreign): true
    default: false
    }
  }
}

extension BackupError {
  /// Whether the archive itself is not what it was, as opposed to one that could not be looked at just now.
  var isDamage: Bool {
    switch self {
    case .integrity, .store(.corrupt), .store(.foreign): true
    default: false
    }
  }

  /// Whether an archive stayed closed, for want of the right passphrase or of a reader; what is in it may be good.
  var leavesClosed: Bool {
    switch self {
    case .passphraseMissing, .wrongPassphrase, .notOpened, .earlierEncryption: true
    default: false
    }
  }
}

extension BackupError: CustomStringConvertible {
  /// What is wrong, with the path where it matters, and what to do where something helps; for people.
  package var description: String {
    switch self {
    case .integrity(let path, let detail):
      "\(path): \(detail). Do not rely on it; `appliance backup list` shows the others"
    case .exists(let path):
      "\(path) is there already and was left as it is; choose another name, or give --force to keep it under another"
    case .notFound(let path):
      "there is no \(path); `appliance backup list` shows the backups there are"
    case .notSoOld(let instant, let oldest, let folder):
      "no proven backup in \(folder) is as old as \(instant); "
        + (oldest.map { "the oldest is of \($0)" } ?? "there is none") + ". `appliance backup list` shows them"
    case .diskFull(let path):
      "the disk that holds \(path) is full; nothing of the backup was left there. Free some space and try again"
    case .unreadable(let path, let detail):
      "\(path): \(detail)"
    case .newer(let path, let version, let known):
      "\(path) was written by a newer appliance (format \(version), this one knows \(known)). Update the appliance"
    case .passphraseMissing(let path):
      "\(path) is encrypted; set BACKUP_PASSPHRASE or give --passphrase-file"
    case .wrongPassphrase(let path):
      "\(path): this is not the passphrase that it was encrypted with. Nothing was written; try another one"
    case .notOpened(let path):
      "\(path): wrong passphrase or damaged header. Nothing was written; try another passphrase, or an archive that has "
        + "its proof beside it"
    case .earlierEncryption(let path):
      "\(path) was encrypted in an earlier version's own format, which this version does not read. Restore it with the "
        + "version that made it, then make a new backup with this one"
    case .interrupted:
      "interrupted; nothing was left behind"
    case .store(let error):
      error.description
    }
  }

  /// What is wrong, without the file and without the advice.
  package var reason: String {
    switch self {
    case .integrity(_, let detail), .unreadable(_, let detail): detail
    default: description
    }
  }
}

extension BackupError {
  /// The same fault in this room's words.
  static func of(_ error: any Error, path: String) -> BackupError {
    switch error {
    case let error as BackupError: error
    case let error as FileError: .of(error)
    case let error as ArchiveError: .of(error, path: path)
    case let error as EncryptionError: .of(error, path: path)
    case let error as StoreError: .of(error)
    default: .unreadable(path: path, detail: "\(error)")
    }
  }

  private static func of(_ error: FileError) -> BackupError {
    switch error {
    case .failed(_, _, Stoppable.code): .interrupted
    case .failed(_, let path, ENOSPC), .failed(_, let path, EDQUOT): .diskFull(path: path)
    case .exists(let path): .exists(path: path)
    case _ where error.isMissing: .notFound(path: error.path)
    default: .unreadable(path: error.path, detail: error.description)
    }
  }

  private static func of(_ error: ArchiveError, path: String) -> BackupError {
    switch error {
    case .file(let error): of(error)
    case .encryption(let error): of(error, path: path)
    case .damaged, .tooLarge, .windowTooLarge, .entryRefused: .integrity(path: path, detail: error.description)
    case .zstdMissing, .notWritten: .unreadable(path: path, detail: error.description)
    }
  }

  private static func of(_ error: EncryptionError, path: String) -> BackupError {
    switch error {
    case .notOpened: .notOpened(path: path)
    case .memory, .armored, .otherRecipient: .unreadable(path: path, detail: error.description)
    default: .integrity(path: path, detail: error.description)
    }
  }

  private static func of(_ error: StoreError) -> BackupError {
    switch error {
    case .diskFull(let path): .diskFull(path: path)
    case .newer(let path, let version, let known): .newer(path: path, version: version, known: known)
    default: .store(error)
    }
  }
}

/// Runs `body` and tells any failure in this room's words.
func inBackup<T>(_ path: String, _ body: () throws -> T) throws(BackupError) -> T {
  do { return try body() } catch { throw .of(error, path: path) }
}

/// Runs `body`, which reads a scratch file, and tells what is wrong with it as a fault of `path`, its origin.
func blaming<T>(_ path: String, _ body: () throws -> T) throws -> T {
  do {
    return try body()
  } catch StoreError.corrupt(_, let detail) {
    throw BackupError.integrity(path: path, detail: "the database is damaged: \(detail)")
  } catch StoreError.foreign(_, let found) {
    throw BackupError.integrity(path: path, detail: "what is in it is not an appliance database (\(found))")
  } catch StoreError.newer(_, let version, let known) {
    throw BackupError.newer(path: path, version: version, known: known)
  }
}
