/// A point in time, to the second, in UTC.
///
/// Everything the appliance stores is keyed by whole seconds since 1970-01-01T00:00:00Z; finer times in a payload are
/// rounded down by the reader that meets them.
package struct Instant: Hashable, Comparable, Sendable {
  /// Whole seconds since 1970-01-01T00:00:00Z; negative before it.
  package let epochSeconds: Int64

  /// Any second, also one outside `representable`.
  package init(epochSeconds: Int64) {
    self.epochSeconds = epochSeconds
  }

  /// Whether the first comes earlier.
  package static func < (a: Instant, b: Instant) -> Bool { a.epochSeconds < b.epochSeconds }

  /// So many seconds later; earlier for a negative number.
  package static func + (instant: Instant, seconds: Int64) -> Instant {
    Instant(epochSeconds: instant.epochSeconds + seconds)
  }

  /// So many seconds earlier; later for a negative number.
  package static func - (instant: Instant, seconds: Int64) -> Instant {
    Instant(epochSeconds: instant.epochSeconds - seconds)
  }

  /// The seconds from `b` to `a`; negative when `a` comes first.
  package static func - (a: Instant, b: Instant) -> Int64 { a.epochSeconds - b.epochSeconds }

  /// The UTC day that holds this instant.
  package var day: Day { Day(daysSinceEpoch: Int32(truncatingIfNeeded: epochSeconds.flooringDivision(by: 86_400))) }

  /// Seconds since the start of `day`, `0..<86400`.
  package var secondOfDay: Int64 { epochSeconds - day.start.epochSeconds }

  /// The latest multiple of `seconds` (counted from the epoch) that is not after this instant.
  package func floored(to seconds: Int64) -> Instant {
    Instant(epochSeconds: epochSeconds.flooringDivision(by: seconds) * seconds)
  }

  /// The range in which instants can be written as `YYYY-MM-DDTHH:MM:SSZ`: the years 0001 to 9999.
  package static let representable = Instant(epochSeconds: -62_135_596_800)...Instant(epochSeconds: 253_402_300_799)
}

extension Instant: CustomStringConvertible {
  /// `2025-09-19T22:30:00Z`
  package var description: String {
    let second = secondOfDay
    return "\(day)T\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))Z"
  }

  /// Reads `2025-09-19T22:30:00Z`, `2025-09-19T22:30Z`, `2025-09-19 22:30`, an offset such as `+02:00` in place of `Z`,
  /// a fraction of a second (dropped), or a bare day, which means its 00:00Z.
  ///
  /// Without an offset the time is UTC. Impossible dates (30 February, 24:00) give `nil`; nothing rolls over.
  package init?(_ text: some StringProtocol) {
    var scan = DigitScanner(text)
    guard let day = scan.day() else { return nil }
    if scan.isAtEnd {
      self = day.start
      return
    }
    guard scan.take("T") || scan.take("t") || scan.take(" "),
      let hour = scan.number(digits: 2), hour < 24, scan.take(":"),
      let minute = scan.number(digits: 2), minute < 60
    else { return nil }
    var second = 0
    if scan.take(":") {
      guard let read = scan.number(digits: 2), read < 60 else { return nil }
      second = read
      if scan.take(".") { guard scan.skipDigits() > 0 else { return nil } }
    }
    guard let offset = scan.offset(), scan.isAtEnd else { return nil }
    let instant = day.start + Int64(hour * 3600 + minute * 60 + second) - Int64(offset)
    // An offset can lead out of the first year or the last.
    guard Instant.representable.contains(instant) else { return nil }
    self = instant
  }
}

func padded(_ number: Int64) -> String {
  number < 10 ? "0\(number)" : "\(number)"
}

extension FixedWidthInteger {
  /// Division that rounds towards negative infinity, so that instants before 1970 fall into the right day.
  func flooringDivision(by divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
  }
}
