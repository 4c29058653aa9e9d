import Market

/// A backup that was made, restored to a scratch file and compared.
package struct BackupMade: Hashable, Sendable {
  package let stamp: BackupStamp
  /// Its file name in the folder.
  package let name: String
  package let path: String
  /// Bytes of the archive.
  package let size: Int
  package let automatic: Bool
  package let provenAt: Instant
  /// Tables compared, and the rows in them.
  package let tables: Int
  package let rows: Int
  /// Paths of the CSV files in the CSV folder; empty where they are switched off.
  package let csvFiles: [String]
  /// What came of copying it to the second folder; `nil` where none is set.
  package var copy: BackupCopy?
}
