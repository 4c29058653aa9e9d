/// A calendar day, without a time zone; where it stands for a stretch of time it is the UTC day.
package struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before it.
  package let daysSinceEpoch: Int32

  /// Any day, also one outside the years 1 to 9999.
  package init(daysSinceEpoch: Int32) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  /// `nil` for a date that does not exist, such as 30 February; nothing rolls over. Years 1 to 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Day.length(ofMonth: month, year: year)
    else { return nil }
    // Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(daysSinceEpoch: Int32(era * 146_097 + dayOfEra - 719_468))
  }

  /// Whether the first comes earlier.
  package static func < (a: Day, b: Day) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }
  /// So many days later; earlier for a negative number.
  package static func + (day: Day, days: Int) -> Day { Day(daysSinceEpoch: day.daysSinceEpoch + Int32(days)) }
  /// So many days earlier; later for a negative number.
  package static func - (day: Day, days: Int) -> Day { Day(daysSinceEpoch: day.daysSinceEpoch - Int32(days)) }
  /// The days from `b` to `a`.
  package static func - (a: Day, b: Day) -> Int { Int(a.daysSinceEpoch) - Int(b.daysSinceEpoch) }

  /// 00:00:00 UTC of this day.
  package var start: Instant { Instant(epochSeconds: Int64(daysSinceEpoch) * 86_400) }
  /// 00:00:00 UTC of the next day.
  package var end: Instant { start + 86_400 }

  /// 1 is Monday, 7 is Sunday (ISO 8601).
  package var weekday: Int { Int((daysSinceEpoch + 3).flooringModulo(7)) + 1 }
  /// Whether it is a Saturday or a Sunday. Which days a market rests on, a `Calendar` says.
  package var isWeekend: Bool { weekday > 5 }

  /// Year, month (1 to 12) and day of the month.
  package var parts: (year: Int, month: Int, day: Int) {
    // Howard Hinnant, civil_from_days.
    let z = Int(daysSinceEpoch) + 719_468
    let era = z.flooringDivision(by: 146_097)
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Day: Strideable {
  /// Days from this one to the other; negative where the other comes first.
  package func distance(to other: Day) -> Int { other - self }
  /// So many days later.
  package func advanced(by days: Int) -> Day { self + days }
}

extension Day: CustomStringConvertible {
  /// `2025-09-19`
  package var description: String {
    let (year, month, day) = parts
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + "-\(padded(Int64(month)))-\(padded(Int64(day)))"
  }

  /// Reads `2025-09-19` and nothing else.
  package init?(_ text: some StringProtocol) {
    var scan = DigitScanner(text)
    guard let day = scan.day(), scan.isAtEnd else { return nil }
    self = day
  }
}

extension FixedWidthInteger {
  func flooringModulo(_ divisor: Self) -> Self {
    self - flooringDivision(by: divisor) * divisor
  }
}
