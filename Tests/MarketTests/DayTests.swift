import Market
import Testing

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("2025-09-19", 20350), ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896),
  ])
  func `a day is counted from 1970 and written back`(text: String, days: Int) throws {
    let day = try #require(Day(text))
    #expect(Int(day.daysSinceEpoch) == days)
    #expect(day.description == text)
  }

  @Test(arguments: [
    "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-01", "24-01-01", "2024-1-1", "2024-01-01 ", "", "２０２４-01-01",
  ])
  func `a date that does not exist or is spelled otherwise is refused`(text: String) {
    #expect(Day(text) == nil)
  }

  @Test func `weekdays count from Monday`() throws {
    #expect(try #require(Day("2025-09-19")).weekday == 5)
    #expect(try #require(Day("1969-12-29")).weekday == 1)
  }

  @Test func `every day of four centuries reads back`() throws {
    let first = try #require(Day("1800-01-01"))
    let last = try #require(Day("2200-01-01"))
    #expect((first...last).allSatisfy { Day($0.description) == $0 })
  }
}
