import Formats
import Market
import Rendering

/// What is known of a folder of backups besides what their proofs say; a file in it with a checksum of its own text.
///
/// One that is missing or damaged counts as empty: then only the proofs count, until somebody looks again.
struct BackupLedger: Hashable, Sendable {
  static let name = "ledger.json"
  private static let version = 1
  private static let limit = 1 << 20

  /// The last time when all archives were verified.
  var verification: BackupVerification?
  /// Archives that were not what they should be when they were last looked at.
  private(set) var damaged: [BackupVerification.Fault] = []
  /// The second folder, once archives were copied there.
  var copyFolder: String?
  /// The archive that was brought there last.
  var lastCopy: String?

  init() {}

  init(folder: String) {
    guard let text = try? WholeFile.read(FilePath.join(folder, Self.name), limit: Self.limit),
      ChecksummedText.isIntact(text),
      let ledger = try? JSONCursor.reading(text, { (cursor) throws(JSONFault) in try BackupLedger(&cursor) })
    else { return }
    self = ledger
  }

  private init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var fields = RecordFields()
    var faults: [BackupVerification.Fault] = []
    var damaged: [BackupVerification.Fault] = []
    try fields.read(
      &cursor,
      arrays: [
        "faults": { (cursor) throws(JSONFault) in faults.append(try BackupVerification.Fault(&cursor)) },
        "damaged": { (cursor) throws(JSONFault) in damaged.append(try BackupVerification.Fault(&cursor)) },
      ])
    self.damaged = damaged
    copyFolder = fields.textIfAny("copyFolder")
    lastCopy = fields.textIfAny("lastCopy")
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
    if !damaged.isEmpty { members.append(("damaged", .array(damaged.map(\.json)))) }
    if let copyFolder { members.append(("copyFolder", .string(copyFolder))) }
    if let lastCopy { members.append(("lastCopy", .string(lastCopy))) }
    try WholeFile.write(ChecksummedText.text(members), to: FilePath.join(folder, Self.name))
  }
}

extension BackupLedger {
  /// Why an archive is known to be damaged; `nil` where it is not.
  func damage(of name: String) -> String? { damaged.first { $0.name == name }?.reason }

  /// Takes over what a look at one archive showed. That it could not be looked at says nothing about it.
  mutating func note(_ name: String, _ result: Result<BackupVerified, BackupError>) {
    switch result {
    case .success: forget(name)
    case .failure(let error) where error.isDamage:
      forget(name)
      let fault = BackupVerification.Fault(name: name, reason: error.reason)
      damaged.append(fault)
      verification?.faults.append(fault)
    case .failure: break
    }
  }

  /// Forgets what was wrong with an archive of that name.
  mutating func forget(_ name: String) {
    damaged.removeAll { $0.name == name }
    verification?.faults.removeAll { $0.name == name }
  }
}

/// What came of verifying all archives of a folder, the last time.
package struct BackupVerification: Hashable, Sendable {
  package let at: Instant
  /// How many there were.
  package let archives: Int
  /// How many of them could only be compared with their SHA-256, for want of a passphrase or of a reader.
  package let unopened: Int
  /// Of those that were looked at again by themselves, what came of that.
  package fileprivate(set) var faults: [Fault]

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
