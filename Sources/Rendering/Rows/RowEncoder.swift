import Market

/// Rows to text, cell by cell, so that a million rows cost no allocation each.
///
/// Call `begin` once; then for every row its cells in the order of the columns and `endRow`; `finish` at the end. The
/// text gathers in `output`: `drain` it after a row when `isFull`, and once more after `finish`. An encoder is used
/// once, by one thread at a time.
package protocol RowEncoder: AnyObject, RowReceiver {
  /// The text that waits to be drained.
  var output: ByteBuffer { get }
  /// The names of the columns that were left out for want of room, known after `finish`; only a table has any.
  var hiddenColumns: [String] { get }

  /// Writes what stands before the rows. Column names should differ; no format repairs them.
  func begin(_ columns: [Column])
  /// Ends the row. A row with more or fewer cells than columns is our own mistake, and stops the program.
  func endRow()
  /// Writes what stands after the rows.
  func finish()
}

extension RowEncoder {
  package var hiddenColumns: [String] { [] }

  /// The same for a text that is a `String` already.
  package func text(_ value: String) {
    var value = value
    value.withUTF8 { text($0) }
  }

  /// Whether it is time to drain: 256 KiB are waiting.
  @inline(__always)
  package var isFull: Bool { output.count >= 256 << 10 }

  /// Hands over the text gathered so far, as raw bytes, and forgets it unless `body` throws.
  package func drain<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    try output.drain(body)
  }
}

/// A row encoder's place in the columns: which cell is next, and how many decimals the last real of each column had.
struct ColumnCursor {
  private(set) var index = 0
  private var decimals: [Int]

  init(columns: Int = 0) {
    decimals = Array(repeating: 0, count: columns)
  }

  var isAtStart: Bool { index == 0 }

  @inline(__always)
  mutating func advance() { index &+= 1 }

  @inline(__always)
  mutating func startRow() {
    precondition(index == decimals.count, "a row has \(index) cells where there are \(decimals.count) columns")
    index = 0
  }

  /// Prints a real of the current column.
  @inline(__always)
  mutating func append(_ value: Double, to output: ByteBuffer) {
    output.append(real: value, decimals: &decimals[index])
  }
}
