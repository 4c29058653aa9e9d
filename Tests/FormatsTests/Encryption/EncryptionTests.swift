import Testing

@testable import Formats

@Suite struct EncryptionTests {
  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
  func `what was encrypted comes back as it was`(count: Int) throws {
    let file = try AgeFile.encrypted(AgeFile.plain(count))
    let chunks = max(1, (count + 65_535) / 65_536)
    #expect(file.count == AgeFile.payload + count + chunks * 16)
    #expect(try AgeFile.decrypted(file) == AgeFile.plain(count))
  }

  @Test(arguments: [1, 7, 65_536, 1_000_000])
  func `the size of the pieces that a file comes in does not matter`(piece: Int) throws {
    let file = try AgeFile.encrypted(AgeFile.plain(70_000))
    #expect(try AgeFile.decrypted(file, piece: piece) == AgeFile.plain(70_000))
  }

  @Test func `a file on the disk is opened and known by its first bytes`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/x.age"
    try WholeFile.write(try AgeFile.encrypted(AgeFile.plain(100)), to: path)
    #expect(DecryptingSource.isEncrypted(path))
    #expect(!DecryptingSource.isEncrypted(folder.path + "/none"))
    try DecryptingSource.checkHeader(of: path)
    let source = try DecryptingSource(path: path, passphrase: AgeFile.passphrase())
    #expect(Array(try source.next()) == AgeFile.plain(100))
    #expect(try source.next().isEmpty)
  }

  @Test func `two files of the same bytes have nothing but their form in common`() throws {
    let first = try AgeFile.encrypted(AgeFile.plain(1000)), second = try AgeFile.encrypted(AgeFile.plain(1000))
    #expect(first[32..<54] != second[32..<54])
    #expect(zip(first, second).dropFirst(AgeFile.header).count { $0 == $1 } < 100)
  }

  @Test func `a chunk goes out as soon as another begins, so that nothing piles up`() throws {
    let file = KeepingSink()
    let sink = try EncryptingSink(into: file, passphrase: AgeFile.passphrase(), workFactor: .least)
    try sink.write(AgeFile.plain(65_536))
    #expect(file.bytes.isEmpty)
    try sink.write([1])
    #expect(file.bytes.count == AgeFile.payload + AgeFile.chunk)
    try sink.write(AgeFile.plain(10 * 65_536))
    #expect(file.bytes.count == AgeFile.payload + 11 * AgeFile.chunk)
  }

  @Test func `another passphrase and a damaged header are told in one sentence, for nothing tells them apart`() throws {
    let file = try AgeFile.encrypted(AgeFile.plain(70_000))
    let refusal = try AgeFile.refusal(of: file, "correct horse")
    #expect(refusal == .notOpened)
    #expect(refusal.description == "wrong passphrase or damaged header")
  }

  @Test(arguments: 0..<AgeFile.header)
  func `no bit of a header can be flipped unseen`(place: Int) throws {
    let file = try AgeFile.known([1, 2, 3], workFactor: .least)
    for bit in 0..<8 {
      var altered = file
      altered[place] ^= UInt8(1 << bit)
      let refusal = try AgeFile.refusal(of: altered)
      let isOfHeader =
        switch refusal {
        case .notEncrypted, .header, .otherRecipient, .workFactor, .notOpened: true
        default: false
        }
      #expect(isOfHeader, "bit \(bit): \(refusal)")
    }
  }

  @Test(arguments: 0..<60)
  func `a flipped bit of the payload is damage, and its chunk is told`(position: Int) throws {
    var file = try AgeFile.encrypted(AgeFile.plain(200_000))
    let place = AgeFile.header + (file.count - AgeFile.header) * position / 60
    file[place] ^= UInt8(1 << (position % 8))
    // The nonce is part of every chunk, and the first one shows it.
    let chunk = max(0, place - AgeFile.payload) / AgeFile.chunk
    let start = AgeFile.payload + chunk * AgeFile.chunk
    #expect(
      try AgeFile.refusal(of: file)
        == (chunk == 3 ? .damagedEnd(chunk: 4, at: start) : .damaged(chunk: chunk + 1, at: start)))
  }

  @Test(arguments: [1, 2, 3])
  func `a file that ends where a chunk ends was cut off`(chunks: Int) throws {
    let file = try AgeFile.encrypted(AgeFile.plain(200_000))
    let end = AgeFile.payload + chunks * AgeFile.chunk
    #expect(try AgeFile.refusal(of: Array(file.prefix(end))) == .cutOff(at: end))
  }

  @Test(arguments: [(149, 149), (160, 160), (165, 165), (180, 180), (65_717 + 15, 65_717 + 15)])
  func `a file that ends in a nonce or a tag was cut off`(count: Int, place: Int) throws {
    let file = try AgeFile.encrypted(AgeFile.plain(200_000))
    #expect(try AgeFile.refusal(of: Array(file.prefix(count))) == .cutOff(at: place))
  }

  @Test(arguments: [(1000, 1, 165), (65_716, 1, 165), (65_800, 2, 65_717), (200_228, 4, 196_821)])
  func `a file that ends within a chunk names the chunk`(count: Int, chunk: Int, start: Int) throws {
    let file = try AgeFile.encrypted(AgeFile.plain(200_000))
    #expect(try AgeFile.refusal(of: Array(file.prefix(count))) == .damagedEnd(chunk: chunk, at: start))
  }

  @Test func `bytes behind a full last chunk are told by their place, behind a shorter one by the chunk`() throws {
    let full = try AgeFile.encrypted(AgeFile.plain(65_536)), short = try AgeFile.encrypted(AgeFile.plain(10))
    #expect(try AgeFile.refusal(of: full + [0]) == .extended(at: full.count))
    #expect(try AgeFile.refusal(of: short + [0]) == .damagedEnd(chunk: 1, at: AgeFile.payload))
    #expect(
      try AgeFile.refusal(of: short + AgeFile.plain(70_000)) == .damaged(chunk: 1, at: AgeFile.payload))
  }

  /// What somebody can do who has the file and not the passphrase.
  @Test(arguments: [0, 1]) func `chunks that changed places are damage`(first: Int) throws {
    let file = try AgeFile.encrypted(AgeFile.plain(65_536 * 3))
    let place = AgeFile.payload + first * AgeFile.chunk
    let one = file[place..<place + AgeFile.chunk], other = file[place + AgeFile.chunk..<place + 2 * AgeFile.chunk]
    let altered = file[..<place] + other + one + file[(place + 2 * AgeFile.chunk)...]
    #expect(try AgeFile.refusal(of: Array(altered)) == .damaged(chunk: first + 1, at: place))
  }

  @Test func `a chunk from another file of the same passphrase is damage`() throws {
    let file = try AgeFile.encrypted(AgeFile.plain(100)), other = try AgeFile.encrypted(AgeFile.plain(100))
    let mixed = file.prefix(AgeFile.payload) + other.dropFirst(AgeFile.payload)
    #expect(try AgeFile.refusal(of: Array(mixed)) == .damagedEnd(chunk: 1, at: AgeFile.payload))
  }

  @Test func `a header and a payload of two files do not go together`() throws {
    let file = try AgeFile.encrypted(AgeFile.plain(100)), other = try AgeFile.encrypted(AgeFile.plain(100))
    let mixed = file.prefix(AgeFile.header) + other.dropFirst(AgeFile.header)
    #expect(try AgeFile.refusal(of: Array(mixed)) == .damagedEnd(chunk: 1, at: AgeFile.payload))
  }

  @Test func `what knows the key and breaks the rules of chunks is refused too`() throws {
    let full = AgeFile.plain(65_536)
    let end = AgeFile.payload + AgeFile.chunk
    func refusal(_ chunks: (plain: [UInt8], number: UInt64, isLast: Bool)...) throws -> EncryptionError {
      try AgeFile.refusal(of: AgeFile.forged(chunks))
    }
    #expect(try AgeFile.decrypted(AgeFile.forged([(full, 0, false), ([1], 1, true)])) == full + [1])
    #expect(try refusal((full, 0, false)) == .cutOff(at: end))
    #expect(try refusal((full, 0, true), ([1], 1, true)) == .extended(at: end))
    #expect(try refusal((full, 0, false), ([], 1, true)) == .emptyChunk(at: end))
    #expect(try refusal((full, 0, false), ([1], 2, true)) == .damagedEnd(chunk: 2, at: end))
    #expect(try refusal(([1], 0, false)) == .cutOff(at: AgeFile.payload + 17))
    #expect(try refusal(([1], 0, false), (full, 1, true)) == .damaged(chunk: 1, at: AgeFile.payload))
  }

  @Test func `an empty file, with and without a chunk, is told apart`() throws {
    #expect(try AgeFile.decrypted(AgeFile.encrypted([])) == [])
    #expect(try AgeFile.refusal(of: []) == .header(.cutOff(at: 0)))
    #expect(try AgeFile.refusal(of: AgeFile.forged([])) == .cutOff(at: AgeFile.payload))
  }
}
