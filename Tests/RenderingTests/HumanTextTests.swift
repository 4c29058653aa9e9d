import Rendering
import Testing

@Suite struct HumanTextTests {
  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_440_000, "1.4 MB"), (9_949_000, "9.9 MB"), (9_950_000, "10 MB"),
    (999_499, "999 kB"), (999_500, "1.0 MB"), (12_000_000_000, "12 GB"), (-1500, "−1.5 kB"), (Int64.max, "9.2 EB"),
  ])
  func `a size is given in powers of a thousand`(bytes: Int64, text: String) {
    #expect(humanSize(bytes: bytes) == text)
  }

  @Test(arguments: [
    (0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (11_520, "3 h 12 min"),
    (86_399, "23 h 59 min"),
    (86_400, "1 d"), (100_800, "1 d 4 h"), (172_800, "2 d"), (-90, "−1 min"), (Int64.min, "−106751991167300 d"),
  ])
  func `a duration is given in its two largest units`(seconds: Int64, text: String) {
    #expect(humanDuration(seconds: seconds) == text)
  }

  @Test(arguments: [
    (Duration.milliseconds(340), "340 ms"), (.milliseconds(1240), "1.2 s"), (.milliseconds(9900), "9.9 s"),
    (.milliseconds(12_900), "12 s"), (.zero, "0 ms"), (.microseconds(999_900), "1.0 s"), (.seconds(3700), "1 h 1 min"),
  ])
  func `a short duration is given more finely`(duration: Duration, text: String) {
    #expect(humanDuration(duration) == text)
  }

  @Test(arguments: [
    (1.005, 1, "1.0"), (-0.5, 0, "−1"), (-0.04, 1, "0.0"), (12.346, 2, "12.35"), (0.05, 2, "0.05"),
    (1e300, 2, "1e+300"),
    (.nan, 2, "nan"), (-1234.5, 2, "−1234.50"),
  ])
  func `a number has as many decimals as asked for`(value: Double, decimals: Int, text: String) {
    #expect(fixedText(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "−1,234,567"), (123_456, "123,456"),
    (Int64.min, "−9,223,372,036,854,775,808"),
  ])
  func `thousands are set apart`(value: Int64, text: String) {
    #expect(groupedText(value) == text)
  }

  @Test(arguments: [
    (0.0123, "+1.23 %"), (-0.0123, "−1.23 %"), (0, "0.00 %"), (0.00001, "0.00 %"), (-0.00001, "0.00 %"),
    (2.5, "+250.00 %"),
  ])
  func `a fraction becomes signed per cent`(fraction: Double, text: String) {
    #expect(percentText(fraction) == text)
  }

  @Test func `a change that is a half on paper is rounded as one in every count of decimals`() {
    #expect(percentText(2.61 / 2.40 - 1) == "+8.75 %")
    #expect(percentText(2.61 / 2.40 - 1, decimals: 1) == "+8.8 %")
    #expect(shareText(0.125, decimals: 0) == "13 %")
  }

  @Test(arguments: [
    (0, "0 USD"), (950_000, "950,000 USD"), (-12_340_000, "−12.3 m USD"), (999_949_999, "999.9 m USD"),
    (999_950_000, "1.0 bn USD"),
    (-1_200_000_000, "−1.2 bn USD"), (3_140_000_000_000, "3.1 tn USD"),
  ])
  func `money is given in its unit`(usd: Int64, text: String) {
    #expect(moneyText(usd: usd) == text)
  }

  @Test func `an inflow can bear its sign`() {
    #expect(moneyText(usd: 345_600_000, isSigned: true) == "+345.6 m USD")
    #expect(moneyText(usd: 0, isSigned: true) == "0 USD")
    #expect(moneyText(usd: -1, isSigned: true) == "−1 USD")
  }
}
