import Formats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The cell of a column in the row that was taken last: most rows of most files say the same there, and are taken for
/// the price of one comparison.
final class LastCell {
  private let column: Int
  private let bytes: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) private var count = 0

  /// A longer cell is not kept.
  private static let most = 64

  /// - Parameter column: -1 where no one column decides.
  init(column: Int) {
    self.column = column
    bytes = .allocate(capacity: LastCell.most)
  }

  deinit { bytes.deallocate() }

  /// Whether a row says the same; one that does not may be taken all the same.
  @inline(__always)
  func isSame(_ line: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) -> Bool {
    guard count > 0 else { return false }
    let field = row[column]
    return field.end - field.start == count && memcmp(bytes, line + field.start, count) == 0
  }

  func keep(_ cell: [UInt8]) {
    guard column >= 0, cell.count <= LastCell.most else { return }
    for (index, byte) in cell.enumerated() { bytes[index] = byte }
    count = cell.count
  }
}
