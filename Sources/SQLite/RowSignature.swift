/// What a set of rows comes to, in whatever order they are read: equal rows give equal signatures.
///
/// Each row is hashed by itself, and the hashes are added up; so signatures of parts add up to that of the whole, and a
/// row can be taken away again. A row's hash has two lanes of 64 bits with other constants, each a chain of the step of
/// wyhash (multiply to 128 bits, fold the halves) over a mark of each value's type and the value; the sums wrap.
///
/// Two tables that differ by accident have the same signature with a chance of about 2⁻¹²⁸. It is not made to withstand
/// somebody who chooses rows to fool it: the SHA-256 of the rows in the order of their key is, and stands beside it.
package struct RowSignature: Hashable, Sendable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0

  /// Of no rows.
  package init() {}

  /// Adds a row, in whatever order.
  @inline(__always)
  package mutating func add(_ row: Row) {
    first &+= row.first
    second &+= row.second
  }

  /// Of the rows of both.
  package static func + (a: RowSignature, b: RowSignature) -> RowSignature {
    var sum = a
    sum.first &+= b.first
    sum.second &+= b.second
    return sum
  }

  /// One row, value by value.
  package struct Row {
    fileprivate var first: UInt64 = 0x2d35_8dcc_aa6c_78a5
    fileprivate var second: UInt64 = 0x8bb8_4b93_962e_acc9

    /// A row without values.
    package init() {}

    /// Adds a number as the word that holds it.
    ///
    /// - Parameter mark: of the value's type.
    @inline(__always)
    package mutating func add(_ word: UInt64, mark: Int32) {
      mix(UInt64(truncatingIfNeeded: mark))
      mix(word)
    }

    /// Adds a text or a blob.
    package mutating func add(_ bytes: UnsafeRawBufferPointer, mark: Int32) {
      add(UInt64(bytes.count), mark: mark)
      var offset = 0
      while offset &+ 8 <= bytes.count {
        mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
        offset &+= 8
      }
      guard offset < bytes.count else { return }
      var tail: UInt64 = 0
      for index in offset..<bytes.count { tail |= UInt64(bytes[index]) << UInt64(8 * (index - offset)) }
      mix(tail)
    }

    @inline(__always)
    private mutating func mix(_ word: UInt64) {
      first = Self.folded(first ^ word ^ 0x4b33_a62e_d433_d4a3, 0x9e37_79b9_7f4a_7c15) &+ word
      second = Self.folded(second ^ word ^ 0x4d5a_2da5_1de1_aa47, 0xd6e8_feb8_6659_fd93) &+ word
    }

    @inline(__always)
    private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
      let product = a.multipliedFullWidth(by: b)
      return product.high ^ product.low
    }
  }
}

extension RowSignature: CustomStringConvertible {
  /// 32 lower-case hexadecimal digits.
  package var description: String {
    [first, second].map { lane in
      let digits = String(lane, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
