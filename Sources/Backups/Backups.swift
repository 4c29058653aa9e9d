import Formats
import Market
import Store

/// The backups of one database: made, proven, listed, brought back and thinned out in one folder.
///
/// Other databases may keep theirs in the same folder; they are listed, verified and copied, and left alone else.
/// Every call blocks, for as long as the disk needs: call it from a thread of its own. All throw `BackupError`.
package struct Backups: Sendable {
  /// The file that is backed up.
  package let database: String
  /// That file, where the caller has it open already; else it is opened to ask what record it is.
  package var record: Store?
  /// Where the archives and their proofs are.
  package internal(set) var folder: String
  /// Where sets of CSV files go besides; `nil` where they are switched off.
  package internal(set) var csvFolder: String?
  let settings: [Setting]
  let version: String
  /// What stamps, proofs and looks at archives take the time from; tests set it.
  package var clock: Clock
  let onProgress: @Sendable (BackupPhase, Double) -> Void
  /// With one, archives are encrypted with it, and no CSV files are left in the clear beside them.
  package var passphrase: Passphrase?
  /// A second folder, on another disk, that gets a copy of every archive; `nil` for none.
  package var copyFolder: String?
  /// Asked now and then; once it says so, what is under way ends with `interrupted`.
  package var shouldStop: @Sendable () -> Bool = { false }
  /// Tests take less.
  var workFactor = WorkFactor.usual
  /// What an archive is written through; tests put a full disk here.
  var throughSink: @Sendable (any ByteSink) -> any ByteSink = { $0 }

  /// A setting that goes into an archive. None that is named like a key is ever written.
  package struct Setting: Hashable, Sendable {
    /// As the user sets it: `settings.env` in the archive has it under this name.
    package let name: String
    /// As text, in the clear.
    package let value: String

    /// A setting; secrets must have been left out before.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// - Parameters:
  ///   - version: of the appliance, for manifests and proofs.
  ///   - onProgress: called with what is going on and the fraction of it that is done, from any thread.
  package init(
    of database: String, in folder: String, csvFolder: String?, settings: [Setting], version: String, clock: Clock,
    onProgress: @escaping @Sendable (BackupPhase, Double) -> Void = { _, _ in }
  ) {
    self.database = database
    self.folder = folder
    self.csvFolder = csvFolder
    self.settings = settings
    self.version = version
    self.clock = clock
    self.onProgress = onProgress
  }

  /// Where CSV files go, if anywhere.
  var openCSVFolder: String? { passphrase == nil ? csvFolder : nil }

  func checkpoint() throws(BackupError) {
    if shouldStop() { throw .interrupted }
  }

  /// The path of an archive that was named: a bare name lies in the folder.
  func path(of archive: String) -> String {
    archive.contains("/") ? archive : FilePath.join(folder, archive)
  }
}

/// What a backup is doing, in the order in which it does it; the raw value is for people.
package enum BackupPhase: String, CaseIterable, Hashable, Sendable {
  case copying = "copying the database"
  case archiving = "writing the archive"
  case unpacking = "reading the archive back"
  case comparing = "comparing"
}
