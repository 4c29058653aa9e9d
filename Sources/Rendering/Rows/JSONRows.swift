import Market

/// Rows as JSON objects with the columns' names as keys, in the order of the columns: one array, or one object a
/// line.
final class JSONRows: RowEncoder {
  enum Form { case array, lines }

  let output = ByteBuffer()
  private let form: Form
  @exclusivity(unchecked) private var cursor = ColumnCursor()
  /// What stands before each cell: `{"asset":` before the first, `,"open":` before the others. Raw memory, because a
  /// million rows walk over it.
  @exclusivity(unchecked) private var keys: UnsafeMutableBufferPointer<UnsafeMutableBufferPointer<UInt8>>
  private var isFirstRow = true

  init(_ form: Form) {
    self.form = form
    keys = .allocate(capacity: 0)
  }

  deinit { forgetKeys() }

  func begin(_ columns: [Column]) {
    cursor = ColumnCursor(columns: columns.count)
    forgetKeys()
    keys = .allocate(capacity: columns.count)
    for (index, column) in columns.enumerated() {
      let key = key(column.name, isFirst: index == 0)
      let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: key.count)
      _ = bytes.initialize(from: key)
      keys.initializeElement(at: index, to: bytes)
    }
    if form == .array { output.append(UInt8(ascii: "[")) }
  }

  func integer(_ value: Int64) {
    appendKey()
    output.append(integer: value)
    cursor.advance()
  }

  func real(_ value: Double) {
    guard value.isFinite else { return null() }
    appendKey()
    cursor.append(value, to: output)
    cursor.advance()
  }

  func instant(_ value: Instant) {
    appendKey()
    output.append(UInt8(ascii: "\""))
    output.append(instant: value)
    output.append(UInt8(ascii: "\""))
    cursor.advance()
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    appendKey()
    output.append(jsonString: bytes)
    cursor.advance()
  }

  func null() {
    appendKey()
    output.append("null" as StaticString)
    cursor.advance()
  }

  func endRow() {
    cursor.startRow()
    output.append(UInt8(ascii: "}"))
    if form == .lines { output.append(UInt8(ascii: "\n")) }
    isFirstRow = false
  }

  func finish() {
    if form == .array { output.append("]\n" as StaticString) }
  }

  @inline(__always)
  private func appendKey() {
    if cursor.isAtStart, form == .array, !isFirstRow { output.append(",\n" as StaticString) }
    output.append(UnsafeBufferPointer(keys[cursor.index]))
  }

  private func forgetKeys() {
    for key in keys { key.deallocate() }
    keys.deallocate()
  }

  private func key(_ name: String, isFirst: Bool) -> [UInt8] {
    let key = ByteBuffer(capacity: 64)
    key.append(UInt8(ascii: isFirst ? "{" : ","))
    key.append(jsonString: name)
    key.append(UInt8(ascii: ":"))
    return key.bytes
  }
}
