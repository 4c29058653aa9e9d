import Formats

/// `{"name":…,"data":[{"value":"26","value_classification":"Fear","timestamp":"1783728000"},…],"metadata":{"error":null}}`,
/// newest first; all numbers are strings.
struct FearAndGreedPayload {
  struct Entry {
    /// `nil` where the member is missing or of the wrong kind; `NaN` stands for text that is no number.
    var value: Double?
    var classification: String?
    var timestamp: Int64?
    var excerpt = ""
    /// Why it cannot be read at all.
    var fault: JSONExpectation?
  }

  private(set) var entries: [Entry]?
  /// The provider's words, if it complains.
  private(set) var error: String?

  init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var (hasData, hasMetadata) = (false, false)
    var more = try cursor.enterObject()
    while more {
      switch try cursor.memberName() {
      case "data":
        try cursor.meet(&hasData)
        try readEntries(&cursor)
      case "metadata":
        try cursor.meet(&hasMetadata)
        try readMetadata(&cursor)
      default: try cursor.skipValue(toleratingWords: true)
      }
      more = try cursor.nextMember()
    }
  }

  private mutating func readEntries(_ cursor: inout JSONCursor) throws(JSONFault) {
    if cursor.takeNull() { return }
    var entries: [Entry] = []
    var more = try cursor.enterArray()
    while more {
      let start = cursor.offset
      var entry = Entry()
      do throws(JSONFault) {
        entry = try Self.entry(&cursor)
      } catch {
        entry.fault = error.expected
      }
      cursor.offset = start
      try cursor.skipRow(of: .objects)
      entry.excerpt = Excerpt.of(cursor.bytes(from: start))
      entries.append(entry)
      more = try cursor.nextElement()
    }
    self.entries = entries
  }

  private static func entry(_ cursor: inout JSONCursor) throws(JSONFault) -> Entry {
    var entry = Entry()
    var (hasValue, hasLabel, hasTime) = (false, false, false)
    var more = try cursor.enterObject()
    while more {
      let name = try cursor.memberName()
      let start = cursor.offset
      switch name {
      case "value":
        try cursor.meet(&hasValue)
        entry.value = number(&cursor)
      case "value_classification":
        try cursor.meet(&hasLabel)
        entry.classification = (try? cursor.text())?.string
      case "timestamp":
        try cursor.meet(&hasTime)
        entry.timestamp = try? cursor.integer()
      default: break
      }
      cursor.offset = start
      try cursor.skipValue(toleratingWords: true)
      more = try cursor.nextMember()
    }
    return entry
  }

  private static func number(_ cursor: inout JSONCursor) -> Double? {
    do throws(JSONFault) {
      return try cursor.decimal()
    } catch {
      return error.expected == .finiteDecimal ? .nan : nil
    }
  }

  private mutating func readMetadata(_ cursor: inout JSONCursor) throws(JSONFault) {
    if cursor.takeNull() { return }
    var hasError = false
    var more = try cursor.enterObject()
    while more {
      let isError = try cursor.memberName() == "error"
      if isError { try cursor.meet(&hasError) }
      let isNull = cursor.takeNull()
      if !isNull {
        let start = cursor.offset
        try cursor.skipValue(toleratingWords: true)
        if isError { error = Excerpt.of(cursor.bytes(from: start), limit: 200) }
      }
      more = try cursor.nextMember()
    }
  }
}
