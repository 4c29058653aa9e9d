import Formats
import Market

/// `[{"page":1,"pages":1,"total":64,"lastupdated":"2024-03-28"},[{"indicator":{"id":…,"value":…},"country":{"id":"FR",…},
/// "countryiso3code":"FRA","date":"2022","value":2779092236505.85}]]`, newest first; numbers of the head may be texts.
struct WorldBankReading {
  let symbol: WorldBankSymbol

  private struct Head {
    var pages: String?
    var updated: String?
  }
  private struct Row {
    var indicator: String?
    var indicatorName: String?
    var country: String?
    var countryName: String?
    var code: String?
    var date: String?
    var value: Amount?
    var valueBytes = 0..<0
  }

  func read(_ answer: Answer) throws(ReadingError) -> Reading {
    var gathering = ObservationGathering(.observations(of: symbol.text, at: WorldBank.name), first: nil, answer)
    // A database that was updated tomorrow was so before it answered.
    var (vintage, hasRows) = (gathering.today, false)
    try walk(answer) { head in
      vintage = min(head.updated.flatMap { Day($0) } ?? gathering.today, gathering.today)
    } row: { row, bytes in
      let excerpt = Excerpt.of(answer.body[bytes])
      guard let row else { return gathering.refuse(.malformed, nil, "no row of an indicator", excerpt) }
      guard isMeant(row) else { return }
      hasRows = true
      guard let day = row.date.flatMap(Self.day) else {
        return gathering.refuse(.wrongTime, nil, "a row without a year, quarter or month", excerpt)
      }
      switch row.value {
      case .number(let number):
        gathering.add(
          day: day.description, vintage: .some(vintage.description), value: "\(number)", excerpt: excerpt)
      case .absent, nil:
        // The year that runs has a row before it has a value.
        guard day <= gathering.today else { return }
        gathering.add(day: day.description, vintage: .some(vintage.description), value: nil, excerpt: excerpt)
      case .notANumber: gathering.refuse(.notANumber, day, "the value is no number", excerpt)
      }
    }
    guard hasRows else { throw .empty }
    return gathering.reading()
  }

  func description(in answer: Answer) throws(ReadingError) -> MacroSeries {
    var found: Row?
    try walk(answer) { _ in
    } row: { row, _ in
      if let row, isMeant(row), found == nil { found = row }
    }
    guard let row = found else { throw .unknownSymbol(symbol.text) }
    let title = [row.indicatorName, row.countryName].compactMap { $0 }.map { Excerpt.of($0, limit: 120) }
    // `GDP (current US$)`
    let units = row.indicatorName.flatMap { name in
      name.hasSuffix(")") ? name.lastIndex(of: "(").map { name[name.index(after: $0)...].dropLast() } : nil
    }
    let frequency: Frequency =
      row.date?.contains("M") == true ? .monthly : row.date?.contains("Q") == true ? .quarterly : .yearly
    return MacroSeries(
      title: title.isEmpty ? symbol.text : title.joined(separator: ", "),
      units: units.map { Excerpt.of(String($0), limit: 60) }, frequency: frequency)
  }

  func place(of figure: Figure, in body: [UInt8]) -> Place? {
    guard let day = figure.observed?.day else { return nil }
    return JSONCursor.reading(body) { cursor -> Place? in
      let found = try? cursor.firstElement { (part, cursor) throws(JSONFault) -> Place? in
        guard part == 1 else { return nil }
        return try cursor.firstElement { (number, cursor) throws(JSONFault) -> Place? in
          let row = try Self.row(&cursor)
          guard isMeant(row), row.date.flatMap(Self.day) == day else { return nil }
          let path = JSONPath.root.element(1).element(number).member("value")
          return Place(path: .json(path.text), bytes: row.valueBytes, rule: .number)
        }
      }
      return found ?? nil
    }
  }

  // MARK: Rows

  /// Its country stands in two letters, in three, or, of some databases, in either.
  private func isMeant(_ row: Row) -> Bool {
    row.indicator == symbol.indicator && (row.code == symbol.country || row.country == symbol.country)
  }

  /// Hands over the head and then each row; one that is none comes as `nil`.
  private func walk(
    _ answer: Answer, head: (Head) -> Void, row take: (Row?, Range<Int>) -> Void
  ) throws(ReadingError) {
    var pages: String?
    try readingDocument(answer.body) { (cursor) throws(JSONFault) in
      guard try cursor.enterArray() else { throw JSONFault(.object, at: cursor.offset) }
      let told = try Self.head(&cursor)
      pages = told.pages
      head(told)
      try cursor.nextField()
      // A database without rows of what was asked says `null`.
      if !cursor.takeNull() { try cursor.eachObject(Self.row) { row, bytes, _ in take(row, bytes) } }
      if try cursor.nextElement() { throw JSONFault(.end, at: cursor.offset) }
    }
    if let pages, pages != "1", pages != "0" {
      throw .shapeChanged(expected: "all rows on one page", found: "\(Excerpt.of(pages, limit: 20)) pages", offset: nil)
    }
  }

  private static func head(_ cursor: inout JSONCursor) throws(JSONFault) -> Head {
    var (head, hasPages, hasUpdate) = (Head(), false, false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "pages":
        try cursor.meet(&hasPages)
        head.pages = "\(try cursor.integer())"
      case "lastupdated":
        try cursor.meet(&hasUpdate)
        head.updated = try cursor.textOrNull()
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    return head
  }

  private static func row(_ cursor: inout JSONCursor) throws(JSONFault) -> Row {
    var (row, hasDate, hasValue) = (Row(), false, false)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      _ = cursor.peek()
      let start = cursor.offset
      switch name {
      case "indicator": (row.indicator, row.indicatorName) = try named(&cursor)
      case "country": (row.country, row.countryName) = try named(&cursor)
      case "countryiso3code": row.code = try cursor.textOrNull()
      case "date":
        try cursor.meet(&hasDate)
        row.date = try cursor.textOrNull()
      case "value":
        try cursor.meet(&hasValue)
        row.value = try cursor.amount()
        row.valueBytes = start..<cursor.offset
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    return row
  }

  private static func named(_ cursor: inout JSONCursor) throws(JSONFault) -> (id: String?, name: String?) {
    var (id, title): (String?, String?) = (nil, nil)
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "id": id = try cursor.textOrNull()
      case "value": title = try cursor.textOrNull()
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
    return (id, title)
  }

  /// The first day of `2023`, `2013Q1`, `2012M01`.
  private static func day(_ text: String) -> Day? {
    func number(_ part: Substring) -> Int? { part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil }
    guard text.utf8.count >= 4, let year = number(text.prefix(4)) else { return nil }
    let rest = text.dropFirst(4)
    if rest.isEmpty { return Day(year: year, month: 1, day: 1) }
    guard let step = number(rest.dropFirst()) else { return nil }
    switch rest.first {
    case "Q" where rest.utf8.count == 2 && (1...4).contains(step): return Day(year: year, month: 3 * step - 2, day: 1)
    case "M" where rest.utf8.count == 3: return Day(year: year, month: step, day: 1)
    default: return nil
    }
  }
}
