import Market

extension Instant {
  /// Reads a date as feeds write it: RFC 822 with or without its weekday, seconds and zone, also in a few other languages,
  /// ISO 8601, the forms of other protocols, or seconds since 1970.
  ///
  /// A weekday is not looked at. Without a zone, or with one that nobody knows, the time is UTC. `nil` for a date without a
  /// year, and for one that no calendar has.
  package init?(feedDate text: String) {
    let text = text.trimmed
    if let seconds = FeedDate.epochSeconds(text) {
      self.init(epochSeconds: seconds)
      return
    }
    if let instant = Instant(text) ?? FeedDate.joined(text) {
      self = instant
      return
    }
    guard let instant = FeedDate.words(text) else { return nil }
    self = instant
  }
}

private enum FeedDate {
  /// Ten digits, or thirteen of milliseconds.
  static func epochSeconds(_ text: String) -> Int64? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int64(text) else { return nil }
    switch text.utf8.count {
    case 9, 10: return number
    case 13: return number / 1000
    default: return nil
    }
  }

  /// `2018-10-03 12:00:00 +0200`
  static func joined(_ text: String) -> Instant? {
    let parts = text.split(separator: " ")
    guard (2...3).contains(parts.count), parts[0].utf8.count == 10, let last = parts.last else { return nil }
    let hasZone = last.first == "+" || last.first == "-" || last.first?.isLetter == true
    guard hasZone else { return nil }
    let zone = last.first?.isLetter == true ? "Z" : String(last)
    let shift = last.first?.isLetter == true ? offset(last) : 0
    return Instant(parts.dropLast().joined(separator: "T") + zone).map { $0 - shift }
  }

  /// `Wed, 22 Jan 2014 20:31:31 +0600`, `22-Jan-14 20:31 EST`, `Jan 22, 2014 8:31 PM`, `Wed Jan 22 20:31:31 2014`
  static func words(_ text: String) -> Instant? {
    var words = text.split { $0 == " " || $0 == "," || $0 == "\t" || $0.isNewline }[...]
    if let first = words.first, first.contains(where: \.isLetter), month(first) == nil, !first.contains("-") {
      words = words.dropFirst()
    }
    if let first = words.first, first.contains("-"), first.first?.isNumber == true {
      words = first.split(separator: "-")[...] + words.dropFirst()
    }
    guard words.count >= 3 else { return nil }
    let list = Array(words)
    if let day = number(list[0], digits: 1...2), let month = month(list[1]), let year = year(list[2]) {
      return instant(year, month, day, list.dropFirst(3))
    }
    guard let month = month(list[0]), let day = number(list[1], digits: 1...2) else { return nil }
    if let year = year(list[2]) { return instant(year, month, day, list.dropFirst(3)) }
    guard list[2].contains(":"), let year = list.last.flatMap(year) else { return nil }
    return instant(year, month, day, list[2..<(list.count - 1)])
  }

  private static func instant(_ year: Int, _ month: Int, _ day: Int, _ rest: ArraySlice<Substring>) -> Instant? {
    guard let date = Day(year: year, month: month, day: day) else { return nil }
    guard let time = rest.first else { return date.start }
    guard var seconds = secondOfDay(time) else { return nil }
    var zone = rest.dropFirst()
    if let half = zone.first?.lowercased(), half == "am" || half == "pm" {
      guard seconds < 13 * 3600 else { return nil }
      seconds = seconds % (12 * 3600) + (half == "pm" ? 12 * 3600 : 0)
      zone = zone.dropFirst()
    }
    return date.start + seconds - (zone.first.map { offset($0) } ?? 0)
  }

  /// `20:31`, `20:31:31`, `20:31:31.5`; the second that was put in counts as the one before.
  private static func secondOfDay(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = number(parts[0], digits: 1...2), hour < 24,
      let minute = number(parts[1], digits: 2...2), minute < 60
    else { return nil }
    guard parts.count == 3 else { return Int64(hour * 3600 + minute * 60) }
    guard let second = number(parts[2].prefix { $0 != "." }, digits: 2...2), second <= 60 else { return nil }
    return Int64(hour * 3600 + minute * 60 + min(second, 59))
  }

  /// Seconds east of UTC: `+0600`, `-03:00`, `EST`, `GMT+3`.
  private static func offset(_ text: Substring) -> Int64 {
    let letters = text.prefix { $0.isLetter }
    let rest = text.dropFirst(letters.count)
    guard let sign = rest.first, sign == "+" || sign == "-" else { return zones[letters.uppercased()] ?? 0 }
    let digits = rest.dropFirst().filter { $0 != ":" }
    guard digits.utf8.allSatisfy({ (48...57).contains($0) }), (1...4).contains(digits.utf8.count),
      let value = Int64(digits)
    else { return 0 }
    let (hours, minutes) = digits.utf8.count > 2 ? (value / 100, value % 100) : (value, 0)
    guard hours <= 18, minutes < 60 else { return 0 }
    return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  private static let zones: [String: Int64] = [
    "EST": -18_000, "EDT": -14_400, "CST": -21_600, "CDT": -18_000, "MST": -25_200, "MDT": -21_600, "PST": -28_800,
    "PDT": -25_200, "CET": 3600, "CEST": 7200, "JST": 32_400,
  ]

  private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(text)
  }

  private static func year(_ text: Substring) -> Int? {
    if let year = number(text, digits: 4...4) { return year }
    return number(text, digits: 2...2).map { $0 < 70 ? 2000 + $0 : 1900 + $0 }
  }

  private static let months: [String: Int] = [
    "jan": 1, "ene": 1, "feb": 2, "fev": 2, "fév": 2, "mar": 3, "mär": 3, "mrz": 3, "apr": 4, "abr": 4, "avr": 4,
    "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "ago": 8, "sep": 9, "set": 9, "oct": 10, "okt": 10, "out": 10,
    "nov": 11, "dec": 12, "dez": 12, "dic": 12, "déc": 12,
  ]

  private static func month(_ text: Substring) -> Int? { months[text.lowercased().prefix(3).description] }
}

extension String {
  /// Without white space and control characters at its ends.
  fileprivate var trimmed: String {
    let scalars = unicodeScalars.drop { $0.value <= 0x20 || $0.value == 0xA0 }
    return String(String.UnicodeScalarView(scalars.reversed().drop { $0.value <= 0x20 || $0.value == 0xA0 }.reversed()))
  }
}
