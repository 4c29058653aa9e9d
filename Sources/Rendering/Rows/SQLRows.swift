import Market

/// Statements that make a table in an empty SQLite file and fill it: `sqlite3 new.db < rows.sql`.
///
/// All in one transaction; `INSERT`s of many rows, bounded in rows and bytes, so that no reader holds more than a
/// little.
final class SQLRows: RowEncoder {
  let output = ByteBuffer()
  private let name: [UInt8]
  @exclusivity(unchecked) private var cursor = ColumnCursor()
  private var statementRows = 0
  private var statementBytes = 0
  private var rowStart = 0

  private let maximumRows: Int
  private static let usualRows = 256
  private static let maximumBytes = 64 << 10

  /// - Parameter rowsAStatement: at most so many rows an INSERT; `nil` for as many as SQLite likes.
  init(table: String, rowsAStatement: Int? = nil) {
    maximumRows = rowsAStatement ?? Self.usualRows
    name = Array(SQLText.identifier(table).utf8)
  }

  func begin(_ columns: [Column]) {
    cursor = ColumnCursor(columns: columns.count)
    let definitions = columns.map { "\(SQLText.identifier($0.name)) \(SQLText.type(of: $0.kind))" }
    output.append(
      "BEGIN;\nCREATE TABLE \(String(decoding: name, as: UTF8.self)) (\(definitions.joined(separator: ", ")));\n")
  }

  func integer(_ value: Int64) {
    separate()
    output.append(integer: value)
    cursor.advance()
  }

  func real(_ value: Double) {
    if value.isNaN { return null() }
    separate()
    if value.isFinite {
      cursor.append(value, to: output)
    } else {
      // The spelling that SQLite's own shell uses: too large for a double, so it reads back as infinity.
      output.append(value < 0 ? "-9e999" : "9e999" as StaticString)
    }
    cursor.advance()
  }

  func instant(_ value: Instant) {
    separate()
    output.append(UInt8(ascii: "'"))
    output.append(instant: value)
    output.append(UInt8(ascii: "'"))
    cursor.advance()
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    separate()
    output.append(sqlLiteral: bytes)
    cursor.advance()
  }

  func null() {
    separate()
    output.append("NULL" as StaticString)
    cursor.advance()
  }

  func endRow() {
    cursor.startRow()
    output.append(UInt8(ascii: ")"))
    statementRows += 1
    statementBytes += output.count - rowStart
    if statementRows == maximumRows || statementBytes >= Self.maximumBytes { endStatement() }
  }

  func finish() {
    if statementRows > 0 { endStatement() }
    output.append("COMMIT;\n" as StaticString)
  }

  @inline(__always)
  private func separate() {
    if cursor.isAtStart { startRow() } else { output.append(UInt8(ascii: ",")) }
  }

  private func startRow() {
    rowStart = output.count
    if statementRows == 0 {
      output.append("INSERT INTO " as StaticString)
      name.withUnsafeBufferPointer { output.append($0) }
      output.append(" VALUES\n(" as StaticString)
    } else {
      output.append(",\n(" as StaticString)
    }
  }

  private func endStatement() {
    output.append(";\n" as StaticString)
    statementRows = 0
    statementBytes = 0
  }
}
