import Support
import Testing

@testable import Formats

/// The program `age` and we read each other's files.
@Suite(.enabled(if: TerminalProgram.path(of: "age") != nil, "age is not installed"))
struct AgeProgramTests {
  private static let age = TerminalProgram.path(of: "age")
  private static let words = "sésame, ouvre-toi 4711"

  private func age(_ arguments: String...) throws -> TerminalProgram.Ended {
    try TerminalProgram.run(
      try #require(Self.age), arguments, answering: "passphrase", with: Self.words)
  }

  /// Not an empty one, for which age writes no file.
  @Test(arguments: [1, 10, 65_536, 200_000])
  func `what we wrote is opened by age`(count: Int) throws {
    let folder = try TemporaryFolder()
    let file = try SafeFile(folder.path + "/x.age")
    let sink = try EncryptingSink(
      into: file, passphrase: AgeFile.passphrase(Self.words), workFactor: count == 10 ? .usual : .least)
    try sink.write(AgeFile.plain(count))
    try sink.finish()
    try file.finish()
    let ended = try age("-d", "-o", folder.path + "/x", folder.path + "/x.age")
    #expect(ended.exit == 0, "\(ended.shown)")
    #expect(try WholeFile.read(folder.path + "/x", limit: 1 << 20) == AgeFile.plain(count))
  }

  @Test func `what age wrote is read by us`() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write(AgeFile.plain(200_000), to: folder.path + "/x")
    let ended = try age("-p", "-o", folder.path + "/x.age", folder.path + "/x")
    #expect(ended.exit == 0, "\(ended.shown)")
    let file = try WholeFile.read(folder.path + "/x.age", limit: 1 << 20)
    #expect(try AgeFile.decrypted(file, Self.words) == AgeFile.plain(200_000))
  }

  @Test func `what we refuse age refuses too`() throws {
    let folder = try TemporaryFolder()
    let file = try AgeFile.known(AgeFile.plain(65_536), workFactor: .least)
    for (name, bytes) in [("cut", Array(file.dropLast())), ("extended", file + [0])] {
      try WholeFile.write(bytes, to: folder.path + "/" + name)
      let ended = try TerminalProgram.run(
        try #require(Self.age), ["-d", "-o", folder.path + "/x", folder.path + "/" + name], answering: "passphrase",
        with: AgeFile.words)
      #expect(ended.exit == 1, "\(name): \(ended.shown)")
    }
  }
}
