import Market
import Testing

@Suite struct InstantTests {
  @Test(arguments: [
    ("2025-09-19T22:30:00Z", 1_758_321_000), ("2025-09-19T22:30Z", 1_758_321_000),
    ("2025-09-20T00:30:00+02:00", 1_758_321_000), ("2025-09-19 22:30:00", 1_758_321_000),
    ("2025-09-19T22:30:00.999Z", 1_758_321_000), ("1969-12-31T23:59:59Z", -1), ("2025-09-19", 1_758_240_000),
  ])
  func `ISO 8601 is read`(text: String, seconds: Int64) {
    #expect(Instant(text)?.epochSeconds == seconds)
  }

  @Test(arguments: [
    "0001-01-01T00:23+02:00", "9999-12-31T23:30-01:00",
    "2025-09-19T24:00:00Z", "2025-09-19T22:60Z", "2025-02-29T00:00Z", "2025-09-19T22:30:00+2", "2025-09-19T22:30:00.Z",
    "now", "2025-09-19T22", "2025-09-19T22:30:00ZZ",
  ])
  func `an impossible instant is refused, not rolled over`(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test func `an instant before 1970 falls into its own day and hour`() throws {
    let instant = Instant(epochSeconds: -1)
    #expect(instant.description == "1969-12-31T23:59:59Z")
    #expect(instant.floored(to: 3600).description == "1969-12-31T23:00:00Z")
  }

  @Test func `a bar belongs to the day part in which it opens`() throws {
    let parts = try ["00:00", "07:59", "08:00", "16:00", "23:59"].map {
      DayPart(ofBarOpeningAt: try #require(Instant("2025-09-19T\($0)Z")))
    }
    #expect(parts == [.asia, .asia, .europe, .us, .us])
  }
}
