/// Bytes of text on their way out, in memory that is used again after every drain.
///
/// A class, because encoders and their caller share one; not thread-safe. Exports print millions of numbers into it,
/// so it is raw memory: `reserve` once, then write at `end` and `advance`.
package final class ByteBuffer {
  @exclusivity(unchecked) private var base: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) private var capacity: Int
  /// Bytes written and not yet drained.
  @exclusivity(unchecked) package private(set) var count = 0

  /// Room for `capacity` bytes at first; it grows as far as it must.
  package init(capacity: Int = 320 << 10) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for `more` bytes after `end`.
  @inline(__always)
  func reserve(_ more: Int) {
    if capacity - count < more { grow(more) }
  }

  /// Where the next byte goes. Valid until the next `reserve`; never write past what was reserved.
  @inline(__always)
  var end: UnsafeMutablePointer<UInt8> { base + count }

  /// Takes note of `written` bytes written at `end`.
  @inline(__always)
  func advance(_ written: Int) {
    count += written
  }

  @inline(never)
  private func grow(_ more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }
}

extension ByteBuffer {
  /// Appends one byte.
  @inline(__always)
  package func append(_ byte: UInt8) {
    reserve(1)
    end.pointee = byte
    advance(1)
  }

  /// Appends bytes as they are.
  @inline(__always)
  package func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    end.update(from: source, count: bytes.count)
    advance(bytes.count)
  }

  /// Appends the text in UTF-8.
  package func append(_ text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }

  /// Appends a text that is known beforehand.
  @inline(__always)
  package func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Hands over what was written, as raw bytes, and forgets it unless `body` throws.
  package func drain<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    try body(UnsafeRawBufferPointer(start: base, count: count))
    count = 0
  }

  /// What was written and not yet drained.
  package var text: String {
    String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
  }

  /// The same as bytes.
  package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
