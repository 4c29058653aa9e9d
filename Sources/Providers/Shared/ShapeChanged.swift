import Formats
import Market

extension ReadingError {
  /// What a JSON fault means for a whole answer: its shape is not the one we know.
  init(_ fault: JSONFault, in body: [UInt8]) {
    let rest = body.dropFirst(fault.offset)
    let found = rest.isEmpty ? "the end of the answer" : "'\(Excerpt.of(rest, limit: 40))'"
    self = .shapeChanged(expected: fault.expected.rawValue, found: found, offset: fault.offset)
  }

  /// A request that this reader did not make: our own mistake, or a capture of something else.
  static func notOurs(_ request: Request) -> ReadingError {
    .shapeChanged(expected: "an answer to a request of \(request.provider)", found: request.target, offset: nil)
  }
}

/// Reads one JSON document from its first byte to its last; a document that is cut or has a tail is refused as a whole.
func readingDocument<Result>(
  _ body: [UInt8], _ read: (inout JSONCursor) throws(JSONFault) -> Result
) throws(ReadingError) -> Result {
  do {
    return try JSONCursor.reading(body) { (cursor) throws(JSONFault) -> Result in
      let result = try read(&cursor)
      try cursor.expectEnd()
      return result
    }
  } catch {
    throw ReadingError(error, in: body)
  }
}
