import Formats
import Market

/// `{"observations":[{"realtime_start":"2024-10-30","realtime_end":"9999-12-31","date":"2024-07-01","value":"29374.9"}]}`,
/// oldest first. Values are texts; a point is none.
struct FREDObservations {
  let id: String
  let first: Day?
  let hasVintages: Bool

  /// A row as it is sent.
  private struct Row {
    var date: String?
    var publication: String?
    var value: String?
    var valueBytes = 0..<0
  }

  func read(_ answer: Answer) throws(ReadingError) -> Reading {
    var gathering = ObservationGathering(.observations(of: id, at: FRED.name), first: first, answer, projects: true)
    var (found, total): (Int?, Int64?) = (nil, nil)
    try readingDocument(answer.body) { (cursor) throws(JSONFault) in
      var (hasRows, hasCount) = (false, false)
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        switch name {
        case "count":
          try cursor.meet(&hasCount)
          total = try cursor.integer()
        case "observations":
          try cursor.meet(&hasRows)
          var count = 0
          try cursor.eachObject(Self.row) { row, bytes, _ in
            count += 1
            let excerpt = Excerpt.of(answer.body[bytes])
            guard let row else { return gathering.refuse(.malformed, nil, "no observation", excerpt) }
            gathering.add(
              day: row.date, vintage: hasVintages ? .some(row.publication) : .none, value: row.value, excerpt: excerpt)
          }
          found = count
        default: try cursor.skipValue(toleratingWords: true)
        }
      }
    }
    guard let found else { throw .shapeChanged(expected: "a member 'observations'", found: "none", offset: nil) }
    if found == 0 { throw .empty }
    if let total, total > found {
      throw .shapeChanged(expected: "all \(total) observations", found: "\(found) of them", offset: nil)
    }
    return gathering.reading()
  }

  static func place(of figure: Figure, _ hasVintages: Bool, in body: [UInt8]) -> Place? {
    guard let (day, vintage) = figure.observed else { return nil }
    return JSONCursor.reading(body) { cursor -> Place? in
      guard let rows = (try? cursor.members())?["observations"] else { return nil }
      cursor.offset = rows.lowerBound
      let found = try? cursor.firstElement { (number, cursor) throws(JSONFault) -> Place? in
        let row = try Self.row(&cursor)
        guard row.date == day.description, !hasVintages || row.publication == vintage.description else { return nil }
        return Place(
          path: .json(JSONPath.root.member("observations").element(number).member("value").text),
          bytes: row.valueBytes, rule: .observation)
      }
      return found ?? nil
    }
  }

  private static func row(_ cursor: inout JSONCursor) throws(JSONFault) -> Row {
    var (row, hasDate, hasStart, hasValue) = (Row(), false, false, false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      _ = cursor.peek()
      let start = cursor.offset
      switch name {
      case "date":
        try cursor.meet(&hasDate)
        row.date = try cursor.textOrNull()
      case "realtime_start":
        try cursor.meet(&hasStart)
        row.publication = try cursor.textOrNull()
      case "value":
        try cursor.meet(&hasValue)
        row.value = try cursor.text().string
        row.valueBytes = start..<cursor.offset
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    guard hasValue else { throw JSONFault(.string, at: cursor.offset) }
    return row
  }
}
