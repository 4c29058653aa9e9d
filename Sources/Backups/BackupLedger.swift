import Formats
import Market
import Rendering

/// What is known of a folder of backups besides what their proofs say; a sealed file in it.
///
/// It only tells when to look again: one that is missing or damaged counts as empty.
struct BackupLedger: Hashable, Sendable {
  static let name = "ledger.json"
  private static let version = 1
  private static let limit = 1 << 20

  /// The last time when all archives were verified.
  var verification: BackupVerification?
  /// The second folder, once archives were copied there.
  var copyFolder: String?

  init() {}

  init(folder: String) {
    guard let text = try? WholeFile.read(Path.join(folder, Self.name), limit: Self.limit), Sealed.isIntact(text),
      let ledger = try? JSONCursor.reading(text, { (cursor) throws(JSONFault) in try BackupLedger(&cursor) })
    else { return }
    self = ledger
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var fields = RecordFields()
    var faults: [BackupVerification.Fault] = []
    try fields.read(
      &cursor,
      arrays: ["faults": { (cursor) throws(JSONFault) in faults.append(try BackupVerification.Fault(&cursor)) }])
    copyFolder = fields.textIfAny("copyFolder")
    guard fields.textIfAny("verifiedAt") != nil else { return }
    verification = BackupVerification(
      at: try fields.instant("verifiedAt"), archives: try fields.number("archives"),
      unopened: try fields.number("unopened"), faults: faults)
  }

  func write(to folder: String) throws(FileError) {
    var members: [(String, JSONValue)] = [("version", .integer(Int64(Self.version)))]
    if let verification {
      members += [
        ("verifiedAt", .string(verification.at.description)), ("archives", .integer(Int64(verification.archives))),
        ("unopened", .integer(Int64(verification.unopened))), ("faults", .array(verification.faults.map(\.json))),
      ]
    }
    if let copyFolder { members.append(("copyFolder", .string(copyFolder))) }
    try WholeFile.write(Sealed.text(members), to: Path.join(folder, Self.name))
  }
}

/// What came of verifying all archives of a folder, the last time.
package struct BackupVerification: Hashable, Sendable {
  package let at: Instant
  /// How many there were.
  package let archives: Int
  /// How many of them could only be compared with their SHA-256, for want of a passphrase.
  package let unopened: Int
  package let faults: [Fault]

  /// An archive that failed, and why.
  package struct Fault: Hashable, Sendable {
    package let name: String
    package let reason: String
  }
}

extension BackupVerification.Fault {
  var json: JSONValue { ["name": .string(name), "reason": .string(reason)] }

  init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var fields = RecordFields()
    try fields.read(&cursor)
    self.init(name: try fields.text("name"), reason: try fields.text("reason"))
  }
}
