import Formats
import Market
import Store

/// What came of the backup at the end of a run.
package enum AutomaticBackup: Hashable, Sendable {
  /// Made; and the names of older automatic ones that were removed.
  case made(BackupMade, removed: [String])
  /// The newest automatic one is younger than the interval; its name and age in seconds.
  case recent(name: String, age: Int64)
  /// Nothing changed since the newest proven one; its name and age in seconds.
  case unchanged(name: String, age: Int64)
}

extension Backups {
  /// `BACKUP_EVERY` where nobody says otherwise: 24 hours.
  package static let usualInterval: Int64 = 86_400

  /// Makes a backup if one is due and anything changed since the last, then thins out the automatic ones.
  ///
  /// Tells that there is nothing to do without reading the facts.
  ///
  /// - Parameters:
  ///   - interval: seconds from one automatic backup to the next.
  ///   - outcome: what the run comes to that makes it as its last deed.
  package func automatic(
    every interval: Int64 = usualInterval, endingRunAs outcome: RunOutcome? = nil
  ) throws(BackupError) -> AutomaticBackup {
    let now = clock.now
    // A clock that was set back leaves backups in its future; beyond an interval they say nothing about now.
    let backups = try list().backups.filter { $0.isGood && $0.stamp.instant - now < interval }
    if let newest = backups.last(where: { $0.automatic == true }), now - newest.stamp.instant < interval {
      _ = try copyNewest()
      return .recent(name: newest.name, age: max(0, now - newest.stamp.instant))
    }
    if let newest = backups.last, try isUnchanged(since: newest) {
      _ = try copyNewest()
      return .unchanged(name: newest.name, age: max(0, now - newest.stamp.instant))
    }
    let made = try create(automatic: true, endingRunAs: outcome)
    let removed = try prune(.automatic).filter { !$0.isKept }.map(\.name)
    // What cannot be thinned out there now can be the next time.
    if reasonForAbsence == nil { _ = try? copies?.prune(.automatic) }
    return .made(made, removed: removed)
  }

  private func isUnchanged(since backup: BackupEntry) throws(BackupError) -> Bool {
    let path = FilePath.join(folder, backup.name)
    return try inBackup(path) {
      guard let proof = try BackupProof.beside(path) else { return false }
      return try Store.readingOfAnyAge(database).changeMark() == proof.changeMark
    }
  }
}
