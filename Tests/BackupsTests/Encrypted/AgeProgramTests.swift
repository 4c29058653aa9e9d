import Formats
import Support
import Testing

@testable import Backups

/// An encrypted backup is of use without this program too.
@Suite(.enabled(if: TerminalProgram.path(of: "age") != nil, "age is not installed"))
struct AgeProgramTests {
  private static let age = TerminalProgram.path(of: "age")
  private static let words = "a passphrase that is found nowhere"

  @Test func `age opens an encrypted backup, and what comes out is the archive`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    var backups = home.backups()
    backups.passphrase = try Passphrase(Array(Self.words.utf8))
    backups.workFactor = .least
    let made = try backups.create()
    let opened = "\(home.path)/opened.tar.zst"
    let ended = try TerminalProgram.run(
      try #require(Self.age), ["-d", "-o", opened, made.path], answering: "passphrase", with: Self.words)
    #expect(ended.exit == 0, "\(ended.shown)")
    #expect(try home.backups().verify(opened).rows == made.rows)
  }

  @Test func `an archive that age encrypted is verified like one of ours`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let encrypted = "\(home.path)/other.tar.zst.age"
    let ended = try TerminalProgram.run(
      try #require(Self.age), ["-p", "-o", encrypted, made.path], answering: "passphrase", with: Self.words)
    #expect(ended.exit == 0, "\(ended.shown)")
    var backups = home.backups()
    backups.passphrase = try Passphrase(Array(Self.words.utf8))
    #expect(try backups.verify(encrypted).rows == made.rows)
  }
}
