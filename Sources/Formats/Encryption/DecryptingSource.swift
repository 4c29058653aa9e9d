import Crypto

/// Reads an encrypted file back, record by record; nothing is handed out before its seal was checked.
///
/// It must be read to its end: that nothing was cut off shows there.
package final class DecryptingSource: ByteSource {
  private let file: FileSource
  private let header: EncryptionHeader
  /// `nil` to look at the checksums alone.
  private let key: SymmetricKey?
  /// What was handed out last.
  private let handed: UnsafeMutableRawBufferPointer
  private var record: UInt32 = 0
  private var offset = EncryptionHeader.size
  private var isAtEnd = false

  /// Whether a file begins as ours do.
  package static func isEncrypted(_ path: String) -> Bool {
    guard let file = try? FileSource(path: path) else { return false }
    var start = [UInt8](repeating: 0, count: EncryptionHeader.magic.count)
    let count = start.withUnsafeMutableBytes { (try? file.fill($0)) ?? 0 }
    return start.prefix(count).elementsEqual(EncryptionHeader.magic)
  }

  /// - Parameter passphrase: `nil` to check the records without opening them; then no bytes come out.
  package init(path: String, passphrase: Passphrase?) throws(ArchiveError) {
    file = try FileSource(path: path)
    var start = [UInt8](repeating: 0, count: EncryptionHeader.size)
    let count = try start.fill(from: file)
    header = try inArchive { () throws(EncryptionError) in try EncryptionHeader(Array(start.prefix(count))) }
    let header = header
    key = try inArchive { () throws(EncryptionError) in
      if let passphrase { try header.key(passphrase) } else { nil }
    }
    handed = .allocate(byteCount: EncryptionHeader.recordSize, alignment: 16)
  }

  deinit { handed.deallocate() }

  package func next() throws(ArchiveError) -> UnsafeRawBufferPointer {
    while !isAtEnd {
      let plain = try readRecord()
      if plain.isEmpty { continue }
      handed.copyBytes(from: plain)
      return UnsafeRawBufferPointer(rebasing: handed[..<plain.count])
    }
    return UnsafeRawBufferPointer(start: nil, count: 0)
  }

  private func readRecord() throws(ArchiveError) -> [UInt8] {
    let start = offset
    var head = [UInt8](repeating: 0, count: 4)
    guard try head.fill(from: file) == 4 else { throw .encryption(.cutOff(at: file.size)) }
    let word = head.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let isLast = word & EncryptionHeader.lastMark != 0
    let length = Int(word & ~EncryptionHeader.lastMark)
    guard length <= EncryptionHeader.recordSize, isLast || length == EncryptionHeader.recordSize else {
      throw .encryption(.damaged(at: start))
    }
    let wanted = length + EncryptionHeader.tagSize + EncryptionHeader.checksumSize
    var sealed = [UInt8](repeating: 0, count: wanted)
    guard try sealed.fill(from: file) == wanted else { throw .encryption(.cutOff(at: file.size)) }
    offset += 4 + wanted
    let checksum = sealed.suffix(EncryptionHeader.checksumSize)
    sealed.removeLast(EncryptionHeader.checksumSize)
    guard checksum.elementsEqual(EncryptionHeader.checksum(head + sealed)) else {
      throw .encryption(.damaged(at: start))
    }
    let plain = try opened(sealed, head: head, length: length, isLast: isLast, at: start)
    record &+= 1
    if isLast { try end() }
    return plain
  }

  private func opened(
    _ sealed: [UInt8], head: [UInt8], length: Int, isLast: Bool, at start: Int
  ) throws(ArchiveError) -> [UInt8] {
    guard let key else { return [] }
    do {
      let box = try ChaChaPoly.SealedBox(
        nonce: ChaChaPoly.Nonce(data: header.nonce(of: record, isLast: isLast)), ciphertext: sealed.prefix(length),
        tag: sealed.suffix(EncryptionHeader.tagSize))
      return Array(try ChaChaPoly.open(box, using: key, authenticating: header.bytes + head))
    } catch {
      throw .encryption(.tampered(at: start))
    }
  }

  private func end() throws(ArchiveError) {
    isAtEnd = true
    var more: [UInt8] = [0]
    if try more.fill(from: file) > 0 { throw .encryption(.extended(at: offset)) }
  }
}

extension [UInt8] {
  /// Overwrites its bytes with the next ones of a file; how many there were.
  fileprivate mutating func fill(from file: FileSource) throws(ArchiveError) -> Int {
    var outcome: Result<Int, ArchiveError> = .success(0)
    withUnsafeMutableBytes { buffer in outcome = Result { () throws(ArchiveError) in try file.fill(buffer) } }
    return try outcome.get()
  }
}

/// A fault of the encryption as an archive's.
private func inArchive<Value>(_ body: () throws(EncryptionError) -> Value) throws(ArchiveError) -> Value {
  do throws(EncryptionError) { return try body() } catch { throw .encryption(error) }
}
