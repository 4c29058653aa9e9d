import Crypto

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Encrypts what it is given, record by record, into another sink; memory does not grow. The format is told at
/// `EncryptionHeader`.
package final class EncryptingSink: ByteSink {
  private let next: any ByteSink
  private let header: EncryptionHeader
  private let key: SymmetricKey
  private var pending: [UInt8] = []
  private var record: UInt32 = 0
  private var hasHeader = false

  /// Derives a key from the passphrase, which takes its time.
  package init(
    into next: any ByteSink, passphrase: Passphrase, cost: EncryptionCost = .usual
  ) throws(EncryptionError) {
    (header, key) = try EncryptionHeader.make(passphrase, cost: cost)
    self.next = next
    pending.reserveCapacity(EncryptionHeader.recordSize)
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // A full record goes out only when more comes: the last one is marked.
      if pending.count == EncryptionHeader.recordSize { try flush(isLast: false) }
      let room = EncryptionHeader.recordSize - pending.count
      pending.append(contentsOf: rest.prefix(room))
      rest = rest.dropFirst(room)
    }
  }

  /// Writes the last record. Without it the file reads as cut off.
  package func finish() throws(FileError) { try flush(isLast: true) }

  private func flush(isLast: Bool) throws(FileError) {
    if !hasHeader { try next.write(header.bytes) }
    hasHeader = true
    let length = bigEndian(UInt32(pending.count) | (isLast ? EncryptionHeader.lastMark : 0))
    var text = length
    text.reserveCapacity(pending.count + 32)
    do {
      let nonce = try ChaChaPoly.Nonce(data: header.nonce(of: record, isLast: isLast))
      let box = try ChaChaPoly.seal(pending, using: key, nonce: nonce, authenticating: header.bytes + length)
      text.append(contentsOf: box.ciphertext)
      text.append(contentsOf: box.tag)
    } catch {
      // A nonce and a key of the right length cannot fail.
      throw .failed(.write, path: "an encrypted record", code: EINVAL)
    }
    text += EncryptionHeader.checksum(text)
    let (following, overflows) = record.addingReportingOverflow(1)
    guard !overflows else { throw .failed(.write, path: "an encrypted record", code: EFBIG) }
    record = following
    pending.removeAll(keepingCapacity: true)
    try next.write(text)
  }
}
