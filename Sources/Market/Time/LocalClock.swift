import Foundation

/// The clocks of a place, by the tz database: which instants a local time can mean.
package struct LocalClock {
  /// Which instants a local time can mean.
  package enum Meaning: Hashable, Sendable {
    /// Seconds east of UTC.
    case one(Int64)
    /// The clocks were set back and showed it twice: the offset of the first time, and of the second.
    case two(Int64, Int64)
    /// The clocks were set forward and never showed it.
    case none
  }

  private let zone: TimeZone
  /// The offset all through a local day on which the clocks are not touched.
  private var calmDay: (day: Int64, offset: Int64)?

  /// `nil` where the tz database has no such place.
  package init?(_ name: String) {
    guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else { return nil }
    self.zone = zone
  }

  /// - Parameter wall: seconds since the epoch as if the local time were UTC.
  package mutating func meaning(of wall: Int64) -> Meaning {
    let day = (wall >= 0 ? wall : wall - 86_399) / 86_400
    if let calmDay, calmDay.day == day { return .one(calmDay.offset) }
    // No offset is larger than 14 hours: these two lie on either side of whatever happens on that day.
    let before = offset(at: day * 86_400 - 14 * 3600)
    let after = offset(at: (day + 1) * 86_400 + 14 * 3600)
    if before == after, offset(at: day * 86_400 + 43_200) == before {
      calmDay = (day, before)
      return .one(before)
    }
    let fits = Set([before, after]).filter { offset(at: wall - $0) == $0 }.sorted(by: >)
    return fits.count == 2 ? .two(fits[0], fits[1]) : fits.first.map(Meaning.one) ?? .none
  }

  /// The day that its calendars show at an instant.
  package func day(at instant: Instant) -> Day { (instant + offset(at: instant.epochSeconds)).day }

  private func offset(at instant: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant))))
  }
}
