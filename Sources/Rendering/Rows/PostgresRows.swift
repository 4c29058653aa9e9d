import Market

/// Statements that make a table in a PostgreSQL database and fill it with `COPY`, in its text format:
/// `psql -v ON_ERROR_STOP=1 -f rows.sql`. What stands around one or more of them: `PostgresScript`.
///
/// PostgreSQL's texts hold neither NUL nor what is no UTF-8: NUL is written as `␀` (U+2400), the rest as U+FFFD.
final class PostgresRows: RowEncoder {
  let output = ByteBuffer()
  private let table: String
  private let form: SQLForm
  private var copy = ""
  @exclusivity(unchecked) private var cursor = ColumnCursor()
  private var rows = 0

  init(table: String, form: SQLForm) {
    self.table = SQLText.identifier(table)
    self.form = form
  }

  func begin(_ columns: [Column]) {
    cursor = ColumnCursor(columns: columns.count)
    let names = columns.map { SQLText.identifier($0.name) }
    var definitions = zip(names, columns).map { "\($0) \(SQLText.postgresType(of: $1))" }
    if !form.key.isEmpty {
      definitions.append("PRIMARY KEY (\(form.key.map(SQLText.identifier).joined(separator: ", ")))")
    }
    output.append("CREATE TABLE \(table) (\(definitions.joined(separator: ", ")));\n")
    copy = "COPY \(table) (\(names.joined(separator: ", "))) FROM stdin;\n"
  }

  func integer(_ value: Int64) {
    separate()
    output.append(integer: value)
  }

  func real(_ value: Double) {
    output.reserve(NumberText.maximumBytes + 1)
    if !cursor.isAtStart { output.append(UInt8(ascii: "\t")) } else { startRow() }
    if value.isFinite {
      cursor.append(value, to: output)
    } else {
      output.append(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" as StaticString)
    }
    cursor.advance()
  }

  func instant(_ value: Instant) {
    separate()
    output.append(instant: value)
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    separate()
    output.append(copyText: bytes)
  }

  func null() {
    separate()
    output.append("\\N" as StaticString)
  }

  func endRow() {
    cursor.startRow()
    output.append(UInt8(ascii: "\n"))
    rows += 1
    if rows == form.batch { endCopy() }
  }

  func finish() {
    if rows > 0 { endCopy() }
  }

  @inline(__always)
  private func separate() {
    if cursor.isAtStart { startRow() } else { output.append(UInt8(ascii: "\t")) }
    cursor.advance()
  }

  @inline(__always)
  private func startRow() {
    if rows == 0 { output.append(copy) }
  }

  private func endCopy() {
    output.append("\\.\n" as StaticString)
    rows = 0
  }
}

extension SQLText {
  static func postgresType(of column: Column) -> String {
    switch column.meaning {
    case .instant: "timestamptz"
    case .day: "date"
    case .flag: "boolean"
    case nil:
      switch column.kind {
      case .integer: "bigint"
      case .real: "double precision"
      case .text: "text"
      }
    }
  }
}

extension ByteBuffer {
  /// Appends a text as a field of `COPY`: backslash and what would end the field escaped.
  @inline(__always)
  func append(copyText bytes: UnsafeBufferPointer<UInt8>) {
    if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) {
      append(bytes)
    } else {
      appendCopyEscaped(String(decoding: bytes, as: UTF8.self))
    }
  }

  @inline(never)
  private func appendCopyEscaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case 0: append("␀" as StaticString)
      case UInt8(ascii: "\\"): append("\\\\" as StaticString)
      case UInt8(ascii: "\t"): append("\\t" as StaticString)
      case UInt8(ascii: "\n"): append("\\n" as StaticString)
      case UInt8(ascii: "\r"): append("\\r" as StaticString)
      default: append(byte)
      }
    }
  }
}
