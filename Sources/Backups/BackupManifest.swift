import Formats
import Market
import Rendering

/// What an archive says of itself: its last member, with a checksum of its own text.
struct BackupManifest: Hashable, Sendable {
  /// Of the archive's layout.
  static let version = 1

  struct Member: Hashable, Sendable {
    let name: String
    let size: Int
    let sha256: String
  }

  let createdAt: Instant
  let automatic: Bool
  let applianceVersion: String
  let schemaVersion: Int
  let subject: BackupSubject?
  /// All but the manifest itself, in their order in the archive.
  let members: [Member]
  let tables: [TableRecord]

  var text: [UInt8] {
    let head: [(String, JSONValue)] = [
      ("version", .integer(Int64(Self.version))),
      ("createdAt", .string(createdAt.description)),
      ("automatic", .bool(automatic)),
      ("applianceVersion", .string(applianceVersion)),
      ("schemaVersion", .integer(Int64(schemaVersion))),
    ]
    let content: [(String, JSONValue)] = [
      ("members", .array(members.map(\.json))), ("tables", .array(tables.map(\.json))),
    ]
    return ChecksummedText.text(head + (subject?.members ?? []) + content)
  }

  /// - Parameter path: the archive, for messages.
  init(_ text: [UInt8], path: String) throws(BackupError) {
    guard ChecksummedText.isIntact(text) else { throw .integrity(path: path, detail: "its manifest.json was altered") }
    try checkVersion(of: text, known: Self.version, path: path)
    do {
      self = try JSONCursor.reading(text) { (cursor) throws(JSONFault) in try BackupManifest(&cursor) }
    } catch {
      throw .integrity(path: path, detail: "its manifest.json cannot be read: \(error)")
    }
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var fields = RecordFields()
    var members: [Member] = []
    var tables: [TableRecord] = []
    try fields.read(
      &cursor,
      arrays: [
        "members": { (cursor) throws(JSONFault) in members.append(try Member(&cursor)) },
        "tables": { (cursor) throws(JSONFault) in tables.append(try TableRecord(&cursor)) },
      ])
    try self.init(
      createdAt: fields.instant("createdAt"), automatic: fields.flag("automatic"),
      applianceVersion: fields.text("applianceVersion"), schemaVersion: fields.number("schemaVersion"),
      subject: BackupSubject(fields), members: members, tables: tables)
  }

  init(
    createdAt: Instant, automatic: Bool, applianceVersion: String, schemaVersion: Int,
    subject: BackupSubject?, members: [Member], tables: [TableRecord]
  ) {
    self.createdAt = createdAt
    self.automatic = automatic
    self.applianceVersion = applianceVersion
    self.schemaVersion = schemaVersion
    self.subject = subject
    self.members = members
    self.tables = tables
  }
}

extension BackupManifest.Member {
  var json: JSONValue {
    .object([("name", .string(name)), ("size", .integer(Int64(size))), ("sha256", .string(sha256))])
  }

  init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var fields = RecordFields()
    try fields.read(&cursor)
    self.init(name: try fields.text("name"), size: try fields.number("size"), sha256: try fields.text("sha256"))
  }
}

/// Refuses a document of a format that is not known yet. Its checksum was looked at before.
func checkVersion(of text: [UInt8], known: Int, path: String) throws(BackupError) {
  guard let version = JSONCursor.text(at: ["version"], in: text).flatMap({ Int($0) }) else {
    throw .integrity(path: path, detail: "it does not say which format it has")
  }
  guard version <= known else { throw .newer(path: path, version: version, known: known) }
}
