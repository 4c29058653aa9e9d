import Crypto

/// The key of one age file: 16 random bytes, which its header wraps for who may open it.
struct FileKey {
  static let size = 16
  let key: SymmetricKey

  init(_ key: SymmetricKey) { self.key = key }

  static func random() -> FileKey { FileKey(SymmetricKey(size: .bits128)) }

  /// The MAC of a header: HMAC-SHA-256 of everything up to its `---`, with that.
  func headerMAC(of header: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: header, using: headerKey))
  }

  /// Whether a MAC is that of a header; takes as long wherever they differ.
  func isHeaderMAC(_ mac: [UInt8], of header: [UInt8]) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(mac, authenticating: header, using: headerKey)
  }

  /// - Parameter nonce: 16 bytes, those before the payload.
  func payloadKey(nonce: [UInt8]) -> PayloadKey {
    PayloadKey(
      HKDF<SHA256>.deriveKey(inputKeyMaterial: key, salt: nonce, info: Array("payload".utf8), outputByteCount: 32))
  }

  private var headerKey: SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: Array("header".utf8), outputByteCount: 32)
  }
}

/// Bytes that nobody can foretell.
func randomBytes(_ count: Int) -> [UInt8] {
  var random = SystemRandomNumberGenerator()
  return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
}
