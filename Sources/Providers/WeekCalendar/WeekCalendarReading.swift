import Formats
import Market

/// The events of an answer, each with its row.
struct WeekCalendarReading {
  private struct Told {
    let index: Int
    let row: WeekCalendarPayload.Row
    let country: String
    let title: String
    let at: Instant?
    let day: Day?
    let timeOfDay: String?
    let importance: EventItem.Importance?
  }

  private let body: [UInt8]
  private let receivedAt: Instant
  private let items: [(item: EventItem, told: Told)]
  private let refusals: [Refusal]
  private let week: Day?

  /// No text of a row is longer, in bytes.
  private static let longestText = 200
  /// Days by which an event may lie off the answer.
  private static let reach = 45

  init(_ answer: Answer) throws(ReadingError) {
    body = answer.body
    receivedAt = answer.receivedAt
    let payload = try readingDocument(answer.body) { (cursor) throws(JSONFault) in try WeekCalendarPayload(&cursor) }
    if payload.entries.isEmpty { throw .empty }
    var (told, refusals): ([Told], [Refusal]) = ([], [])
    for (index, entry) in payload.entries.enumerated() {
      switch Self.told(entry.row, index, at: answer.receivedAt) {
      case .success(let one): told.append(one)
      case .failure(let reason):
        refusals.append(
          Refusal(
            reason: reason.reason, at: nil, detail: reason.detail, excerpt: Excerpt.of(answer.body[entry.bytes])))
      }
    }
    if told.isEmpty {
      throw .shapeChanged(expected: "events", found: "\(refusals.count) rows that are none", offset: nil)
    }
    let week = Self.week(of: told)
    self.week = week
    self.refusals = refusals
    items = Self.numbered(told, week: week ?? Self.week(of: answer.dayInNewYork))
  }

  /// Only an answer whose rows could all be read says what is not told any more.
  func reading() -> Reading {
    let rows = items.map(\.item).sorted { $0.key < $1.key }
    return Reading(
      series: WeekCalendar.week, facts: .events(rows), refusals: refusals,
      covers: refusals.isEmpty ? week.map { $0.start...$0.start } : nil)
  }

  /// Where a text of a row lies; what is made of several, or of a part of one, lies nowhere.
  func place(of figure: Figure) -> Place? {
    guard let told = items.first(where: { $0.item.key == figure.key })?.told else { return nil }
    let (name, rule): (String, PlaceRule)
    switch figure.field {
    case .forecast, .previous: (name, rule) = (figure.field.rawValue, .text)
    case .at where told.at != nil: (name, rule) = ("date", .instant)
    case .importance where told.importance != nil: (name, rule) = ("impact", .word)
    default: return nil
    }
    guard let bytes = told.row.places[name], told.row.texts[name]?.isEmpty == false else { return nil }
    return Place(path: .json(JSONPath.root.element(told.index).member(name).text), bytes: bytes, rule: rule)
  }

  // MARK: Rows

  private struct Unread: Error {
    let reason: RefusalReason
    let detail: String
    init(_ reason: RefusalReason, _ detail: String) { (self.reason, self.detail) = (reason, detail) }
  }

  private static func told(_ row: WeekCalendarPayload.Row?, _ index: Int, at now: Instant) -> Result<Told, Unread> {
    guard let row, let title = row.texts["title"].map(trimmed), let country = row.texts["country"].map(trimmed),
      let date = row.texts["date"].map(trimmed)
    else { return .failure(Unread(.malformed, "no title, country or date, or not as text")) }
    if title.isEmpty || country.isEmpty { return .failure(Unread(.malformed, "an event without title or country")) }
    if let long = row.texts.first(where: { $0.value.utf8.count > longestText }) {
      return .failure(Unread(.outOfBounds, "its \(long.key) is longer than \(longestText) bytes"))
    }
    guard country.utf8.count <= 8, country.utf8.allSatisfy({ (65...90).contains($0 & 0xDF) }) else {
      return .failure(Unread(.malformed, "'\(Excerpt.of(country, limit: 40))' is no country"))
    }
    let impact = trimmed(row.texts["impact"] ?? "")
    let importance = EventItem.Importance(rawValue: impact.lowercased())
    guard importance != nil || unimportant.contains(impact.lowercased()) else {
      return .failure(Unread(.malformed, "an impact '\(Excerpt.of(impact, limit: 40))' is not known"))
    }
    func made(_ at: Instant?, _ day: Day?, _ timeOfDay: String? = nil) -> Result<Told, Unread> {
      .success(
        Told(
          index: index, row: row, country: country.uppercased(), title: Excerpt.of(title, limit: longestText), at: at,
          day: day, timeOfDay: timeOfDay, importance: importance))
    }
    if date.isEmpty { return made(nil, nil) }
    if times.contains(date.lowercased()) { return made(nil, nil, date.lowercased()) }
    guard let day = Day(date.prefix(10)), let at = Instant(date) else {
      return .failure(Unread(.wrongTime, "'\(Excerpt.of(date, limit: 40))' is no date with an offset"))
    }
    guard abs(at.day - now.day) <= reach else { return .failure(Unread(.wrongTime, "\(day) is not near the answer")) }
    if date.utf8.count == 10 { return made(nil, day) }
    // Without an offset it would be read as UTC.
    guard date.hasSuffix("Z") || date.dropFirst(19).contains(where: { "+-".contains($0) }) else {
      return .failure(Unread(.wrongTime, "'\(Excerpt.of(date, limit: 40))' has no offset from UTC"))
    }
    return made(at, day)
  }

  /// Words that say that nobody says how much it matters.
  private static let unimportant: Set<String> = ["", "none", "non-economic"]
  /// What stands in place of a date where no time is known.
  private static let times: Set<String> = ["tentative", "all day"]

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
    let count = scalars.reversed().prefix { $0.properties.isWhitespace }.count
    return String(String.UnicodeScalarView(scalars.dropLast(count)))
  }

  // MARK: Weeks

  /// The Sunday on or before a day.
  private static func week(of day: Day) -> Day { day - day.weekday % 7 }

  /// The week of most of the rows, the first of several; `nil` where none has a day.
  private static func week(of told: [Told]) -> Day? {
    let counts = Dictionary(grouping: told.compactMap(\.day), by: week(of:)).mapValues(\.count)
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// Of events of one title in a week the first is 1; one without a time comes last. The same row twice is one event.
  private static func numbered(_ told: [Told], week: Day) -> [(item: EventItem, told: Told)] {
    struct Name: Hashable { let week: Day, country: String, title: String }
    func name(_ told: Told) -> Name {
      Name(week: told.day.map(Self.week(of:)) ?? week, country: told.country, title: told.title)
    }
    let groups = Dictionary(grouping: told, by: name)
    return groups.flatMap { name, told in
      var distinct: [Told] = []
      for one in told where !distinct.contains(where: { $0.row.texts == one.row.texts }) { distinct.append(one) }
      return distinct.sorted { order($0) < order($1) }.enumerated().map { place, told in
        (
          EventItem(
            .economic, period: name.week, country: name.country, title: name.title, number: "\(place + 1)", at: told.at,
            day: told.day, timeOfDay: told.timeOfDay, importance: told.importance,
            forecast: WeekCalendarReading.amount(told.row.texts["forecast"]),
            previous: WeekCalendarReading.amount(told.row.texts["previous"])), told
        )
      }
    }
  }

  private static func order(_ told: Told) -> (Int64, Int) {
    (told.at?.epochSeconds ?? told.day?.start.epochSeconds ?? Int64.max, told.index)
  }

  // MARK: Values

  /// `0.3%`, `-12.15B`, `51.5`; of `4.52|2.5`, `3-0-6` and `<0.10%` the text alone. `nil` for nothing.
  static func amount(_ text: String?) -> EventAmount? {
    guard let text = text.map(trimmed), !text.isEmpty else { return nil }
    let spelled = Excerpt.of(text, limit: longestText)
    let unit = text.last.flatMap { EventAmount.Unit(rawValue: String($0).uppercased()) }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard let number = DecimalText.number(digits.utf8) else {
      return EventAmount(text: spelled, number: nil, unit: nil)
    }
    return EventAmount(text: spelled, number: number, unit: unit)
  }
}
