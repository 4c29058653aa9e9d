import Testing

@testable import Formats

/// An encrypted file in memory.
enum AgeFile {
  static let words = "correct horse battery staple"

  static func passphrase(_ words: String = words) throws -> Passphrase { try Passphrase(Array(words.utf8)) }

  /// Bytes that look like nothing, the same each time.
  static func plain(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  }

  static func encrypted(_ plain: [UInt8]) throws -> [UInt8] {
    let file = KeepingSink()
    try write(plain, through: EncryptingSink(into: file, passphrase: passphrase(), workFactor: .least))
    return file.bytes
  }

  /// With known numbers in place of random ones: file key 0, 1, …, 15; salt 16, …, 31; nonce 32, …, 47.
  static func known(_ plain: [UInt8], workFactor: WorkFactor) throws -> [UInt8] {
    let file = KeepingSink()
    let key = FileKey(.init(data: Array(UInt8(0)..<16)))
    let recipient = try ScryptRecipient(
      wrapping: key, with: passphrase(), salt: Array(16..<32), workFactor: workFactor)
    try write(plain, through: EncryptingSink(into: file, for: recipient, key: key, nonce: Array(32..<48)))
    return file.bytes
  }

  /// A file of those numbers whose chunks are what a writer would never make of them.
  static func forged(_ chunks: [(plain: [UInt8], number: UInt64, isLast: Bool)]) throws -> [UInt8] {
    let key = FileKey(.init(data: Array(UInt8(0)..<16))).payloadKey(nonce: Array(32..<48))
    let whole = try known([], workFactor: .least)
    return try whole.prefix(payload)
      + chunks.flatMap { try key.encrypt($0.plain, number: $0.number, isLast: $0.isLast) }
  }

  /// Bytes before the nonce in a file with the least work factor.
  static let header = 149
  /// Bytes before the first chunk.
  static let payload = header + 16
  /// Bytes of a full chunk.
  static let chunk = 65_536 + 16

  static func decrypted(_ bytes: [UInt8], _ words: String = words, piece: Int = 1000) throws -> [UInt8] {
    let source = try DecryptingSource(BytesSource(bytes, piece: piece), passphrase: passphrase(words))
    var plain: [UInt8] = []
    while true {
      let piece = try source.next()
      if piece.isEmpty { return plain }
      plain.append(contentsOf: piece)
    }
  }

  /// Why a file is refused; a fault of the test where it is not.
  static func refusal(of bytes: [UInt8], _ words: String = words) throws -> EncryptionError {
    do {
      _ = try decrypted(bytes, words)
      throw TakenAsGood()
    } catch ArchiveError.encryption(let error) {
      return error
    }
  }

  struct TakenAsGood: Error {}

  /// In pieces that fit no chunk.
  private static func write(_ plain: [UInt8], through sink: EncryptingSink) throws {
    for start in stride(from: 0, to: plain.count, by: 50_001) {
      try sink.write(Array(plain[start..<min(plain.count, start + 50_001)]))
    }
    try sink.finish()
  }
}
