/// A JSON document to be written: what a command, a page or a report says to programs. Objects keep the order of their
/// members.
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
  /// The string, or null.
  package static func optional(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
  /// The integer, or null.
  package static func optional(_ value: Int64?) -> JSONValue { value.map(JSONValue.integer) ?? .null }
  /// The number, or null.
  package static func optional(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
}

extension JSONValue: Equatable {
  /// Equal part by part, members in the same order and strings byte by byte; a number that is none equals itself.
  package static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): a == b || a.isNaN && b.isNaN
    case (.string(let a), .string(let b)): same(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a.elementsEqual(b) { same($0.0, $1.0) && $0.1 == $1.1 }
    case (.null, _), (.bool, _), (.integer, _), (.number, _), (.string, _), (.array, _), (.object, _): false
    }
  }

  /// Letters that only look alike are written differently.
  private static func same(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }
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
