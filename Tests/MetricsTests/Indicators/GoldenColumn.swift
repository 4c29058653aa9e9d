import Foundation
import Market
import Support
import Testing

@testable import Metrics

/// One line of a golden file: what TA-Lib makes of a series, at some places.
struct GoldenColumn: CustomTestStringConvertible, Sendable {
  let series: String
  let indicator: String
  let column: String
  /// What differences are measured against besides the value; `nil` for the highest price of the window.
  let scale: Double?
  /// `nil` where there is no value.
  let values: [(index: Int, value: Double?)]

  var testDescription: String { "\(series) \(column)" }

  static func all(in file: String) throws -> [GoldenColumn] {
    try GoldenText.lines(of: file).map { line in
      let cells = line.split(separator: "\t").map(String.init)
      try #require(cells.count == 5)
      return GoldenColumn(
        series: cells[0], indicator: cells[1], column: cells[2], scale: Double(cells[3]),
        values: try cells[4].split(separator: " ").map { cell in
          let parts = cell.split(separator: ":")
          let value = parts[1].drop { $0 == "=" }
          let place = try #require(Int(parts[0]))
          guard value != "-" else { return (place, nil) }
          let number = try #require(Double(value))
          return (place, number)
        })
    }
  }

  /// How far each value may be off: 1e-9 of itself or of the scale, whichever is more.
  func tolerance(_ value: Double, at index: Int, lookBack: Int, _ bars: [Bar]) -> Double {
    let window = bars[max(0, index - lookBack)...index]
    return 1e-9 * max(abs(value), scale ?? window.reduce(0) { max($0, $1.high) })
  }
}

/// The lines of a file beside the tests.
enum GoldenText {
  private static let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Golden/"

  /// Comments aside.
  static func lines(of file: String) throws -> [Substring] {
    let text = try String(contentsOfFile: folder + file, encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
  }
}

/// The columns that a measure makes of bars, by name.
func columns(of indicator: String, over bars: [Bar]) throws -> (lookBacks: [Int], values: [String: [Double?]]) {
  let pairs = bars.map { PricePair(asset: $0.close, benchmark: $0.open) }
  switch indicator {
  case "correlation:30":
    let measure = Correlation(period: 30)
    return (measure.lookBacks, ["correlation_30": measure.values(over: pairs)])
  case "beta:5":
    let measure = Beta(period: 5)
    return (measure.lookBacks, ["beta_5": measure.values(over: pairs)])
  default:
    var indicator = try Indicator(indicator)
    var rows: [[Double?]] = []
    for bar in bars {
      var row: [Double?] = []
      indicator.measure.take(bar, into: &row)
      rows.append(row)
    }
    let names = indicator.columns
    return (
      indicator.measure.lookBacks,
      Dictionary(uniqueKeysWithValues: names.indices.map { column in (names[column], rows.map { $0[column] }) })
    )
  }
}
