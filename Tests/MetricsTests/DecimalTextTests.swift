import Testing

@testable import Metrics

@Suite struct DecimalTextTests {
  @Test(arguments: [
    (1.005, 2, "1.01"), (1.00499999, 2, "1.00"), (2.675, 2, "2.68"), (0.285, 2, "0.29"), (8.75, 1, "8.8"),
    (-8.75, 1, "−8.8"), (-0.04, 1, "0.0"), (0.5, 0, "1"), (1.5, 0, "2"), (29.995, 2, "30.00"), (0.29, 1, "0.3"),
    (4_503_599_627_370_495.5, 0, "4503599627370496"),
  ])
  func `a half of the last decimal is that of the number as it prints`(value: Double, decimals: Int, text: String) {
    #expect(DecimalText.fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: [Double.nan, .infinity, 1e300, 0x1p53])
  func `what is too large for its decimals has none`(value: Double) {
    #expect(DecimalText.fixed(value, decimals: 2) == nil)
  }

  @Test func `a change of prices is that of the prices on paper`() {
    let change = 2.61 / 2.40 - 1
    #expect(change != 0.0875)
    #expect(DecimalText.percent(of: change) == 8.75)
    #expect(RuleWords.share(change) == "8.8 %")
    #expect(RuleWords.share(-change) == "−8.8 %")
  }

  @Test(arguments: [0.0123, -0.5, 1e-9, 123.456, 2000, 1e9])
  func `per cent keeps what a price says`(fraction: Double) {
    #expect(abs(DecimalText.percent(of: fraction) - fraction * 100) <= max(1e-11, abs(fraction) * 1e-13))
  }
}
