#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Encrypts what it is given, chunk by chunk, into another sink; memory does not grow. The format is told at
/// `EncryptionHeader`.
package final class EncryptingSink: ByteSink {
  private let next: any ByteSink
  private let key: PayloadKey
  /// What goes before the first chunk: the header and the nonce of the payload.
  private var head: [UInt8]
  private var pending: [UInt8] = []
  private var number: UInt64 = 0

  /// Makes a key of the passphrase, which takes its time.
  package convenience init(
    into next: any ByteSink, passphrase: Passphrase, workFactor: WorkFactor = .usual
  ) throws(EncryptionError) {
    let key = FileKey.random()
    let recipient = try ScryptRecipient(wrapping: key, with: passphrase, workFactor: workFactor)
    self.init(into: next, for: recipient, key: key, nonce: randomBytes(PayloadKey.nonceSize))
  }

  init(into next: any ByteSink, for recipient: ScryptRecipient, key: FileKey, nonce: [UInt8]) {
    self.next = next
    self.key = key.payloadKey(nonce: nonce)
    head = EncryptionHeader(for: recipient, key: key).bytes + nonce
    pending.reserveCapacity(PayloadKey.chunkSize)
  }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // A full chunk goes out only when more comes: the last one is marked.
      if pending.count == PayloadKey.chunkSize { try flush(isLast: false) }
      let room = PayloadKey.chunkSize - pending.count
      pending.append(contentsOf: rest.prefix(room))
      rest = rest.dropFirst(room)
    }
  }

  /// Writes the last chunk. Without it the file reads as cut off.
  package func finish() throws(FileError) { try flush(isLast: true) }

  private func flush(isLast: Bool) throws(FileError) {
    if !head.isEmpty { try next.write(head) }
    head = []
    let chunk: [UInt8]
    do {
      chunk = try key.encrypt(pending, number: number, isLast: isLast)
    } catch {
      // A nonce and a key of the right length cannot fail.
      throw .failed(.write, path: "an encrypted chunk", code: EINVAL)
    }
    number += 1
    pending.removeAll(keepingCapacity: true)
    try next.write(chunk)
  }
}
