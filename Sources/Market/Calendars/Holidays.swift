/// The holidays of American exchanges in a year, by the rules that give them.
///
/// One of a fixed date that falls on a Sunday is kept on the Monday after, one on a Saturday on the Friday before, but for
/// New Year's Day: a year's last trading day is never given up, so that 2021-12-31 and 2027-12-31 are sessions.
struct Holidays {
  let year: Int

  var newYear: Day? {
    guard let day = Day(year: year, month: 1, day: 1), day.weekday != 6 else { return nil }
    return observed(day)
  }
  /// Martin Luther King's birthday, the third Monday of January, which the exchange keeps since 1998.
  var king: Day? { year >= 1998 ? nth(3, 1, month: 1) : nil }
  /// Washington's birthday, the third Monday of February.
  var washington: Day? { nth(3, 1, month: 2) }
  var goodFriday: Day? { easter.map { $0 - 2 } }
  /// The last Monday of May.
  var memorial: Day? { Day(year: year, month: 5, day: 25).map { $0.first(1) } }
  /// 19 June, since 2022.
  var juneteenth: Day? { year >= 2022 ? Day(year: year, month: 6, day: 19).map(observed) : nil }
  var independence: Day? { Day(year: year, month: 7, day: 4).map(observed) }
  /// The first Monday of September.
  var labor: Day? { nth(1, 1, month: 9) }
  /// The fourth Thursday of November.
  var thanksgiving: Day? { nth(4, 4, month: 11) }
  var christmas: Day? { Day(year: year, month: 12, day: 25).map(observed) }

  /// Easter Sunday, after Jean Meeus, "Astronomical Algorithms", chapter 8.
  private var easter: Day? {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let sum = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114
    return Day(year: year, month: sum / 31, day: sum % 31 + 1)
  }

  private func observed(_ day: Day) -> Day { day.weekday == 6 ? day - 1 : day.weekday == 7 ? day + 1 : day }

  private func nth(_ count: Int, _ weekday: Int, month: Int) -> Day? {
    Day(year: year, month: month, day: 1 + 7 * (count - 1)).map { $0.first(weekday) }
  }
}

extension Day {
  /// The first day of that weekday (1 is Monday) that is not before this one.
  func first(_ weekday: Int) -> Day { self + (weekday - self.weekday + 7) % 7 }
}
