/// What bytes have that other bytes lack: pieces to copy out of the other ones, and those that are new.
///
/// A feed says each hour mostly what it said an hour before; beside that, what is new is short. Pieces are found by the hash
/// of sixteen bytes and grow both ways, so that one look at each byte suffices.
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

  /// Bytes by whose hash a piece is found.
  private static let window = 16
  /// A shorter piece costs more than it saves.
  fileprivate static let shortest = 24
  /// What makes `bytes` of `base`. Empty ones on either side are allowed.
  ///
  /// - Complexity: linear in both.
  package static func delta(of bytes: [UInt8], against base: [UInt8]) -> [UInt8] {
    var pieces: [Piece] = []
    var new: [UInt8] = []
    bytes.withUnsafeBytes { target in
      base.withUnsafeBytes { source in
        guard source.count >= window, target.count >= window else { return new.append(contentsOf: target) }
        let index = Index(source)
        var (done, at, next) = (0, 0, 0)
        while at + window <= target.count {
          let hint = next + (at - done)
          guard let piece = index.piece(at: at, of: target, from: done, hint: hint) else {
            at += 1
            continue
          }
          new.append(contentsOf: target[done..<piece.target])
          pieces.append(Piece(new: piece.target - done, length: piece.length, skip: piece.source - next))
          (done, next) = (piece.target + piece.length, piece.source + piece.length)
          at = done
        }
        new.append(contentsOf: target[done...])
      }
    }
    var script: [UInt8] = []
    put(UInt64(pieces.count), into: &script)
    for piece in pieces {
      put(UInt64(piece.new), into: &script)
      put(UInt64(piece.length), into: &script)
      put(UInt64(bitPattern: Int64((piece.skip << 1) ^ (piece.skip >> 63))), into: &script)
    }
    return script + new
  }

  private struct Piece {
    let new: Int
    let length: Int
    /// From the end of the piece before.
    let skip: Int
  }

  // MARK: - Applying

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

  private static func put(_ number: UInt64, into bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

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

/// Where in some bytes each sixteen of them stand, every eighth place.
private struct Index {
  private let source: UnsafeRawBufferPointer
  private let places: [Int32]
  private let shift: UInt64

  init(_ source: UnsafeRawBufferPointer) {
    self.source = source
    var bits: UInt64 = 8
    while bits < 22, (1 << bits) < source.count / 4 { bits += 1 }
    shift = 64 - bits
    var places = [Int32](repeating: -1, count: 1 << Int(bits))
    for place in Swift.stride(from: 0, through: source.count - 16, by: 8) {
      let slot = Index.slot(source, place, shift)
      // The first of equal ones: what repeats within a body is markup, and continues as it did before.
      if places[slot] < 0 { places[slot] = Int32(truncatingIfNeeded: place) }
    }
    self.places = places
  }

  private static func slot(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ shift: UInt64) -> Int {
    let first = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    let second = bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
    let mixed = (first &* 0x9E37_79B9_7F4A_7C15) ^ (second &* 0xC2B2_AE3D_27D4_EB4F)
    return Int((mixed &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  /// The longest of two pieces that are the same here and there around a place.
  ///
  /// - Parameters:
  ///   - done: what lies before it in the target is told already.
  ///   - hint: the place in the source where what came before would go on.
  func piece(
    at: Int, of target: UnsafeRawBufferPointer, from done: Int, hint: Int
  ) -> (target: Int, source: Int, length: Int)? {
    let found = piece(from: Int(places[Index.slot(target, at, shift)]), at, target, done)
    let next = piece(from: hint, at, target, done)
    guard let found else { return next }
    guard let next, next.length >= found.length else { return found }
    return next
  }

  private func piece(
    from place: Int, _ at: Int, _ target: UnsafeRawBufferPointer, _ done: Int
  ) -> (target: Int, source: Int, length: Int)? {
    guard place >= 0, place + 16 <= source.count,
      source.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        == target.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    else { return nil }
    var (before, after) = (0, 8)
    let most = min(target.count - at, source.count - place)
    while after + 8 <= most,
      source.loadUnaligned(fromByteOffset: place + after, as: UInt64.self)
        == target.loadUnaligned(fromByteOffset: at + after, as: UInt64.self)
    { after += 8 }
    while after < most, target[at + after] == source[place + after] { after += 1 }
    while at - before > done, place > before, target[at - before - 1] == source[place - before - 1] { before += 1 }
    return before + after < BodyDelta.shortest ? nil : (at - before, place - before, before + after)
  }
}
