import Market
import Testing

@testable import Health

@Suite struct ClockCheckTests {
  private static let clock = Clock(isSet: false, now: { Known.now })

  @Test(
    arguments: [
      ([], nil, .ok), ([1, -2, 0], nil, .ok), ([40, 41, 0], nil, .warning), ([-90, -91, -90, 0], nil, .problem),
      ([0, 0, 5000], nil, .ok), ([], Known.now + 60, .warning),
    ] as [([Int64], Instant?, Finding.State)])
  func `the clock is judged by what most providers say`(leads: [Int64], lastRun: Instant?, expected: Finding.State) {
    #expect(ClockCheck(clock: Self.clock, lastRun: lastRun, leads: leads).finding.state == expected)
  }

  @Test(arguments: [0, 4_200_000_000] as [Int64]) func `a clock cannot show any time at all`(seconds: Int64) {
    let clock = Clock(isSet: false, now: { Instant(epochSeconds: seconds) })
    #expect(ClockCheck(clock: clock, lastRun: nil, leads: []).finding.state == .problem)
  }

  @Test func `a clock that was set is believed`() {
    let check = ClockCheck(clock: .standing(at: Known.now), lastRun: Known.now + 60, leads: [5000])
    #expect(check.finding.text == "2025-09-19T22:30:00Z, set by APPLIANCE_NOW")
  }
}
