import Store

/// Bytes between the process that asks and the one that answers: numbers of eight bytes, texts behind their length.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ byte: UInt8) { bytes.append(byte) }
  mutating func put(_ number: Int64) { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }
  mutating func put(_ number: Double) { put(Int64(bitPattern: number.bitPattern)) }
  mutating func put(_ number: Int?) {
    put(UInt8(number == nil ? 0 : 1))
    put(Int64(number ?? 0))
  }
  mutating func put(_ text: String) {
    var text = text
    text.withUTF8 { put($0) }
  }
  mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
    put(Int64(text.count))
    bytes.append(contentsOf: text)
  }

  /// Notes down a number that is known only later; `at` is where it was put.
  mutating func replace(at index: Int, with number: Int64) {
    withUnsafeBytes(of: number.littleEndian) { source in
      for (offset, byte) in source.enumerated() { bytes[index + offset] = byte }
    }
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

/// The bytes end before what they announce.
struct WireEnd: Error {}

/// Reads what `WireWriter` wrote. Nothing is believed: a length beyond the end throws.
struct WireReader {
  private var rest: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func byte() throws -> UInt8 {
    guard let byte = rest.first else { throw WireEnd() }
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
    return byte
  }

  mutating func integer() throws -> Int64 {
    guard rest.count >= 8 else { throw WireEnd() }
    let number = rest.loadUnaligned(as: Int64.self)
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(8))
    return Int64(littleEndian: number)
  }

  mutating func count() throws -> Int {
    let number = try integer()
    guard let count = Int(exactly: number), count >= 0 else { throw WireEnd() }
    return count
  }

  mutating func optional() throws -> Int? {
    let isThere = try byte() == 1
    let number = try integer()
    return isThere ? Int(number) : nil
  }

  mutating func real() throws -> Double { Double(bitPattern: UInt64(bitPattern: try integer())) }

  mutating func bytes() throws -> UnsafeRawBufferPointer {
    let count = try count()
    guard rest.count >= count else { throw WireEnd() }
    defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count)) }
    return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
  }

  mutating func text() throws -> String { String(decoding: try bytes(), as: UTF8.self) }
}
