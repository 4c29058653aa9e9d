import Testing

@testable import Formats

@Suite struct AmountTextTests {
  private static let point = NumberForm(.point)
  private static let comma = NumberForm(.comma)

  private func value(_ text: String, _ form: NumberForm = point) -> AmountText.Value {
    read(text) { AmountText(form).value($0, $1) }
  }

  private func isOtherForm(_ text: String, _ form: NumberForm = point) -> Bool {
    read(text) { AmountText(form).isOtherForm($0, $1) }
  }

  private func read<T>(_ text: String, _ body: (UnsafePointer<UInt8>, DelimitedRow.Field) -> T) -> T {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      body(
        buffer.baseAddress ?? UnsafePointer(bitPattern: 1)!, .init(start: 0, end: bytes.count, hasDoubledQuotes: false))
    }
  }

  @Test(arguments: [
    ("2,659.60", 2659.6), ("84,300", 84_300), ("1,234,567.5", 1_234_567.5), ("-1,000", -1000), ("0.49K", 490),
    ("55.74M", 55_740_000), ("1.5B", 1.5e9), ("1.2bn", 1.2e9), ("3.5 Mio.", 3.5e6), ("+3.5", 3.5), ("1e3", 1000),
    ("-8279999.999999999", -8_279_999.999999999), ("12'345.60", 12_345.6), ("12\u{2019}345.60", 12_345.6),
    ("1 234 567.5", 1_234_567.5), ("1\u{202F}234.5", 1234.5), ("12,34,567.8", 1_234_567.8), (".5", 0.5),
    ("(95.1)", -95.1), ("(1,113.7)", -1113.7), ("\u{2212}5", -5),
  ])
  func `numbers are exact in the forms that people print`(text: String, number: Double) {
    #expect(value(text) == .number(number))
  }

  @Test(arguments: ["$1,237.88", "$ 1237.88", "1,237.88 $", "+$1237.88"])
  func `the sign of a currency that the file bears may stand on either side`(text: String) {
    #expect(value(text, NumberForm(.point, currency: "$")) == .number(1237.88))
    #expect(value(text) == .other)
    #expect(!isOtherForm(text))
  }

  @Test(arguments: ["-$5", "$-5", "($5)", "$(5)", "-5 $"])
  func `a loss may bear one too`(text: String) {
    #expect(value(text, NumberForm(.point, currency: "$")) == .number(-5))
  }

  @Test(arguments: ["", "-", ".", "null", "NULL", "nan", "N/A", "None", "\u{2014}"])
  func `words that stand for nothing are blank`(text: String) {
    #expect(value(text) == .blank)
    #expect(!isOtherForm(text))
  }

  @Test(arguments: [
    "-inf", "inf", "0x1p3", "1e5M", "12a", "12..5", "1,,5", "()", "(-2)", "--5", "5.", "5K5", "$", "1.2.34,5,6", "12%",
  ])
  func `what is no number in any form is none`(text: String) {
    #expect(value(text) == .other)
    #expect(value(text, Self.comma) == .other)
    #expect(!isOtherForm(text))
    #expect(!isOtherForm(text, Self.comma))
  }

  @Test(arguments: ["1,5", "12,34", "1,2345", "1.234,5", "1.234.567", "0,001"])
  func `a number of the other decimal mark is of another form`(text: String) {
    #expect(value(text) == .other)
    #expect(isOtherForm(text))
    #expect(!isOtherForm(text, Self.comma))
  }

  @Test func `a group by another sign than the file's is of another form`() {
    let form = NumberForm(.point, grouping: .comma)
    #expect(value("1,234.5", form) == .number(1234.5))
    #expect(value("1'234.5", form) == .other)
    #expect(isOtherForm("1'234.5", form))
    #expect(value("1234.5", form) == .number(1234.5))
  }

  @Test func `where no number told the decimal mark yet, a separator is not guessed`() {
    let form = NumberForm(.point, grouping: .none)
    #expect(value("1234", form) == .number(1234))
    #expect(isOtherForm("1,234", form))
  }

  @Test(arguments: [
    ("1.234,5", 1234.5), ("84,300", 84.3), ("1.213,03", 1213.03), ("1.220", 1220), ("1.216,8", 1216.8), ("12", 12),
    ("1'234,5", 1234.5), ("1 234,5", 1234.5), ("156,12K", 156_120), ("-0,67", -0.67), ("1,5e3", 1500),
  ])
  func `a decimal comma is read in a file of that form`(text: String, number: Double) {
    #expect(value(text, Self.comma) == .number(number))
  }

  @Test(arguments: [
    NumberForm.plain, NumberForm(.comma, grouping: .point), NumberForm(.point, grouping: .comma, currency: "$"),
    NumberForm(.point, grouping: .none),
  ])
  func `a stored form is read back`(form: NumberForm) {
    #expect(NumberForm(stored: form.stored) == form)
  }

  @Test(arguments: ["", "point", "point many", "semicolon comma", "point comma $ $"])
  func `what is no form is none`(text: String) {
    #expect(NumberForm(stored: text) == nil)
  }
}
