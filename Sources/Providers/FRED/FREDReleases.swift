import Formats
import Market

/// `{"release_dates":[{"release_id":10,"date":"2024-10-10"}]}`, oldest first: the days on which a release is out, and those
/// for which it is planned.
struct FREDReleases {
  let number: Int
  let first: Day?

  /// So many days ahead of the answer are told at most: what is planned for later is moved often.
  private static let reach = 60

  func read(_ answer: Answer) throws(ReadingError) -> Reading {
    let (days, refusals) = try days(in: answer)
    let today = answer.dayInNewYork
    guard let last = days.max() else { throw .empty }
    let from = first ?? days.min() ?? today
    let end = min(last, today + Self.reach)
    guard from <= end else { return reading([], refusals) }
    let told = Set(days)
    let all = (0...(end - from)).map { from + $0 }
    // A day at the weekend is told only where there is something on it.
    let rows = all.filter { !$0.isWeekend || told.contains($0) }.map {
      MacroRelease(day: $0, isScheduled: told.contains($0))
    }
    return reading(rows, refusals)
  }

  private func reading(_ rows: [MacroRelease], _ refusals: [Refusal]) -> Reading {
    Reading(
      series: SeriesKey(
        dataset: .macroRelease, provider: FRED.name, providerSymbol: "\(number)", interval: .day1),
      facts: .releases(rows), refusals: refusals, covers: nil)
  }

  private func days(in answer: Answer) throws(ReadingError) -> ([Day], [Refusal]) {
    var (days, refusals): ([Day]?, [Refusal]) = (nil, [])
    try readingDocument(answer.body) { (cursor) throws(JSONFault) in
      var hasDates = false
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        guard name == "release_dates" else { return try cursor.skipValue(toleratingWords: true) }
        try cursor.meet(&hasDates)
        var found: [Day] = []
        try cursor.eachObject(Self.row) { row, bytes, _ in
          guard let row, row.release == nil || row.release == Int64(number), let day = Day(row.date) else {
            refusals.append(
              Refusal(
                reason: .malformed, at: nil, detail: "no day of release \(number)",
                excerpt: Excerpt.of(answer.body[bytes])))
            return
          }
          if first.map({ day >= $0 }) ?? true { found.append(day) }
        }
        days = found
      }
    }
    guard let days else { throw .shapeChanged(expected: "a member 'release_dates'", found: "none", offset: nil) }
    return (days, refusals)
  }

  /// Where a day stands that is on the list; one that is not stands nowhere.
  static func place(of figure: Figure, in body: [UInt8]) -> Place? {
    let day = figure.at.day.description
    return JSONCursor.reading(body) { cursor -> Place? in
      guard let dates = (try? cursor.members())?["release_dates"] else { return nil }
      cursor.offset = dates.lowerBound
      let found = try? cursor.firstElement { (number, cursor) throws(JSONFault) -> Place? in
        let members = try cursor.members()
        guard let bytes = members["date"] else { return nil }
        cursor.offset = bytes.lowerBound
        guard try cursor.text().string == day else { return nil }
        return Place(
          path: .json(JSONPath.root.member("release_dates").element(number).member("date").text), bytes: bytes,
          rule: .mention)
      }
      return found ?? nil
    }
  }

  private static func row(_ cursor: inout JSONCursor) throws(JSONFault) -> (date: String, release: Int64?) {
    var (date, release): (String?, Int64?) = (nil, nil)
    var (hasDate, hasRelease) = (false, false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "date":
        try cursor.meet(&hasDate)
        date = try cursor.text().string
      case "release_id":
        try cursor.meet(&hasRelease)
        release = try cursor.integer()
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    guard let date else { throw JSONFault(.string, at: cursor.offset) }
    return (date, release)
  }
}
