import Support
import Testing

@testable import Formats

struct DecimalTextTests {
  @Test(arguments: [
    "0", "-0", "1", "8819.15000000", "0.00349600", "10438.37000000", "4.727521520000001", "1.64e-05", "1E22", "1e23",
    "123456789012345678", "12345678901234567890123", "0.1", "9007199254740993", "9007199254740992.5", "5e-324",
    "1e-400",
    "2.2250738585072011e-308", "1.7976931348623157e308", "179769313486231570000000000000000000000e270",
    "123456789012.00000000", "0.000000000000000000000000000000000001", "00012.50",
    "1.00000000000000000000000000000000000",
  ])
  func `a decimal is the double that the standard library makes of it`(text: String) throws {
    let number = try #require(DecimalText.number(text.utf8))
    #expect(number.bitPattern == (try #require(Double(text))).bitPattern)
  }

  @Test func `ten thousand decimals of every size are rounded as the standard library does`() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<10_000 {
      let digits = (0..<Int.random(in: 1...24, using: &random)).map { _ in "\(Int.random(in: 0...9, using: &random))" }
      let point = Int.random(in: 0...digits.count, using: &random)
      var text = digits[..<point].joined()
      if text.isEmpty { text = "0" }
      if point < digits.count { text += "." + digits[point...].joined() }
      if Bool.random(using: &random) { text += "e\(Int.random(in: -40...40, using: &random))" }
      #expect(DecimalText.number(text.utf8)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test(arguments: [
    "", "-", ".5", "5.", "+1", "1e", "1e+", "nan", "NaN", "inf", "-Infinity", "0x1p3", "1,000", "1 ", " 1", "1_000",
    "1e400",
    "-1e400", "１", "1.2.3", "--1", "1e5.5",
  ])
  func `anything else is no number`(text: String) {
    #expect(DecimalText.number(text.utf8) == nil)
  }
}

struct DecimalUnitsTests {
  @Test(
    arguments: [
      ("1,045.3", 6, 1_045_300_000), ("227.0", 6, 227_000_000), ("0.0", 6, 0), ("-95.1", 6, -95_100_000),
      ("60,809", 6, 60_809_000_000), ("-55066297.0000000000000000", 0, -55_066_297),
      ("13534833596.0950", 0, 13_534_833_596),
      ("0.5", 0, 1), ("-0.5", 0, -1), ("0.4999", 0, 0), ("3E6", 0, 3_000_000), ("1.25e-2", 3, 13), ("0.0000001", 6, 0),
      ("9223372036854775807", 0, Int64.max), ("000", 2, 0), ("0e9999", 0, 0), ("1e-9999", 0, 0),
    ] as [(String, Int, Int64)])
  func `an amount becomes whole units exactly`(text: String, scale: Int, units: Int64) {
    #expect(DecimalUnits.whole(text.utf8, scale: scale, grouped: true) == units)
  }

  @Test(arguments: [
    "", "-", "n/a", "1,04", "1045,300", "1,,045", ",045", "1,045.3,0", "(95.1)", "9223372036854775808", "1e30",
    "1e9999",
    "5.", "1 000", "1,0455",
  ])
  func `anything else is no amount`(text: String) {
    #expect(DecimalUnits.whole(text.utf8, scale: 0, grouped: true) == nil)
  }

  @Test func `commas are allowed only where groups are expected`() {
    #expect(DecimalUnits.whole("1,045".utf8, scale: 0) == nil)
  }
}
