/// Where a JSON text is not what its reader asked for.
package struct JSONFault: Error, Hashable, Sendable {
  /// What would have been right at `offset`.
  package let expected: JSONExpectation
  /// Counted in bytes from the start of the text; equal to its length where the text ends too early.
  package let offset: Int

  /// A fault at an offset in bytes from the start of the text.
  @usableFromInline
  package init(_ expected: JSONExpectation, at offset: Int) {
    self.expected = expected
    self.offset = offset
  }
}

/// What a reader of JSON asked for and did not find; the raw value is how people are told.
package enum JSONExpectation: String, Hashable, Sendable {
  case value = "a value"
  case array = "an array"
  case object = "an object"
  case string = "a string"
  case memberName = "a member name"
  case colon = "a colon"
  /// A member that is read stood twice in one object.
  case singleMember = "each member once"
  case nextElement = "a comma or the end of the array"
  case field = "a comma and another field"
  case nextMember = "a comma or the end of the object"
  /// A number as JSON spells it, or the same in quotes.
  case number = "a number"
  /// A string or number stood there, but its text is no finite decimal number.
  case finiteDecimal = "a finite decimal number"
  case integer = "a whole number"
  /// Nothing but white space may follow the outermost value.
  case end = "the end of the text"
  case lessNesting = "at most 64 levels of nesting"
}

extension JSONFault: CustomStringConvertible {
  /// `expected a number at byte 12`
  package var description: String { "expected \(expected.rawValue) at byte \(offset)" }
}
