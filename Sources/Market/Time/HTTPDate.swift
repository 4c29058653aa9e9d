extension Instant {
  /// Reads a date as HTTP writes it, in any of the three forms that a reader has to know (RFC 9110, section 5.6.7):
  /// `Fri, 19 Sep 2025 22:30:00 GMT`, `Friday, 19-Sep-25 22:30:00 GMT` and `Fri Sep 19 22:30:00 2025`.
  ///
  /// A year of two digits lies between 1970 and 2069. `nil` for anything else, and for a day that no calendar has.
  package init?(httpDate text: String) {
    let words = text.split { $0 == " " || $0 == "," || $0 == "-" }
    let isLast = words.count == 5
    guard isLast || words.count == 6 && words[5] == "GMT", let weekday = words.first, Instant.isWeekday(weekday) else {
      return nil
    }
    let (day, month, year, time) =
      isLast ? (words[2], words[1], words[4], words[3]) : (words[1], words[2], words[3], words[4])
    guard let number = Int(day), let place = Day.months.firstIndex(where: { $0 == month }),
      let full = Instant.year(year),
      day.utf8.count <= 2, let date = Day(year: full, month: place + 1, day: number)
    else { return nil }
    self.init("\(date)T\(time)Z")
  }

  private static func isWeekday(_ word: Substring) -> Bool {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains { word.hasPrefix($0) }
  }

  private static func year(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else { return nil }
    switch text.utf8.count {
    case 4: return number
    case 2: return number < 70 ? 2000 + number : 1900 + number
    default: return nil
    }
  }
}

extension Day {
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Reads `11 Jan 2024` and nothing else.
  package init?(dayMonthYear text: String) {
    let words = text.split(separator: " ")
    guard words.count == 3, words[0].utf8.count <= 2, words[2].utf8.count == 4,
      words[0].utf8.allSatisfy({ (48...57).contains($0) }), words[2].utf8.allSatisfy({ (48...57).contains($0) }),
      let day = Int(words[0]), let month = Day.months.firstIndex(of: String(words[1])), let year = Int(words[2])
    else { return nil }
    self.init(year: year, month: month + 1, day: day)
  }
}
