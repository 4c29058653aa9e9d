import Schema
import Store

/// What the files of a backup are called.
enum BackupNames {
  static let databaseMember = "appliance.db"
  static let settingsMember = "settings.env"
  /// Locked while archives are copied to the second folder.
  static let copyLock = ".copying.lock"
  static let manifestMember = "manifest.json"

  private static let plainSuffix = ".tar.zst"
  private static let encryptedSuffix = ".tar.zst.age"

  static func archive(_ stamp: BackupStamp, isEncrypted: Bool = false) -> String {
    "appliance_\(stamp)\(isEncrypted ? encryptedSuffix : plainSuffix)"
  }
  /// Every name that an archive of that stamp can have.
  static func archives(_ stamp: BackupStamp) -> [String] { suffixes.map { "appliance_\(stamp)\($0)" } }
  private static let suffixes = [plainSuffix, encryptedSuffix, EarlierEncryption.suffix]

  /// Whether a name is one of an encrypted archive, also of an earlier version's.
  static func isEncrypted(_ name: some StringProtocol) -> Bool {
    name.hasSuffix(encryptedSuffix) || name.hasSuffix(EarlierEncryption.suffix)
  }
  static func proof(ofArchive name: String) -> String { name + ".proof.json" }
  static func csv(_ view: NamedDataset, _ stamp: BackupStamp) -> String { "\(view.name)_\(stamp).csv" }

  /// The stamp of an archive's name; `nil` for a name that is not one.
  static func stamp(ofArchive name: some StringProtocol) -> BackupStamp? {
    guard name.hasPrefix("appliance_"), let suffix = suffixes.first(where: { name.hasSuffix($0) }) else { return nil }
    return BackupStamp(name.dropFirst("appliance_".count).dropLast(suffix.count))
  }

  /// The archive that a proof's name belongs to.
  static func archive(ofProof name: some StringProtocol) -> String? {
    guard name.hasSuffix(".proof.json") else { return nil }
    let archive = String(name.dropLast(".proof.json".count))
    return stamp(ofArchive: archive) == nil ? nil : archive
  }
}

extension BackupNames {
  /// Whether a name is one of a file of ours that a kill left unfinished: `.appliance_….tar.zst.1x2y.part`, or that of
  /// a proof or a CSV file.
  static func isUnfinished(_ name: some StringProtocol) -> Bool {
    guard name.hasPrefix("."), name.hasSuffix(".part") else { return false }
    let parts = name.dropFirst().dropLast(".part".count)
    guard let dot = parts.lastIndex(of: ".") else { return false }
    let final = parts[..<dot]
    return stamp(ofArchive: final) != nil || archive(ofProof: final) != nil || final == BackupLedger.name
      || stamp(ofCSV: final) != nil
  }

  private static func stamp(ofCSV name: some StringProtocol) -> BackupStamp? {
    NamedDataset.inBackups.lazy.compactMap { view in
      guard name.hasPrefix(view.name + "_"), name.hasSuffix(".csv") else { return nil }
      return BackupStamp(name.dropFirst(view.name.count + 1).dropLast(".csv".count))
    }.first
  }
}
