import Rendering
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (115_000.0, "115000"), (0.1, "0.1"), (-0.5, "-0.5"), (4471.25, "4471.25"), (0, "0"), (-0.0, "-0.0"), (1, "1"),
    (1e-8, "0.00000001"), (0.00001234, "0.00001234"), (1e-9, "1e-09"), (999_999_999_999_999, "999999999999999"),
    (123_456_789_012_345.6, "123456789012345.6"), (1e15, "1000000000000000"), (1e300, "1e+300"),
    (0.1 + 0.2, "0.30000000000000004"), (-(0.1 + 0.2), "-0.30000000000000004"),
    (1.2345678901234567e-05, "0.000012345678901234568"), (-1.2345678901234567e-05, "-0.000012345678901234568"),
    (9.876543210987654e-08, "0.00000009876543210987653"), (0.3333333333333333, "0.3333333333333333"),
    (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.infinity, "inf"),
    (.nan, "nan"),
  ])
  func `a real is written in the fewest digits, without an exponent in the usual range`(value: Double, text: String) {
    #expect(NumberText.text(value) == text)
  }

  @Test(arguments: [
    (0, "0"), (9, "9"), (10, "10"), (-1, "-1"), (1_000_000, "1000000"), (Int64.max, "9223372036854775807"),
    (Int64.min, "-9223372036854775808"),
  ])
  func `an integer is written in full`(value: Int64, text: String) {
    let buffer = ByteBuffer()
    buffer.append(integer: value)
    #expect(buffer.text == text)
  }

  @Test func `every bit pattern of a finite double reads back`() {
    var random = Seeded(1)
    let failures = texts(200_000) { Double(bitPattern: random.next()) }.filter { !readsBack($0) }
    #expect(failures.map(\.text) == [])
  }

  @Test func `computed numbers of the usual size read back, in as few digits as Swift's shortest, without an exponent`()
  {
    var random = Seeded(2)
    let failures = texts(100_000) {
      let exponent = Double.random(in: -7.9...14.9, using: &random)
      return Double.random(in: -1...1, using: &random) * power(10, exponent)
    }.filter {
      !readsBack($0) || !isShortest($0) || ($0.value.magnitude >= 1e-8 && $0.text.utf8.contains(UInt8(ascii: "e")))
    }
    #expect(failures.map(\.text) == [])
  }

  @Test func `decimals of up to 15 digits are written as they were`() {
    var random = Seeded(3)
    let decimals = (0..<100_000).map { _ in decimal(&random) }
    let failures = zip(decimals, texts(of: decimals.compactMap(Double.init))).filter { $0 != $1.text }
    #expect(failures.map(\.0) == [])
  }

  private typealias Written = (value: Double, text: String)

  /// Written into one buffer with one guess, as a column of an export is.
  private func texts(_ count: Int, _ make: () -> Double) -> [Written] {
    texts(of: (0..<count).map { _ in make() }.filter(\.isFinite))
  }

  private func texts(of values: [Double]) -> [Written] {
    let buffer = ByteBuffer()
    var decimals = 0
    return values.map { value in
      buffer.append(real: value, decimals: &decimals)
      defer { buffer.drain { _ in } }
      return (value, buffer.text)
    }
  }

  private func readsBack(_ number: Written) -> Bool {
    Double(number.text)?.bitPattern == number.value.bitPattern
  }

  private func isShortest(_ number: Written) -> Bool {
    significantDigits(number.text) == significantDigits(number.value.description)
  }

  private func significantDigits(_ text: String) -> String {
    let digits = text.prefix { $0 != "e" }.filter(\.isNumber).drop { $0 == "0" }
    return String(String(digits.reversed().drop { $0 == "0" }).reversed())
  }

  /// A decimal without needless zeros: up to 15 digits, up to 8 of them behind the point.
  private func decimal(_ random: inout Seeded) -> String {
    let digits = Int.random(in: 1...15, using: &random)
    let decimals = Int.random(in: 0...min(digits, 8), using: &random)
    let mantissa = Int64.random(in: 1..<Int64(power(10, Double(digits))), using: &random)
    let unit = Int64(power(10, Double(decimals)))
    guard mantissa % unit != 0 else { return String(mantissa / unit) }
    let fraction = String(mantissa % unit + unit).dropFirst()
    return "\(mantissa / unit)." + fraction.reversed().drop { $0 == "0" }.reversed()
  }
}
