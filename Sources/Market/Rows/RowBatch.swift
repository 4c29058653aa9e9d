/// Rows as cells one after the other: a mark, and a word or a text behind its length. Used by one thread at a time.
///
/// No class: a reference that is counted for every cell is a quarter of an export. Whoever has it last frees it.
package struct RowBatch: @unchecked Sendable {
  @usableFromInline enum Mark {
    case integer, real, instant, text, null, endOfRow
  }
  @usableFromInline static let full = 96 << 10
  @usableFromInline var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 8)
  @usableFromInline var count = 0

  /// An empty one.
  package init() {}

  /// Gives its memory back; nobody may use it or a copy of it afterwards.
  package func free() { memory.deallocate() }

  /// The same memory, for other cells.
  package var emptied: RowBatch {
    var batch = self
    batch.clear()
    return batch
  }

  /// Whether enough has gathered to be handed over.
  @inlinable package var isFull: Bool { count >= RowBatch.full }
  /// Whether it holds no cell.
  package var isEmpty: Bool { count == 0 }

  /// Forgets its cells.
  package mutating func clear() { count = 0 }

  /// Adds a cell that holds a whole number.
  @inlinable package mutating func add(_ value: Int64) { add(.integer, UInt64(bitPattern: value)) }
  /// Adds a cell that holds a number.
  @inlinable package mutating func add(_ value: Double) { add(.real, value.bitPattern) }
  /// Adds a cell that holds an instant.
  @inlinable package mutating func add(_ value: Instant) { add(.instant, UInt64(bitPattern: value.epochSeconds)) }
  /// Adds a cell that holds nothing.
  @inlinable package mutating func addNull() { add(.null) }
  /// Ends a row.
  @inlinable package mutating func endRow() { add(.endOfRow) }

  /// Adds a cell that holds a text in UTF-8; the bytes are copied.
  @inlinable
  package mutating func add(text bytes: UnsafeBufferPointer<UInt8>) {
    add(.text, UInt64(bytes.count))
    reserve(bytes.count)
    if let start = bytes.baseAddress, let memory = memory.baseAddress {
      (memory + count).copyMemory(from: start, byteCount: bytes.count)
    }
    count &+= bytes.count
  }

  @inlinable @inline(__always)
  mutating func add(_ mark: Mark) {
    reserve(1)
    memory.storeBytes(of: mark, toByteOffset: count, as: Mark.self)
    count &+= 1
  }

  @inlinable @inline(__always)
  mutating func add(_ mark: Mark, _ word: UInt64) {
    reserve(9)
    memory.storeBytes(of: mark, toByteOffset: count, as: Mark.self)
    memory.storeBytes(of: word, toByteOffset: count &+ 1, as: UInt64.self)
    count &+= 9
  }

  /// Makes room; what has gathered in a row of enormous texts moves.
  @inlinable @inline(__always)
  mutating func reserve(_ more: Int) {
    if count &+ more > memory.count { grow(by: more) }
  }

  @usableFromInline
  mutating func grow(by more: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(2 * memory.count, count + more), alignment: 8)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    memory.deallocate()
    memory = larger
  }

  /// Hands all cells to a receiver, in their order.
  ///
  /// - Throws: what the receiver throws; it gets no more rows then.
  @inlinable
  package func pass(to next: some RowReceiver) throws {
    var place = 0
    while place < count {
      let mark = memory.load(fromByteOffset: place, as: Mark.self)
      place &+= 1
      switch mark {
      case .integer: next.integer(Int64(bitPattern: word(&place)))
      case .real: next.real(Double(bitPattern: word(&place)))
      case .instant: next.instant(Instant(epochSeconds: Int64(bitPattern: word(&place))))
      case .text:
        let length = Int(word(&place))
        let bytes = UnsafeRawBufferPointer(rebasing: memory[place..<place + length])
        next.text(bytes.assumingMemoryBound(to: UInt8.self))
        place += length
      case .null: next.null()
      case .endOfRow: try next.endRow()
      }
    }
  }

  @inlinable @inline(__always)
  func word(_ place: inout Int) -> UInt64 {
    defer { place &+= 8 }
    return memory.loadUnaligned(fromByteOffset: place, as: UInt64.self)
  }
}
