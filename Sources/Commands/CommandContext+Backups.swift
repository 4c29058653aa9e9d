import Backups
import Market
import Store

extension CommandContext {
  /// The backups of this home.
  ///
  /// - Parameter onProgress: told what is going on.
  func backups(
    at clock: Clock, onProgress: @escaping @Sendable (BackupPhase, Double) -> Void = { _, _ in }
  ) throws -> Backups {
    var backups = backups(
      at: clock, csvFolder: try settings.flag(.csvBackup) ? settings.path(.csvPath) : nil, onProgress)
    backups.passphrase = try passphrase()
    return backups
  }

  /// The same for looking at what proofs say, which needs neither a passphrase nor sound settings.
  ///
  /// - Parameter record: the database, where it is open already.
  func closedBackups(at clock: Clock, of record: Store? = nil) -> Backups {
    var backups = backups(at: clock, csvFolder: nil) { _, _ in }
    backups.record = record
    return backups
  }

  private func backups(
    at clock: Clock, csvFolder: String?, _ onProgress: @escaping @Sendable (BackupPhase, Double) -> Void
  ) -> Backups {
    var backups = Backups(
      of: databasePath, in: settings.home.backups, csvFolder: csvFolder,
      settings: settings.withoutSecrets.map { Backups.Setting(name: $0.0, value: $0.1) }, version: version,
      clock: clock, onProgress: onProgress)
    backups.copyFolder = settings[.backupCopyPath] == nil ? nil : settings.path(.backupCopyPath)
    return backups
  }

  /// Removes what killed runs left of unfinished work, and says so.
  func sweep(_ backups: Backups) {
    let left = backups.sweepLeftovers()
    if left.count > 0 { console.say("\(left.words), is removed") }
  }

  /// `BACKUP_EVERY` in seconds.
  func backupInterval() throws -> Int64 { try seconds(.backupEvery) }

  /// `VERIFY_EVERY` in seconds.
  func verificationInterval() throws -> Int64 { try seconds(.verifyEvery) }

  private func seconds(_ setting: Setting) throws -> Int64 {
    let text = settings[setting] ?? ""
    guard let span = TimeSpan(argument: text) else {
      throw Failure(.usage, "\(setting.name): '\(text)' is no length of time; write it like 24h or 7d")
    }
    return span.seconds
  }
}
