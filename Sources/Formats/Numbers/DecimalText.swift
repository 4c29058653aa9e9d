/// Decimal numbers as providers print them: digits, at most one point, at most one exponent, nothing else.
///
/// Words (`nan`, `inf`), hexadecimal, a leading plus, digits of other scripts, spaces and group separators are no numbers
/// here. Results are correctly rounded: the same double that a compiler would make of the text.
package enum DecimalText {
  /// The number that begins at `position`, which is moved behind it; `nil` (and `position` anywhere) if none does, or if
  /// it is too large for a double.
  ///
  /// Up to 19 digits are gathered in an integer. Where it has at most 53 bits and the power of ten is exact too, one
  /// multiplication or division rounds correctly (W. D. Clinger, "How to read floating point numbers accurately", 1990);
  /// the rest is left to the standard library.
  @inlinable @inline(__always)
  package static func number(_ bytes: UnsafePointer<UInt8>, from position: inout Int, to end: Int) -> Double? {
    let start = position
    var index = start
    let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var mantissa: UInt64 = 0
    let wholeStart = index
    gatherDigits(bytes, &index, end, &mantissa)
    var digits = index - wholeStart
    guard digits > 0 else { return nil }
    var exponent = 0
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let fractionStart = index
      if let eight = eightDigits(bytes, index, end) {
        mantissa = mantissa &* 100_000_000 &+ eight
        index += 8
      }
      gatherDigits(bytes, &index, end, &mantissa)
      exponent = fractionStart - index
      guard exponent < 0 else { return nil }
      digits -= exponent
    }
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      guard let power = exponentDigits(bytes, &index, end) else { return nil }
      exponent += power
    }
    position = index
    guard digits <= 19, mantissa <= 1 << 53, exponent >= -22, exponent <= 22 else {
      return slowly(bytes, start, index, digits <= 19 ? mantissa : nil, exponent, isNegative)
    }
    return scaled(mantissa, exponent, isNegative)
  }

  /// The number that the whole text is; `nil` if it is anything else.
  package static func number(_ text: some Sequence<UInt8>) -> Double? {
    Array(text).withUnsafeBufferPointer { buffer -> Double? in
      guard let base = buffer.baseAddress else { return nil }
      var position = 0
      guard let number = number(base, from: &position, to: buffer.count), position == buffer.count else { return nil }
      return number
    }
  }

  /// The whole number that begins at `position`, which is moved behind its digits; `nil` without digits or beyond 64 bits.
  @inlinable @inline(__always)
  package static func integer(_ bytes: UnsafePointer<UInt8>, from position: inout Int, to end: Int) -> Int64? {
    var index = position
    let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let start = index
    var value: UInt64 = 0
    if let eight = eightDigits(bytes, index, end) {
      value = eight
      index += 8
    }
    gatherDigits(bytes, &index, end, &value)
    guard index > start, index - start <= 18 else { return nil }
    position = index
    return isNegative ? -Int64(value) : Int64(value)
  }

  /// Where the number that begins at `start` ends by JSON's own grammar; `nil` if none does.
  @usableFromInline
  static func endOfJSONNumber(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int? {
    var index = start
    if index < end, bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    var ignored: UInt64 = 0
    gatherDigits(bytes, &index, end, &ignored)
    guard index > first, bytes[first] != UInt8(ascii: "0") || index == first + 1 else { return nil }
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index += 1
      let fraction = index
      gatherDigits(bytes, &index, end, &ignored)
      guard index > fraction else { return nil }
    }
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      guard exponentDigits(bytes, &index, end) != nil else { return nil }
    }
    return index
  }

  @inlinable @inline(__always)
  static func gatherDigits(_ bytes: UnsafePointer<UInt8>, _ index: inout Int, _ end: Int, _ value: inout UInt64) {
    while index < end {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return }
      value = value &* 10 &+ UInt64(digit)
      index += 1
    }
  }

  /// The next eight bytes as a number, if all of them are digits.
  ///
  /// Eight at once in one register, after D. Lemire, "Quickly parsing eight digits" (2018).
  @inlinable @inline(__always)
  static func eightDigits(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> UInt64? {
    guard end - index >= 8 else { return nil }
    var word = UInt64(littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
    let high = word & 0xF0F0_F0F0_F0F0_F0F0
    let carried = (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
    guard high | carried >> 4 == 0x3333_3333_3333_3333 else { return nil }
    word = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) >> 8
    word = ((word & 0x00FF_00FF_00FF_00FF) &* 6_553_601) >> 16
    return ((word & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) >> 32
  }

  /// The digits of an exponent with their sign, held within ±100,000; `nil` without digits.
  @usableFromInline
  static func exponentDigits(_ bytes: UnsafePointer<UInt8>, _ index: inout Int, _ end: Int) -> Int? {
    let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
    if index < end, isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    let start = index
    var value = 0
    while index < end, bytes[index] &- UInt8(ascii: "0") < 10 {
      value = min(100_000, value * 10 + Int(bytes[index] &- UInt8(ascii: "0")))
      index += 1
    }
    guard index > start else { return nil }
    return isNegative ? -value : value
  }

  /// Exact as long as the mantissa has at most 53 bits and `exponent` lies in `-22...22`.
  @inlinable @inline(__always)
  static func scaled(_ mantissa: UInt64, _ exponent: Int, _ isNegative: Bool) -> Double {
    let whole = Double(Int64(truncatingIfNeeded: mantissa))
    let size = exponent < 0 ? whole / powerOfTen(-exponent) : whole * powerOfTen(exponent)
    return isNegative ? -size : size
  }

  /// What the short way cannot do: first without the zeros that end a fraction, then by the standard library.
  @usableFromInline
  static func slowly(
    _ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ mantissa: UInt64?, _ exponent: Int, _ isNegative: Bool
  ) -> Double? {
    if var mantissa, exponent < 0, exponent >= -40 {
      var exponent = exponent
      while exponent < 0, mantissa % 10 == 0 {
        mantissa /= 10
        exponent += 1
      }
      if mantissa <= 1 << 53, exponent >= -22 { return scaled(mantissa, exponent, isNegative) }
    }
    // The alphabet was checked above, so neither words nor hexadecimal get here; too large a number becomes infinite.
    let text = String(decoding: UnsafeBufferPointer(start: bytes + start, count: end - start), as: UTF8.self)
    guard let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// 10 to the power of 0...22, all of which a double holds exactly. Compiled to a table.
  @inlinable @inline(__always)
  static func powerOfTen(_ exponent: Int) -> Double {
    switch exponent {
    case 0: 1
    case 1: 1e1
    case 2: 1e2
    case 3: 1e3
    case 4: 1e4
    case 5: 1e5
    case 6: 1e6
    case 7: 1e7
    case 8: 1e8
    case 9: 1e9
    case 10: 1e10
    case 11: 1e11
    case 12: 1e12
    case 13: 1e13
    case 14: 1e14
    case 15: 1e15
    case 16: 1e16
    case 17: 1e17
    case 18: 1e18
    case 19: 1e19
    case 20: 1e20
    case 21: 1e21
    default: 1e22
    }
  }
}
