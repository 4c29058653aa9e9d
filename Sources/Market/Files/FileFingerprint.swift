/// What a file is known by.
package struct FileFingerprint: Hashable, Sendable {
  /// Bytes, as it was given: packed if it was packed.
  package let size: Int
  /// 32 bytes.
  package let sha256: [UInt8]

  /// What a file is known by; `sha256` must have 32 bytes.
  package init(size: Int, sha256: [UInt8]) {
    self.size = size
    self.sha256 = sha256
  }
}
