#if DEBUG
  @testable import Formats

  extension FuzzTarget {
    /// Encrypted files: their header, and with the right passphrase all of them.
    static let encryption = [
      FuzzTarget("age-header", texts: headers) { bytes in
        let file = ByteFeed(MemorySource(bytes))
        guard let header = try? EncryptionHeader(from: file) else {
          return file.offset <= HeaderLines.limit ? nil : "\(file.offset) bytes were read of a header"
        }
        if header.bytes != Array(bytes.prefix(file.offset)) { return "it would be written otherwise than it was read" }
        return header.recipient.workFactor <= .largest ? nil : "a work factor of \(header.recipient.workFactor.logN)"
      },
      FuzzTarget("age-file", seeds: files) { bytes in
        guard let content = try? decrypted(bytes) else { return nil }
        return plains.contains(content) ? nil : "\(content.count) bytes that nobody encrypted"
      },
    ]

    private static let headers = [
      """
      age-encryption.org/v1
      -> scrypt EBESExQVFhcYGRobHB0eHw 10
      GFsWkgIH9oqtUP26EUeEoH+pZzN7oeR9i/ZvtkG/BmA
      --- AMb7CyaX+mf9Ke5WL+J4nzHwVS4k3IjgDnCEBRXl4W0

      """,
      """
      age-encryption.org/v1
      -> X25519 XEl0dJ6y3C7KZkgmgWUicg63EyXJiwBJW8PdYJ/cYBE
      qRS0AMjdjPvZ/WT08U2KL4G+PIooA3hy38SvLpvaC1E
      -> grease 1 2 3

      --- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s

      """,
    ]

    private static let words = Array("a passphrase".utf8)
    private static let plains: [[UInt8]] = [[], Array("a line\n".utf8), [UInt8](repeating: 7, count: 5000)]
    private static let files = plains.map { (try? encrypted($0)) ?? [] }

    private static func encrypted(_ plain: [UInt8]) throws -> [UInt8] {
      let key = FileKey(.init(data: Array(UInt8(0)..<16)))
      let recipient = try ScryptRecipient(
        wrapping: key, with: Passphrase(words), salt: Array(16..<32), workFactor: .least)
      let file = MemorySink()
      let sink = EncryptingSink(into: file, for: recipient, key: key, nonce: Array(32..<48))
      try sink.write(plain)
      try sink.finish()
      return file.bytes
    }

    /// Work that takes its time shows nothing that the least does not.
    private static func decrypted(_ bytes: [UInt8]) throws -> [UInt8] {
      let source = try DecryptingSource(
        MemorySource(bytes), passphrase: Passphrase(words), largest: WorkFactor(logN: 8))
      var content: [UInt8] = []
      while true {
        let piece = try source.next()
        if piece.isEmpty { return content }
        content.append(contentsOf: piece)
      }
    }
  }

  /// Bytes in memory as a source, in one piece.
  private final class MemorySource: ByteSource {
    private let content: UnsafeMutableRawBufferPointer
    private var isRead = false

    init(_ bytes: [UInt8]) {
      content = .allocate(byteCount: bytes.count, alignment: 16)
      content.copyBytes(from: bytes)
    }

    deinit { content.deallocate() }

    func next() -> UnsafeRawBufferPointer {
      defer { isRead = true }
      return isRead ? UnsafeRawBufferPointer(start: nil, count: 0) : UnsafeRawBufferPointer(content)
    }
  }

  private final class MemorySink: ByteSink {
    private(set) var bytes: [UInt8] = []
    func write(_ bytes: UnsafeRawBufferPointer) { self.bytes += bytes }
  }
#endif
