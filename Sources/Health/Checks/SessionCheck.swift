import Market
import Rendering

/// Whether those who know say the same of New York's session as the calendar by which everything is expected.
package struct SessionCheck {
  let calendar: Calendar

  /// - Parameter calendar: of New York, with what the file has noted of it.
  package init(_ calendar: Calendar) { self.calendar = calendar }

  /// Seconds around an opening and a close in which they need not agree: somebody counts the closing auction in.
  private static let tolerated: Int64 = 20 * 60

  /// A finding for each provider that says otherwise than the calendar, one where those who say anything agree with it,
  /// nothing where nobody says.
  package func findings(of probes: [ProviderChecks.Probe]) -> [Finding] {
    var agreeing: [String] = []
    var findings: [Finding] = []
    for probe in probes {
      guard let answer = probe.answer, let told = probe.profile.sessionTold(answer),
        let expected = state(at: answer.receivedAt)
      else { continue }
      if told == expected {
        agreeing.append(probe.profile.title)
      } else {
        findings.append(otherwise(probe.profile.title, told, on: answer.receivedAt))
      }
    }
    guard findings.isEmpty, !agreeing.isEmpty else { return findings }
    return [
      .ok("calendar", "New York is as \(agreeing.joined(separator: " and ")) \(agreeing.count == 1 ? "says" : "say")")
    ]
  }

  /// Whether the session is on; `nil` too near its beginning or end to tell.
  private func state(at instant: Instant) -> Bool? {
    let session = calendar.session(atOrAfter: instant)
    let edges = [session.open, session.close, calendar.session(before: session).close]
    guard edges.allSatisfy({ abs(instant - $0) > SessionCheck.tolerated }) else { return nil }
    return session.contains(instant)
  }

  private func otherwise(_ title: String, _ isOpen: Bool, on instant: Instant) -> Finding {
    let day = calendar.session(atOrAfter: instant).day
    return .warning(
      "calendar", "\(title) says that New York is \(isOpen ? "open" : "closed"), the calendar says the contrary",
      isOpen
        ? "`appliance calendar NYSE open \(instant.day)` takes back a closure that was noted"
        : "if the market is closed that day: `appliance calendar NYSE close \(day) --reason T`")
  }
}
