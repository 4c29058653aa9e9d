import GRDB
import Market
import SQLite

extension Following {
  /// Fills the table of days, once a file.
  ///
  /// - Complexity: O(1) where it is filled.
  static func fillDays(_ db: Database) throws {
    guard try Int.fetchOne(db, sql: "SELECT 1 FROM dim_date LIMIT 1") == nil,
      let first = Day(year: Calendar.knownYears.lowerBound, month: 1, day: 1),
      let last = Day(year: Calendar.knownYears.upperBound, month: 12, day: 31)
    else { return }
    let insert = try DirectStatement(
      db,
      """
      INSERT INTO dim_date (date_id, full_date, year, quarter, month, week, day_of_week, day_name, is_weekend,
        is_us_market_open, is_crypto_open)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
      """)
    var day = first
    while day <= last {
      let (year, month, ofMonth) = day.parts
      let (week, weekday) = (day.weekOfYear, day.weekday)
      insert.bind(Int64(year * 10_000 + month * 100 + ofMonth), at: 1)
      insert.bind(day.description, at: 2)
      for (index, value) in [year, (month + 2) / 3, month, week, weekday].enumerated() {
        insert.bind(Int64(value), at: Int32(index + 3))
      }
      insert.bind(weekdayNames[weekday - 1], at: 8)
      insert.bind(day.isWeekend ? 1 as Int64 : 0, at: 9)
      insert.bind(Calendar.nyse.isOpen(on: day) ? 1 as Int64 : 0, at: 10)
      try insert.run()
      day = day + 1
    }
  }

  private static let weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}

extension Day {
  /// By ISO 8601: the week that holds the year's first Thursday is its first, and belongs to the year of its own Thursday.
  var weekOfYear: Int {
    let thursday = self + (4 - weekday)
    guard let newYear = Day(year: thursday.parts.year, month: 1, day: 1) else { return 1 }
    return (thursday - newYear) / 7 + 1
  }
}
