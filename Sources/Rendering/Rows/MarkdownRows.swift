import Market

/// A table in GitHub's Markdown; columns of numbers are aligned to the right.
final class MarkdownRows: RowEncoder {
  let output = ByteBuffer()
  @exclusivity(unchecked) private var cursor = ColumnCursor()

  func begin(_ columns: [Column]) {
    cursor = ColumnCursor(columns: columns.count)
    for column in columns { text(column.name) }
    endRow()
    for column in columns { output.append(column.kind == .text ? "| --- " : "| ---: " as StaticString) }
    output.append("|\n" as StaticString)
  }

  func integer(_ value: Int64) {
    cell { output.append(integer: value) }
  }

  func real(_ value: Double) {
    if value.isNaN { return null() }
    output.append("| " as StaticString)
    cursor.append(value, to: output)
    output.append(UInt8(ascii: " "))
    cursor.advance()
  }

  func instant(_ value: Instant) {
    cell { output.append(instant: value) }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    cell { output.append(markdown: bytes, lineBreak: "<br>") }
  }

  func null() {
    cell {}
  }

  func endRow() {
    cursor.startRow()
    output.append("|\n" as StaticString)
  }

  func finish() {}

  private func cell(_ content: () -> Void) {
    output.append("| " as StaticString)
    content()
    output.append(UInt8(ascii: " "))
    cursor.advance()
  }
}
