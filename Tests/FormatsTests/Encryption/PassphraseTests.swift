import Testing

@testable import Formats

@Suite struct PassphraseTests {
  @Test func `a passphrase prints as nothing`() throws {
    let passphrase = try Passphrase(Array("hunter2".utf8))
    var dumped = ""
    dump(passphrase, to: &dumped)
    #expect(!"\(passphrase) \(String(reflecting: passphrase)) \(dumped)".contains("hunter2"))
    #expect(!dumped.contains("104"))
  }

  @Test(arguments: [("secret\n", "secret"), ("secret\r\nmore\n", "secret"), ("with space ", "with space ")])
  func `the first line of a file is the passphrase`(content: String, expected: String) throws {
    let folder = try TemporaryFolder()
    try WholeFile.write(Array(content.utf8), to: folder.path + "/p")
    #expect(try Passphrase(ofFile: folder.path + "/p").bytes == Array(expected.utf8))
  }

  @Test func `an empty passphrase is none`() {
    #expect(throws: PassphraseFault.empty) { try Passphrase([]) }
  }

  @Test func `the usual work factor takes 128 MiB`() {
    #expect(WorkFactor.usual.logN == 17)
    #expect(WorkFactor.usual.memory == 128 << 20)
  }
}
