/// The weekdays on which the New York Stock Exchange stays closed.
///
/// Its rules, since 2022: New Year's Day, Martin Luther King's birthday (third Monday of January), Washington's birthday
/// (third Monday of February), Good Friday, Memorial Day (last Monday of May), Juneteenth (19 June, from 2022 on),
/// Independence Day, Labor Day (first Monday of September), Thanksgiving (fourth Thursday of November), Christmas. One
/// that falls on a Sunday is kept on the Monday after, one on a Saturday on the Friday before, but for New Year's Day:
/// a year's last trading day is never given up, so that 2021-12-31 and 2027-12-31 are sessions. Besides, days of
/// mourning: 2018-12-05 for George H. W. Bush and 2025-01-09 for Jimmy Carter.
enum NYSEClosures {
  /// Year by year, each date as month × 100 + day.
  private static let dates: [(year: Int, days: [Int])] = [
    (2018, [101, 115, 219, 330, 528, 704, 903, 1122, 1205, 1225]),
    (2019, [101, 121, 218, 419, 527, 704, 902, 1128, 1225]),
    (2020, [101, 120, 217, 410, 525, 703, 907, 1126, 1225]),
    (2021, [101, 118, 215, 402, 531, 705, 906, 1125, 1224]),
    (2022, [117, 221, 415, 530, 620, 704, 905, 1124, 1226]),
    (2023, [102, 116, 220, 407, 529, 619, 704, 904, 1123, 1225]),
    (2024, [101, 115, 219, 329, 527, 619, 704, 902, 1128, 1225]),
    (2025, [101, 109, 120, 217, 418, 526, 619, 704, 901, 1127, 1225]),
    (2026, [101, 119, 216, 403, 525, 619, 703, 907, 1126, 1225]),
    (2027, [101, 118, 215, 326, 531, 618, 705, 906, 1125, 1224]),
    (2028, [117, 221, 414, 529, 619, 704, 904, 1123, 1225]),
    (2029, [101, 115, 219, 330, 528, 619, 704, 903, 1122, 1225]),
    (2030, [101, 121, 218, 419, 527, 619, 704, 902, 1128, 1225]),
  ]

  /// The years that the table knows.
  static let years = 2018...2030

  /// All of them, in order.
  static let days: [Day] = dates.flatMap { year, days in
    days.compactMap { Day(year: year, month: $0 / 100, day: $0 % 100) }
  }

  static func contains(_ day: Day) -> Bool {
    let place = place(of: day)
    return place < days.count && days[place] == day
  }

  static func count(in range: ClosedRange<Day>) -> Int { place(of: range.upperBound + 1) - place(of: range.lowerBound) }

  /// How many of them lie before a day.
  private static func place(of day: Day) -> Int {
    var (low, high) = (0, days.count)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
