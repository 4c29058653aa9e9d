import Market
import Testing

@testable import Reports

@Suite struct WordsTests {
  @Test(arguments: [
    (115_632.38, "115,632.38"), (115_000, "115,000.00"), (4_470.7, "4,470.70"), (0.000_012_34, "0.00001234"),
    (-37.63, "−37.63"), (-0.5, "−0.50"), (0, "0.00"), (1e-9, "1e-09"), (999.999, "999.999"),
  ])
  func `prices are written in full, thousands apart`(price: Double, text: String) {
    #expect(priceText(price) == text)
  }

  @Test(arguments: [
    (0.0123, "up 1.2 %"), (-0.0035, "down 0.35 %"), (0.009_96, "up 1.0 %"), (0, "unchanged"),
    (0.000_001, "almost unchanged"), (-0.5, "down 50.0 %"),
  ])
  func `changes are told in words`(change: Double, words: String) {
    #expect(changeWords(change) == words)
  }

  @Test(arguments: [(12_345.678, "12,346"), (123.456, "123.46"), (0, "0"), (0.001_234_5, "0.001235")])
  func `volumes are rounded to what can be read`(volume: Double, text: String) {
    #expect(volumeText(volume) == text)
  }

  @Test func `the end of a day is its twenty-fourth hour`() {
    let friday = day("2025-09-19")
    #expect(friday.end.minute(within: friday) == "24:00")
    #expect(instant("2025-09-19T09:05Z").minute(within: friday) == "09:05")
  }
}
