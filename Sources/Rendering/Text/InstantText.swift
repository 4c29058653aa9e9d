import Market

extension ByteBuffer {
  /// Appends `2025-09-19T21:00:00Z`; an instant outside the years 0001 to 9999 as its epoch seconds.
  @inline(__always)
  package func append(instant: Instant) {
    guard Instant.representable.contains(instant) else { return append(integer: instant.epochSeconds) }
    // Counted from 0000-03-01, a day at the end of whose years the leap days lie (Howard Hinnant, civil_from_days).
    let seconds = UInt64(bitPattern: instant.epochSeconds + 719_468 * 86_400)
    let (days, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let (era, dayOfEra) = days.quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)

    reserve(20)
    let text = end
    DecimalDigits.write(year, count: 4, at: text)
    text[4] = UInt8(ascii: "-")
    DecimalDigits.write(month, count: 2, at: text + 5)
    text[7] = UInt8(ascii: "-")
    DecimalDigits.write(dayOfYear - (153 * shifted + 2) / 5 + 1, count: 2, at: text + 8)
    text[10] = UInt8(ascii: "T")
    DecimalDigits.write(second / 3600, count: 2, at: text + 11)
    text[13] = UInt8(ascii: ":")
    DecimalDigits.write(second / 60 % 60, count: 2, at: text + 14)
    text[16] = UInt8(ascii: ":")
    DecimalDigits.write(second % 60, count: 2, at: text + 17)
    text[19] = UInt8(ascii: "Z")
    advance(20)
  }
}
