import Market

extension Day {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  /// `19 September 2025`
  package var spelled: String {
    let (year, month, day) = parts
    return "\(day) \(Day.months[month - 1]) \(year)"
  }

  /// `19 Sep`
  package var short: String {
    let (_, month, day) = parts
    return "\(day) \(Day.months[month - 1].prefix(3))"
  }

  /// `Friday`
  package var weekdayName: String { Day.weekdays[weekday - 1] }
}

extension Instant {
  /// `2025-09-19 22:30 UTC`
  package var spelled: String { "\(description.prefix(10)) \(minute) UTC" }

  /// `22:30`
  package var minute: String { String(description.dropFirst(11).prefix(5)) }

  /// The time of day of the end of a stretch within `day`: its very end is `24:00`.
  package func minute(within day: Day) -> String { self == day.end ? "24:00" : minute }
}
