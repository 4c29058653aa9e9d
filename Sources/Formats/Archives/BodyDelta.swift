/// What bytes have that other bytes lack, as earlier versions told it: pieces to copy out of the other ones, and those that are
/// new. Only read; `ZstdPacker` makes less of the same.
///
/// The form: the number of pieces; for each of them how many new bytes stand before it, how many it copies, and how far its
/// place is from the end of the one before; then all the new bytes in order. Numbers are base 128, the lowest first, those
/// with a sign as zigzag. What stands behind the last piece is new.
package enum BodyDelta {
  /// What is wrong with a delta that cannot be applied.
  package struct Damage: Error, CustomStringConvertible {
    /// In words.
    package let description: String
  }

  /// The bytes that a delta makes of `base`.
  ///
  /// - Parameter limit: more bytes than that are refused.
  package static func applied(_ delta: [UInt8], to base: [UInt8], limit: Int) throws(Damage) -> [UInt8] {
    var at = 0
    let count = try number(in: delta, &at)
    guard count <= delta.count else { throw Damage(description: "it tells of \(count) pieces in \(delta.count) bytes") }
    var pieces: [(new: Int, length: Int, source: Int)] = []
    var (next, size) = (0, 0)
    for _ in 0..<count {
      let (new, length) = (try number(in: delta, &at), try number(in: delta, &at))
      let skip = try number(in: delta, &at)
      let (source, isFar) = next.addingReportingOverflow((skip >> 1) ^ -(skip & 1))
      guard !isFar, source >= 0, source <= base.count, length <= base.count - source else {
        throw Damage(description: "a piece lies outside of what it is copied from")
      }
      guard new <= delta.count else { throw Damage(description: "it ends within its new bytes") }
      guard new <= limit - size, length <= limit - size - new else {
        throw Damage(description: "it makes more than \(limit) bytes")
      }
      size += new + length
      pieces.append((new, length, source))
      next = source + length
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(limit, size + delta.count - at))
    for piece in pieces {
      guard piece.new <= delta.count - at else { throw Damage(description: "it ends within its new bytes") }
      bytes.append(contentsOf: delta[at..<at + piece.new])
      bytes.append(contentsOf: base[piece.source..<piece.source + piece.length])
      at += piece.new
    }
    guard delta.count - at <= limit - bytes.count else {
      throw Damage(description: "it makes more than \(limit) bytes")
    }
    bytes.append(contentsOf: delta[at...])
    return bytes
  }

  // MARK: - Numbers

  private static func number(in bytes: [UInt8], _ at: inout Int) throws(Damage) -> Int {
    var (number, shift) = (0, 0)
    while at < bytes.count, shift < 56 {
      let byte = bytes[at]
      at += 1
      number |= Int(byte & 0x7f) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    throw Damage(description: "a number in it has no end")
  }
}
