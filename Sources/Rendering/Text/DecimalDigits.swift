/// Decimal digits of unsigned numbers, two at a time from a table.
enum DecimalDigits {
  private static let pairs: StaticString = """
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
    """

  /// How many digits `value` has; zero has one.
  @inline(__always)
  static func count(of value: UInt64) -> Int {
    var limit: UInt64 = 10
    var digits = 1
    while value >= limit {
      digits += 1
      let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
      if overflow { break }
      limit = next
    }
    return digits
  }

  /// Writes exactly `count` digits of `value` at `target`, with leading zeros where it has fewer.
  @inline(__always)
  static func write(_ value: UInt64, count: Int, at target: UnsafeMutablePointer<UInt8>) {
    let table = pairs.utf8Start
    var rest = value
    var position = count
    while position >= 2 {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 100)
      position -= 2
      target[position] = table[Int(remainder) &* 2]
      target[position &+ 1] = table[Int(remainder) &* 2 &+ 1]
      rest = quotient
    }
    if position == 1 { target[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10) }
  }
}
