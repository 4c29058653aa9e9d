import Formats

/// A record of schema 2 with rows in every table, and an archive of it, as `Records/make_record.py` made them with the
/// binary of then.
public enum OlderRecord {
  /// The schema that it has.
  public static let schema = 2
  /// What an archive of it may be called in a folder of backups.
  public static let archiveName = "appliance_20260312T185140Z.tar.zst"

  /// Puts the database, one file without a log, where there is none yet.
  public static func put(at path: String) throws {
    let bytes = try Zstd.decompress(try bytes("schema_2.db.zst"), limit: 64 << 20)
    try WholeFile.write(bytes, to: path, replacing: false)
  }

  /// Puts a record of imports that an appliance of edition 1 believed against what the files say of themselves, as
  /// `Records/make_believing_record.py` made it.
  public static func putBelieving(at path: String) throws {
    let bytes = try Zstd.decompress(try bytes("believing.db.zst"), limit: 64 << 20)
    try WholeFile.write(bytes, to: path, replacing: false)
  }

  /// Puts the archive with its proof into a folder that is there.
  public static func putArchive(in folder: String) throws {
    for suffix in ["", ".proof.json"] {
      try WholeFile.write(try bytes("schema_2_backup.tar.zst" + suffix), to: "\(folder)/\(archiveName)\(suffix)")
    }
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    let folder = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Records"
    return try WholeFile.read("\(folder)/\(name)", limit: 64 << 20)
  }
}
