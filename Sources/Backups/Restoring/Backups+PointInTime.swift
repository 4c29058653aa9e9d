import Formats
import Market

extension Backups {
  /// The path of the newest proven archive that was made at an instant or before it, in the folder or, where it has gone
  /// from there, in the second one.
  ///
  /// - Throws: `notFound` where there is none that old; it tells the oldest.
  package func archive(at instant: Instant) throws(BackupError) -> String {
    var known = try list().backups.map { ($0, folder) }
    if let copyFolder, let others = try listCopies() { known += others.backups.map { ($0, copyFolder) } }
    let proven = known.filter(\.0.isGood)
    let best = proven.filter { $0.0.stamp.instant <= instant }.max { $0.0.stamp < $1.0.stamp }
    if let (backup, folder) = best { return FilePath.join(folder, backup.name) }
    let oldest = proven.map(\.0.stamp).min()
    throw .notSoOld(instant: instant, oldest: oldest?.instant, folder: folder)
  }
}

/// Which moments can be brought back.
package struct BackupCoverage: Hashable, Sendable {
  /// The oldest of them.
  package let first: Instant
  /// The newest of them; where there is one only, the same as `first`.
  package let last: Instant
  /// How many moments there are.
  package let count: Int
  /// The longest time without one, from its beginning to its end; `nil` where there is one moment only.
  package let widestGap: ClosedRange<Instant>?
}

extension BackupList {
  /// Of the proven archives of this database; `nil` where there is none.
  package var coverage: BackupCoverage? {
    let moments = backups.filter(\.isGood).map(\.stamp.instant)
    guard let first = moments.first, let last = moments.last else { return nil }
    let gaps = zip(moments, moments.dropFirst()).map { $0...$1 }
    return BackupCoverage(
      first: first, last: last, count: moments.count,
      widestGap: gaps.max { $0.upperBound - $0.lowerBound < $1.upperBound - $1.lowerBound })
  }

  /// The newest proven one of this database.
  package var newestProven: BackupEntry? { backups.last(where: \.isGood) }
}
