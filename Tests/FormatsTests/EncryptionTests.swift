import Testing

@testable import Formats

@Suite struct EncryptionTests {
  static let passphrase = try? Passphrase(Array("correct horse battery staple".utf8))

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
  func `what was encrypted comes back as it was`(count: Int) throws {
    let folder = try TemporaryFolder()
    let plain = Self.bytes(count)
    let path = try Self.encrypt(plain, in: folder)
    #expect(try Self.decrypt(path) == plain)
    let records = max(1, (count + 65_535) / 65_536)
    #expect(try WholeFile.read(path, limit: 1 << 20).count == 80 + count + records * 28)
  }

  @Test func `two files of the same bytes have nothing in common`() throws {
    let folder = try TemporaryFolder()
    let first = try WholeFile.read(try Self.encrypt(Self.bytes(1000), in: folder, as: "a"), limit: 1 << 20)
    let second = try WholeFile.read(try Self.encrypt(Self.bytes(1000), in: folder, as: "b"), limit: 1 << 20)
    #expect(first[16..<48] != second[16..<48])
    #expect(zip(first, second).dropFirst(84).count { $0 == $1 } < 100)
  }

  @Test func `another passphrase is told as such`() throws {
    let folder = try TemporaryFolder()
    let path = try Self.encrypt(Self.bytes(70_000), in: folder)
    #expect(throws: ArchiveError.encryption(.wrongPassphrase)) {
      try Self.decrypt(path, try Passphrase(Array("correct horse".utf8)))
    }
  }

  @Test(arguments: 0..<60)
  func `a flipped bit anywhere is damage, and its place is told`(position: Int) throws {
    let folder = try TemporaryFolder()
    let path = try Self.encrypt(Self.bytes(200_000), in: folder)
    var bytes = try WholeFile.read(path, limit: 1 << 20)
    let place = position < 20 ? position * 4 : bytes.count * position / 60
    bytes[place] ^= UInt8(1 << (position % 8))
    try WholeFile.write(bytes, to: path)
    let record = place < 80 ? 0 : 80 + (place - 80) / (65_536 + 28) * (65_536 + 28)
    #expect { try Self.decrypt(path) } throws: { error in
      switch error as? ArchiveError {
      case .encryption(.notEncrypted): place < 8
      case .encryption(.damaged(let told)): told == record
      default: false
      }
    }
    // The checksums tell it without the passphrase too.
    #expect(throws: ArchiveError.self) { try Self.decrypt(path, nil) }
  }

  @Test(arguments: [0, 7, 79, 80, 83, 1000, 65_644, 131_208, 199_999])
  func `a file that ends too early was cut off`(count: Int) throws {
    let folder = try TemporaryFolder()
    let path = try Self.encrypt(Self.bytes(200_000), in: folder)
    try WholeFile.write(Array(try WholeFile.read(path, limit: 1 << 20).prefix(count)), to: path)
    #expect(throws: ArchiveError.encryption(.cutOff(at: count))) { try Self.decrypt(path) }
  }

  @Test func `bytes behind the last record are told`() throws {
    let folder = try TemporaryFolder()
    let path = try Self.encrypt(Self.bytes(10), in: folder)
    let bytes = try WholeFile.read(path, limit: 1 << 20)
    try WholeFile.write(bytes + [0], to: path)
    #expect(throws: ArchiveError.encryption(.extended(at: bytes.count))) { try Self.decrypt(path) }
  }

  /// What somebody can do who knows the format and not the passphrase; every checksum is right.
  @Test(arguments: ["other text", "records exchanged", "shortened", "header altered"])
  func `a change with right checksums is tampering`(kind: String) throws {
    let folder = try TemporaryFolder()
    let path = try Self.encrypt(Self.bytes(65_536 * 3), in: folder)
    var bytes = try WholeFile.read(path, limit: 1 << 20)
    let size = 65_536 + 28
    var place = 80
    switch kind {
    case "other text": bytes[80 + 100] ^= 1
    case "records exchanged":
      let first = Array(bytes[80..<80 + size]), second = Array(bytes[80 + size..<80 + 2 * size])
      bytes.replaceSubrange(80..<80 + 2 * size, with: second + first)
    case "shortened":
      bytes.removeLast(size)
      place = 80 + size
      bytes[place] |= 0x80
    default: bytes[50] ^= 1  // The nonce prefix.
    }
    bytes.replaceSubrange(72..<80, with: EncryptionHeader.checksum(Array(bytes[..<72])))
    for start in stride(from: 80, to: bytes.count, by: size) {
      bytes.replaceSubrange(
        start + size - 8..<start + size, with: EncryptionHeader.checksum(Array(bytes[start..<start + size - 8])))
    }
    try WholeFile.write(bytes, to: path)
    #expect(throws: ArchiveError.encryption(.tampered(at: place))) { try Self.decrypt(path) }
  }

  @Test func `a header that asks for much memory is refused before any is taken`() throws {
    let folder = try TemporaryFolder()
    let path = try Self.encrypt(Self.bytes(10), in: folder)
    var bytes = try WholeFile.read(path, limit: 1 << 20)
    bytes[9] = 30
    bytes.replaceSubrange(72..<80, with: EncryptionHeader.checksum(Array(bytes[..<72])))
    try WholeFile.write(bytes, to: path)
    #expect(throws: ArchiveError.encryption(.tooCostly)) { try Self.decrypt(path) }
  }

  @Test func `the usual cost takes 32 MiB`() {
    let cost = EncryptionCost.usual
    #expect((128 << Int(cost.logN)) * Int(cost.r) == 32 << 20)
    #expect(cost.isBearable)
  }

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

  // MARK: -

  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  }

  private static func encrypt(_ plain: [UInt8], in folder: TemporaryFolder, as name: String = "x.enc") throws -> String
  {
    let path = folder.path + "/" + name
    let file = try SafeFile(path)
    let sink = try EncryptingSink(into: file, passphrase: try #require(passphrase), cost: .least)
    // In pieces that fit no record.
    for start in stride(from: 0, to: plain.count, by: 50_001) {
      try sink.write(Array(plain[start..<min(plain.count, start + 50_001)]))
    }
    try sink.finish()
    try file.finish()
    return path
  }

  private static func decrypt(_ path: String, _ passphrase: Passphrase? = Self.passphrase) throws -> [UInt8] {
    let source = try DecryptingSource(path: path, passphrase: passphrase)
    var plain: [UInt8] = []
    while true {
      let piece = try source.next()
      if piece.isEmpty { return plain }
      plain.append(contentsOf: piece)
    }
  }
}
