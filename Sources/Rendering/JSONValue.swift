/// A JSON document to be written: the results of commands. Objects keep the order of their members.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// `nan` and infinities are written as null.
  case number(Double)
  case string(String)
  case array([JSONValue])
  /// Members in the order to be written. Names should differ.
  case object([(String, JSONValue)])
}

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

extension JSONValue {
  /// The string, or null.
  package static func optional(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
  /// The integer, or null.
  package static func optional(_ value: Int64?) -> JSONValue { value.map(JSONValue.integer) ?? .null }
  /// The number, or null.
  package static func optional(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
}

extension JSONValue: Equatable {
  /// Equal where the same text is written for both.
  package static func == (a: JSONValue, b: JSONValue) -> Bool { a.compact.utf8.elementsEqual(b.compact.utf8) }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Keeps the order of the literal.
  package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements) }
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
