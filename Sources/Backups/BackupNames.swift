import Store

/// What the files of a backup are called.
enum BackupNames {
  static let databaseMember = "appliance.db"
  static let settingsMember = "settings.env"
  static let manifestMember = "manifest.json"

  static func archive(_ stamp: BackupStamp) -> String { "appliance_\(stamp).tar.zst" }
  static func proof(ofArchive name: String) -> String { name + ".proof.json" }
  static func csv(_ view: NamedDataset, _ stamp: BackupStamp) -> String { "\(view.name)_\(stamp).csv" }

  /// The stamp of an archive's name; `nil` for a name that is not one.
  static func stamp(ofArchive name: some StringProtocol) -> BackupStamp? {
    guard name.hasPrefix("appliance_"), name.hasSuffix(".tar.zst") else { return nil }
    return BackupStamp(name.dropFirst("appliance_".count).dropLast(".tar.zst".count))
  }

  /// The archive that a proof's name belongs to.
  static func archive(ofProof name: some StringProtocol) -> String? {
    guard name.hasSuffix(".proof.json") else { return nil }
    let archive = String(name.dropLast(".proof.json".count))
    return stamp(ofArchive: archive) == nil ? nil : archive
  }
}

/// Paths as text.
enum Path {
  static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// `a/b` of `a/b/c`, `.` of `c`, `/` of `/c`.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
