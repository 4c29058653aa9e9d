import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An instant as the clocks of the person show it: in the zone of the machine, or of `TZ`.
struct LocalTime {
  private let day: Day
  private let clock: String
  /// `CEST`, or `+03` where the zone has no name.
  let zone: String

  init(_ instant: Instant) {
    var (seconds, parts) = (time_t(instant.epochSeconds), tm())
    guard localtime_r(&seconds, &parts) != nil,
      let day = Day(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    else {
      (day, clock, zone) = (instant.day, String(instant.description.dropFirst(11).prefix(5)), "UTC")
      return
    }
    self.day = day
    clock = LocalTime.twoDigits(parts.tm_hour) + ":" + LocalTime.twoDigits(parts.tm_min)
    zone = parts.tm_zone.map { String(cString: $0) } ?? ""
  }

  /// `15:30` on the day of `now`, `Mon 15:30` within six days of it, else `2025-12-29 15:30`.
  func text(seenAt now: Instant) -> String {
    let distance = day - LocalTime(now).day
    if distance == 0 { return clock }
    guard abs(distance) < 7 else { return "\(day) \(clock)" }
    return "\(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday - 1]) \(clock)"
  }

  private static func twoDigits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
