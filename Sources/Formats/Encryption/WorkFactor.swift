/// How much work one try of a passphrase is: the binary logarithm of scrypt's N, with r 8 and p 1 (RFC 7914).
///
/// One more is twice the time and twice the memory.
package struct WorkFactor: Hashable, Sendable {
  let logN: Int

  /// Of new files: 128 MiB and a fraction of a second.
  package static let usual = WorkFactor(logN: 17)
  /// For tests.
  package static let least = WorkFactor(logN: 4)
  /// The largest that is tried, 1 GiB: a header that was altered must not take the machine.
  static let largest = WorkFactor(logN: 20)

  /// Bytes that scrypt takes.
  var memory: Int { 1 << (10 + logN) }

  init(logN: Int) { self.logN = logN }

  /// Reads a decimal number without sign and leading zeros; `nil` for any other text. One that is beyond all numbers is
  /// read as the largest number there is.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), !text.hasPrefix("0"),
      !text.isEmpty
    else { return nil }
    logN = Int(text) ?? .max
  }
}

extension WorkFactor: Comparable {
  package static func < (one: WorkFactor, other: WorkFactor) -> Bool { one.logN < other.logN }
}
