import Market
import Testing

@testable import Metrics

@Suite struct AssetAnalysisTests {
  private func bars(_ closes: [Double]) -> [Bar] {
    closes.enumerated().map { index, close in
      Bar(
        openTime: GoldenSeries.start + Int64(index) * 86_400, open: close, high: close + 1, low: close - 1,
        close: close,
        volume: 1)
    }
  }

  @Test func `what is said are the signals, in words with the edition of the rule`() throws {
    let closes = (0..<300).map { 100 + Double($0) + Double($0 * 7 % 19) }
    let analysis = try #require(AssetAnalysis(bars(closes)))
    #expect(analysis.signals == AssetSignals(bars(closes)))
    #expect(analysis.signals.trend == .bullish)
    #expect(
      analysis.text.hasPrefix(
        "Closed at \(RuleWords.price(analysis.close)), above the mean of 50 closes, and that above the mean of 200: "
          + "Bullish. Momentum "))
    #expect(analysis.text.hasSuffix("By rule 1, from 300 daily bars; not advice."))
  }

  @Test func `of few bars the trend is unknown and nothing is made up`() throws {
    let analysis = try #require(AssetAnalysis(bars([3, 2])))
    #expect(analysis.signals.trend == nil && analysis.signals.momentum == nil)
    #expect(
      analysis.text
        == "Closed at 2.00; for a trend there are fewer than 200 bars. By rule 1, from 2 daily bars; not advice.")
    #expect(AssetAnalysis([]) == nil)
  }

  @Test func `no more than the last four hundred bars are looked at, and a longer history says the same`() throws {
    let closes = (0..<900).map { index -> Double in 100 + Double(index * 37 % 101) / 3 + Double(index) / 9 }
    let recent = try #require(AssetAnalysis(bars(closes)))
    #expect(recent.bars == 400)
    let whole = AssetSignals(bars(closes))
    #expect(recent.signals.trend == whole.trend && recent.signals.regime == whole.regime)
    #expect(recent.signals.support == whole.support && recent.signals.resistance == whole.resistance)
    #expect((try #require(recent.signals.momentum) - (try #require(whole.momentum))).magnitude < 1e-9)
  }

  @Test(arguments: [
    (115_632.384, "115632.38"), (-0.5, "−0.5"), (0.00001234, "1.234e-05"), (-3.014, "−3.01"), (1e300, "1e+300"),
  ])
  func `prices are short`(price: Double, text: String) {
    #expect(RuleWords.price(price) == text)
  }

  @Test(arguments: [([], nil), ([3.0], 3), ([1, 2], 1.5), ([9, 1, 5], 5)] as [([Double], Double?)])
  func `the median is the middle, or the mean of two`(values: [Double], middle: Double?) {
    #expect(median(values) == middle)
  }
}
