import Formats

@testable import Backups
@testable import Store

/// One small backup, made once, for tests that alter its bytes.
struct SharedBackup {
  struct Member {
    var name: String
    var bytes: [UInt8]
  }

  let name: String
  let archive: [UInt8]
  let proof: [UInt8]
  let rows: Int
  let members: [Member]
  let passphrase: Passphrase?

  static let it = Result { try SharedBackup(hours: 5) }
  static let other = Result { try SharedBackup(hours: 9) }
  static let encrypted = Result { try SharedBackup(hours: 5, passphrase: try Passphrase(Array("sésame".utf8))) }

  private init(hours: Int, passphrase: Passphrase? = nil) throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database, hours: hours)
    var backups = home.backups()
    backups.passphrase = passphrase
    backups.workFactor = .least
    let made = try backups.create()
    name = made.name
    archive = try bytes(made.path)
    proof = try bytes("\(made.path).proof.json")
    rows = made.rows
    self.passphrase = passphrase
    members = try SharedBackup.members(of: made.path, backups)
  }

  /// Everything in an archive, in its order.
  static func members(of path: String, _ backups: Backups) throws -> [Member] {
    let reader = try backups.reader(of: path)
    var members: [Member] = []
    while let entry = try reader.next() {
      members.append(Member(name: entry.name, bytes: try reader.readAll(limit: 1 << 30)))
    }
    return members
  }

  /// Writes archive and proof into the folder of a home.
  func lay(archive: [UInt8], proof: [UInt8]?, into home: TestHome) throws -> String {
    try Folder.create(home.folder)
    try write(archive, to: "\(home.folder)/\(name)")
    if let proof { try write(proof, to: "\(home.folder)/\(name).proof.json") }
    return name
  }
}
