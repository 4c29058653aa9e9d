import Market
import Support
import Testing

@testable import Metrics

/// Our measures beside TA-Lib's, by golden files that `Golden/make_indicators.py` writes.
@Suite struct IndicatorGoldenTests {
  /// Places where a value is missing that should be there, is there and should not, or is too far off.
  private func differences(_ golden: [GoldenColumn], _ bars: [Bar]) throws -> [String] {
    var computed: [String: (lookBacks: [Int], values: [String: [Double?]])] = [:]
    return try golden.flatMap { line in
      let found = try computed[line.indicator] ?? columns(of: line.indicator, over: bars)
      computed[line.indicator] = found
      let ours = try #require(found.values[line.column], "\(line.column)")
      return line.values.compactMap { index, theirs -> String? in
        let text = "\(line.testDescription) at \(index): \(ours[index] as Any), golden \(theirs as Any)"
        guard let value = ours[index], let theirs else { return ours[index] == theirs ? nil : text }
        let tolerance = line.tolerance(theirs, at: index, lookBack: found.lookBacks.max() ?? 0, bars)
        return abs(value - theirs) <= tolerance ? nil : text
      }
    }
  }

  @Test(arguments: GoldenSeries.made)
  func `measures of a made series are TA-Lib's to the ninth digit`(series: String) throws {
    let golden = try GoldenColumn.all(in: "indicators_made.txt").filter { $0.series == series }
    #expect(golden.count == 39)
    let differences = try differences(golden, try GoldenSeries.bars(series))
    #expect(differences.count == 0, "\(differences.prefix(20).joined(separator: "\n"))")
  }

  @Test(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)"), arguments: GoldenSeries.real)
  func `measures of a recorded series are TA-Lib's to the ninth digit`(series: String) throws {
    let golden = try GoldenColumn.all(in: "indicators_real.txt").filter { $0.series == series }
    #expect(golden.count == 37)
    let differences = try differences(golden, try GoldenSeries.recorded(series))
    #expect(differences.count == 0, "\(differences.prefix(20).joined(separator: "\n"))")
  }

  @Test func `the comparison sees a difference in the eighth digit, and a value that should not be there`() throws {
    let bars = try GoldenSeries.bars("wander")
    let right = try #require(try GoldenColumn.all(in: "indicators_made.txt").first { $0.column == "rsi_14" })
    let (_, warm) = (right.values[0], try #require(right.values[1].value))
    func altered(_ values: [(index: Int, value: Double?)]) -> GoldenColumn {
      GoldenColumn(series: "wander", indicator: "rsi:14", column: "rsi_14", scale: right.scale, values: values)
    }
    #expect(try differences([altered([(14, warm)])], bars) == [])
    #expect(try differences([altered([(14, warm * (1 + 1e-8))])], bars).count == 1)
    #expect(try differences([altered([(13, warm)])], bars).count == 1)
    #expect(try differences([altered([(14, nil)])], bars).count == 1)
  }
}
