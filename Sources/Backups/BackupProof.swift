import Formats
import Market
import Rendering
import Store

/// The record beside an archive of how it was restored and compared, with a checksum of its own text.
struct BackupProof: Hashable, Sendable {
  static let version = 1
  static let suffix = ".proof.json"
  private static let limit = 16 << 20

  /// Of the archive.
  let sha256: String
  /// Of the archive, bytes.
  let size: Int
  let createdAt: Instant
  let provenAt: Instant
  let automatic: Bool
  let applianceVersion: String
  let sqliteVersion: String
  let schemaVersion: Int
  /// `Store.changeMark` of the copy.
  let changeMark: String
  let subject: BackupSubject?
  /// Names of the files that were written into the CSV folder.
  let csvFiles: [String]
  /// As read from the restored file.
  let tables: [TableRecord]

  var text: [UInt8] {
    let members: [(String, JSONValue)] = [
      ("version", .integer(Int64(Self.version))),
      ("sha256", .string(sha256)),
      ("size", .integer(Int64(size))),
      ("createdAt", .string(createdAt.description)),
      ("provenAt", .string(provenAt.description)),
      ("automatic", .bool(automatic)),
      ("applianceVersion", .string(applianceVersion)),
      ("sqliteVersion", .string(sqliteVersion)),
      ("schemaVersion", .integer(Int64(schemaVersion))),
      ("changeMark", .string(changeMark)),
    ]
    let content: [(String, JSONValue)] = [
      ("csvFiles", .array(csvFiles.map(JSONValue.string))), ("tables", .array(tables.map(\.json))),
    ]
    return ChecksummedText.text(members + (subject?.members ?? []) + content)
  }

  /// The proof of an archive; `nil` where there is none.
  ///
  /// - Throws: `integrity` for one that was altered, `newer`, or why it cannot be read.
  static func beside(_ archive: String) throws(BackupError) -> BackupProof? {
    let path = archive + suffix
    let text: [UInt8]
    do throws(FileError) {
      text = try WholeFile.read(path, limit: limit)
    } catch {
      if error.isMissing { return nil }
      throw .of(error, path: path)
    }
    return try BackupProof(text, path: path)
  }
}

extension BackupProof {
  /// - Parameter path: its file, for messages.
  init(_ text: [UInt8], path: String) throws(BackupError) {
    guard ChecksummedText.isIntact(text) else { throw .integrity(path: path, detail: "the proof itself was altered") }
    try checkVersion(of: text, known: Self.version, path: path)
    do {
      self = try JSONCursor.reading(text) { (cursor) throws(JSONFault) in try BackupProof(&cursor) }
    } catch {
      throw .integrity(path: path, detail: "the proof cannot be read: \(error)")
    }
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var fields = RecordFields()
    var files: [String] = []
    var tables: [TableRecord] = []
    try fields.read(
      &cursor,
      arrays: [
        "csvFiles": { (cursor) throws(JSONFault) in files.append(try cursor.text().string) },
        "tables": { (cursor) throws(JSONFault) in tables.append(try TableRecord(&cursor)) },
      ])
    try self.init(
      sha256: fields.text("sha256"), size: fields.number("size"), createdAt: fields.instant("createdAt"),
      provenAt: fields.instant("provenAt"), automatic: fields.flag("automatic"),
      applianceVersion: fields.text("applianceVersion"), sqliteVersion: fields.text("sqliteVersion"),
      schemaVersion: fields.number("schemaVersion"), changeMark: fields.text("changeMark"),
      subject: BackupSubject(fields), csvFiles: files, tables: tables)
  }
}
