import Formats

/// `[{"title":"CPI m/m","country":"USD","date":"2026-08-12T08:30:00-04:00","impact":"High","forecast":"0.2%",
/// "previous":"0.3%"}]`, oldest first. A text without anything in it says that nothing is told.
struct WeekCalendarPayload {
  /// A row, with the bytes of each of its texts.
  struct Row {
    var texts: [String: String] = [:]
    var places: [String: Range<Int>] = [:]
  }
  /// A row of the answer; `nil` in place of one that is none.
  struct Entry {
    let row: Row?
    let bytes: Range<Int>
  }

  private(set) var entries: [Entry] = []

  static let names: Set<String> = ["title", "country", "date", "impact", "forecast", "previous"]

  init(_ cursor: inout JSONCursor) throws(JSONFault) {
    var found: [Entry] = []
    try cursor.eachObject(Self.row) { row, bytes, _ in found.append(Entry(row: row, bytes: bytes)) }
    entries = found
  }

  /// - Throws: where a member that is read is no text, or stands twice.
  private static func row(_ cursor: inout JSONCursor) throws(JSONFault) -> Row {
    var row = Row()
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      let name = name.string
      guard names.contains(name) else { return try cursor.skipValue(toleratingWords: true) }
      var isTwice = row.places[name] != nil
      try cursor.meet(&isTwice)
      _ = cursor.peek()
      let start = cursor.offset
      // Nothing is as good as an empty text.
      row.texts[name] = cursor.takeNull() ? "" : try cursor.text().string
      row.places[name] = start..<cursor.offset
    }
    return row
  }
}
