/// Bytes that are rewritten where they lie, from the front: nothing becomes longer than it was.
struct Rewriting {
  /// All bytes. What is behind `read` stands there as it was.
  let bytes: UnsafeMutableBufferPointer<UInt8>
  /// Where the next byte is read.
  private(set) var read = 0
  /// How many bytes are written; never more than were read.
  private(set) var written = 0

  /// Rewrites an array. What `work` does not read stays.
  static func rewrite(_ bytes: inout [UInt8], _ work: (inout Rewriting) -> Void) {
    let count = bytes.withUnsafeMutableBufferPointer { buffer in
      var rewriting = Rewriting(bytes: buffer)
      work(&rewriting)
      rewriting.keep(buffer.count - rewriting.read)
      return rewriting.written
    }
    bytes.removeLast(bytes.count - count)
  }

  private init(bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }

  /// The bytes at their places, for a look ahead.
  var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(bytes) }

  /// The next byte; `nil` at the end.
  var next: UInt8? { read < bytes.count ? bytes[read] : nil }

  /// Keeps so many bytes as they are, or as many as there are.
  mutating func keep(_ count: Int) {
    let count = min(count, bytes.count - read)
    guard count > 0, let start = bytes.baseAddress else { return }
    if written != read { (start + written).update(from: start + read, count: count) }
    (read, written) = (read + count, written + count)
  }

  /// Keeps what stands before the next such byte.
  ///
  /// - Returns: where that byte stands; `nil` where there is none, and all is kept.
  mutating func keep(upTo byte: UInt8) -> Int? {
    let found = bytes[read...].firstIndex(of: byte)
    keep((found ?? bytes.count) - read)
    return found
  }

  /// Leaves out what stands before a place.
  mutating func skip(to place: Int) { read = min(max(read, place), bytes.count) }

  /// Writes a byte in the place of what was left out.
  mutating func put(_ byte: UInt8) {
    precondition(written < read, "more is written than was read")
    bytes[written] = byte
    written += 1
  }
}
