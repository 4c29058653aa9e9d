import Market

/// A backup that was made, restored to a scratch file and compared.
package struct BackupMade: Hashable, Sendable {
  /// When it was made, as its name bears it.
  package let stamp: BackupStamp
  /// Its file name in the folder.
  package let name: String
  /// The archive itself; its proof lies beside it.
  package let path: String
  /// Bytes of the archive.
  package let size: Int
  /// Whether a run made it by itself; those made by hand are never thinned out.
  package let automatic: Bool
  /// When everything in it had been compared.
  package let provenAt: Instant
  /// Tables compared, and the rows in them.
  package let tables: Int
  /// Of all its tables together.
  package let rows: Int
  /// Paths of the CSV files in the CSV folder; empty where they are switched off.
  package let csvFiles: [String]
  /// What came of copying it to the second folder; `nil` where none is set.
  package var copy: BackupCopy?
}
