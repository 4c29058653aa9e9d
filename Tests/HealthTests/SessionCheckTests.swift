import Market
import Testing

@testable import Health

/// What providers say of New York's session, beside the calendar.
@Suite struct SessionCheckTests {
  private func probe(_ told: Bool?, at now: String) throws -> ProviderChecks.Probe {
    let instant = try #require(Instant(now))
    return ProviderChecks.Probe(
      profile: .named("polygon", sessionTold: { _ in told }),
      attempt: Attempt(
        url: "https://polygon", startedAt: instant, elapsed: .zero, wireBytes: 2,
        result: .success(Answer(status: 200, headers: [], body: [], receivedAt: instant))))
  }

  private func findings(_ told: Bool?, at now: String, _ calendar: Calendar = .nyse) throws -> [Finding] {
    SessionCheck(calendar).findings(of: [try probe(told, at: now)])
  }

  @Test func `one that agrees is said, one that says nothing is not`() throws {
    #expect(try findings(true, at: "2025-09-19T15:00:00Z").map(\.text) == ["New York is as polygon says"])
    #expect(try findings(false, at: "2025-09-19T22:30:00Z").map(\.state) == [.ok])
    #expect(try findings(false, at: "2025-09-20T15:00:00Z").map(\.state) == [.ok], "a Saturday")
    #expect(try findings(nil, at: "2025-09-19T15:00:00Z").isEmpty)
  }

  @Test func `a closed market on a day of trading is a warning that names the line to type`() throws {
    let findings = try findings(false, at: "2025-09-19T15:00:00Z")
    #expect(findings.map(\.state) == [.warning])
    #expect(findings.first?.hint?.contains("appliance calendar NYSE close 2025-09-19 --reason T") == true)
  }

  @Test func `an open market on a day that was noted as closed is one too`() throws {
    let day = try #require(Day("2025-09-19"))
    let noted = Calendar.nyse.noting(Closures([Closure(calendar: .nyse, day: day)]))
    let findings = try findings(true, at: "2025-09-19T15:00:00Z", noted)
    #expect(findings.first?.hint?.contains("calendar NYSE open 2025-09-19") == true)
    #expect(try self.findings(false, at: "2025-09-19T15:00:00Z", noted).map(\.state) == [.ok])
  }

  @Test func `around an opening and a close nobody is wrong`() throws {
    for now in ["2025-09-19T13:20:00Z", "2025-09-19T13:40:00Z", "2025-09-19T19:50:00Z", "2025-09-19T20:15:00Z"] {
      #expect(try findings(true, at: now).isEmpty && findings(false, at: now).isEmpty, "\(now)")
    }
  }
}
