/// Reads an encrypted file back, chunk by chunk; nothing is handed out before its tag was checked. Memory does not grow.
///
/// It must be read to its end: that nothing was cut off shows there. The format is told at `EncryptionHeader`.
package final class DecryptingSource: ByteSource {
  private let file: ByteFeed
  private let key: PayloadKey
  private let chunk: UnsafeMutableRawBufferPointer
  /// What was handed out last.
  private let plain: UnsafeMutableRawBufferPointer
  private var number: UInt64 = 0
  private var isAtEnd = false

  /// Whether a file begins as one that age encrypted, of any version.
  package static func isEncrypted(_ path: String) -> Bool {
    (try? WholeFile.start(of: path, count: EncryptionHeader.opening.count)) == EncryptionHeader.opening
  }

  /// Looks at the header of a file as far as that goes without a passphrase.
  package static func checkHeader(of path: String) throws(ArchiveError) {
    _ = try EncryptionHeader(from: ByteFeed(try FileSource(path: path)))
  }

  /// Opens a file, which takes as long as its work factor says.
  ///
  /// - Throws: `encryption(.notOpened)` for another passphrase or an altered header: nothing tells these apart.
  package convenience init(path: String, passphrase: Passphrase) throws(ArchiveError) {
    try self.init(try FileSource(path: path), passphrase: passphrase)
  }

  /// - Parameter largest: a work factor above it is refused before any work is done.
  init(_ source: any ByteSource, passphrase: Passphrase, largest: WorkFactor = .largest) throws(ArchiveError) {
    file = ByteFeed(source)
    let header = try EncryptionHeader(from: file, largest: largest)
    let fileKey = try inArchive { () throws(EncryptionError) in try header.fileKey(passphrase) }
    let nonce = try file.take(PayloadKey.nonceSize)
    guard nonce.count == PayloadKey.nonceSize else { throw .encryption(.cutOff(at: file.offset)) }
    key = fileKey.payloadKey(nonce: nonce)
    // Last: what is allocated before an initialiser throws is freed by nobody.
    chunk = .allocate(byteCount: PayloadKey.encryptedChunkSize, alignment: 16)
    plain = .allocate(byteCount: PayloadKey.chunkSize, alignment: 16)
  }

  deinit {
    chunk.deallocate()
    plain.deallocate()
  }

  package func next() throws(ArchiveError) -> UnsafeRawBufferPointer {
    guard !isAtEnd else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let start = file.offset
    let read = UnsafeRawBufferPointer(rebasing: chunk[..<(try file.fill(chunk))])
    let isLast = try file.isAtEnd()
    guard let text = key.decrypt(read, number: number, isLast: isLast) else {
      throw .encryption(fault(read, from: start, isLast: isLast))
    }
    if text.isEmpty, number > 0 { throw .encryption(.emptyChunk(at: start)) }
    isAtEnd = isLast
    number += 1
    plain.copyBytes(from: text)
    return UnsafeRawBufferPointer(rebasing: plain[..<text.count])
  }

  /// Why a chunk cannot be decrypted, as near as its other meaning tells: a last one that others follow, or one that
  /// others should follow.
  private func fault(_ chunk: UnsafeRawBufferPointer, from start: Int, isLast: Bool) -> EncryptionError {
    if chunk.count < PayloadKey.tagSize { return .cutOff(at: file.offset) }
    if key.decrypt(chunk, number: number, isLast: !isLast) != nil {
      return isLast ? .cutOff(at: file.offset) : .extended(at: file.offset)
    }
    let number = Int(clamping: number) + 1
    return isLast ? .damagedEnd(chunk: number, at: start) : .damaged(chunk: number, at: start)
  }
}
