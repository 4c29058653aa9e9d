import Store

/// A question in SQL, and the values of its parameters.
package struct Query: Hashable, Sendable {
  /// As it was typed; not checked until it is asked.
  package let sql: String
  /// By name, without the sign that marks it in SQL: `day` for `:day`, `@day` and `$day`, `1` for `?1`.
  package let parameters: [String: QueryValue]

  /// - Parameter parameters: by name, without the sign that marks it.
  package init(_ sql: String, parameters: [String: QueryValue] = [:]) {
    self.sql = sql
    self.parameters = parameters
  }
}

/// The value of a parameter.
package enum QueryValue: Hashable, Sendable {
  case integer(Int64)
  /// Finite.
  case real(Double)
  case text(String)
  case null
}

extension QueryValue {
  /// A value as somebody types it: a plain number is a number, `NULL` is null, everything else is text.
  ///
  /// In single quotes, as in SQL, it is text whatever it looks like: `'007'`. A number with a leading zero is text too.
  package init(typed text: String) {
    if text == "NULL" {
      self = .null
    } else if let quoted = QueryValue.unquoted(text) {
      self = .text(quoted)
    } else if !QueryValue.looksLikeNumber(text) {
      self = .text(text)
    } else if let integer = Int64(text) {
      self = .integer(integer)
    } else if let real = Double(text), real.isFinite {
      self = .real(real)
    } else {
      self = .text(text)
    }
  }

  private static func unquoted(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    let quote = UInt8(ascii: "'")
    guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else { return nil }
    var result: [UInt8] = []
    var rest = bytes.dropFirst().dropLast()
    while let byte = rest.popFirst() {
      result.append(byte)
      if byte == quote, rest.popFirst() != quote { return nil }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Digits with at most a sign, a point and an exponent; no leading zero before another digit, no `nan`, no `0x`.
  private static func looksLikeNumber(_ text: String) -> Bool {
    text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
  }
}

/// How a question ended well.
package struct QueryAnswer: Hashable, Sendable {
  /// Rows handed over.
  package let rows: Int
  /// Whether there were more, left out for `QueryLimits.rows`.
  package let isCut: Bool
}
