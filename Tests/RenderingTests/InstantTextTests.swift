import Market
import Rendering
import Testing

@Suite struct InstantTextTests {
  private func text(_ seconds: Int64) -> String {
    let buffer = ByteBuffer()
    buffer.append(instant: Instant(epochSeconds: seconds))
    return buffer.text
  }

  @Test(arguments: [
    (1_758_315_600, "2025-09-19T21:00:00Z"), (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (951_782_400, "2000-02-29T00:00:00Z"), (951_868_800, "2000-03-01T00:00:00Z"),
    (-62_135_596_800, "0001-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
  ])
  func `an instant is written in UTC`(seconds: Int64, expected: String) {
    #expect(text(seconds) == expected)
  }

  @Test(arguments: [253_402_300_800, -62_135_596_801, Int64.max, Int64.min])
  func `an instant beyond four-digit years is written as its seconds`(seconds: Int64) {
    #expect(text(seconds) == String(seconds))
  }

  @Test func `it agrees with the instant's own description in every year`() {
    var random = Seeded(4)
    let range = Instant.representable.lowerBound.epochSeconds...Instant.representable.upperBound.epochSeconds
    let failures = (0..<50_000).map { _ in Int64.random(in: range, using: &random) }
      .filter { text($0) != Instant(epochSeconds: $0).description }
    #expect(failures == [])
  }
}
