/// A third of the UTC day, named for the markets awake in it. A bar belongs to the part in which it opens.
///
/// Columns and JSON call it `session`, as their readers expect; prose and code say *day part*.
package enum DayPart: String, CaseIterable, Hashable, Sendable {
  /// 00:00 to 08:00 UTC
  case asia = "ASIA"
  /// 08:00 to 16:00 UTC
  case europe = "EUROPE"
  /// 16:00 to 24:00 UTC
  case us = "US"

  /// The part in which a bar opens, by the UTC hour; where it ends does not count.
  @inlinable
  package init(ofBarOpeningAt open: Instant) {
    switch open.secondOfDay / 28_800 {
    case 0: self = .asia
    case 1: self = .europe
    default: self = .us
    }
  }
}
