import CSQLite
import Market
import Store

/// Rows of a foreign database as text, whatever stands in them: no cell breaks a line, none grows without end.
struct ForeignCSV {
  private(set) var bytes: [UInt8]
  private(set) var rows = 0

  /// Bytes of a text that are kept, and of all rows together.
  static let cellLimit = 256
  static let limit = 256 << 20

  init(_ columns: [String]) {
    bytes = Array((columns.joined(separator: ",") + "\n").utf8)
  }

  mutating func add(_ row: ForeignRow) throws {
    for column in 0..<row.count {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      switch row.kind(column) {
      case SQLITE_INTEGER: bytes += String(row.integer(column)).utf8
      case SQLITE_FLOAT: bytes += ForeignCSV.text(row.real(column)).utf8
      case SQLITE_TEXT: add(text: row.bytes(column))
      case SQLITE_BLOB: bytes += "(blob)".utf8
      default: break
      }
    }
    bytes.append(UInt8(ascii: "\n"))
    rows += 1
    guard bytes.count <= ForeignCSV.limit else {
      throw FileRefusal(
        "one of its tables has more than \(ForeignCSV.limit >> 20) MiB of rows",
        hint: "Write it as CSV and import that: sqlite3 FILE -header -csv 'SELECT …'")
    }
  }

  /// The shortest text that reads back; whole numbers without a point.
  private static func text(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private mutating func add(text: UnsafeRawBufferPointer) {
    let kept = text.prefix(ForeignCSV.cellLimit)
    let quote = UInt8(ascii: "\"")
    bytes.append(quote)
    for byte in kept {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte < 32 || byte == 127 ? UInt8(ascii: " ") : byte)
    }
    bytes.append(quote)
  }
}
