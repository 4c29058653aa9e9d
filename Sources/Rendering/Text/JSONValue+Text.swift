import Market

extension JSONValue {
  /// On one line, without spaces or a line feed at the end.
  package var compact: String {
    let buffer = ByteBuffer(capacity: 1024)
    JSONWriter(output: buffer, isPretty: false).write(self)
    return buffer.text
  }

  /// Indented by two spaces, a member or element a line, with a line feed at the end.
  package var pretty: String {
    let buffer = ByteBuffer(capacity: 1024)
    JSONWriter(output: buffer, isPretty: true).write(self)
    buffer.append(UInt8(ascii: "\n"))
    return buffer.text
  }
}

/// Writes values, minding indentation.
private struct JSONWriter {
  let output: ByteBuffer
  let isPretty: Bool
  private var depth = 0

  init(output: ByteBuffer, isPretty: Bool) {
    self.output = output
    self.isPretty = isPretty
  }

  func write(_ value: JSONValue) {
    switch value {
    case .null: output.append("null" as StaticString)
    case .bool(let value): output.append(value ? "true" : "false" as StaticString)
    case .integer(let value): output.append(integer: value)
    case .number(let value): output.append(value.isFinite ? NumberText.text(value) : "null")
    case .string(let value): output.append(jsonString: value)
    case .array(let elements): write(elements, "[", "]") { $1.write($0) }
    case .object(let members): write(members, "{", "}") { $1.write($0) }
    }
  }

  private func write(_ member: (String, JSONValue)) {
    output.append(jsonString: member.0)
    output.append(isPretty ? ": " : ":" as StaticString)
    write(member.1)
  }

  private func write<Item>(
    _ items: [Item], _ opening: StaticString, _ closing: StaticString, _ writeItem: (Item, JSONWriter) -> Void
  ) {
    output.append(opening)
    guard !items.isEmpty else { return output.append(closing) }
    var inner = self
    inner.depth += 1
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      inner.startLine()
      writeItem(item, inner)
    }
    startLine()
    output.append(closing)
  }

  private func startLine() {
    if isPretty { output.append("\n" + String(repeating: "  ", count: depth)) }
  }
}
