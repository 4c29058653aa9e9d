import Market
import Rendering
import Store
import Testing

@testable import Reports

@Suite struct WeeklyPortfolioTests {
  private static let sunday = day("2025-09-14")

  /// Two coins up to a Sunday, and if wanted the week behind it.
  private func record(weeks: Int = 0) async throws -> Record {
    func closes(_ count: Int, _ step: Int) -> [Double?] { (0..<count).map { 100 + Double($0 * step % 11) } }
    let record = try await Record.ofDays(
      [("ONE", closes(200, 7)), ("TWO", closes(200, 4))], until: Self.sunday, asked: "2025-09-15T12:30Z")
    guard weeks > 0 else { return record }
    let readings = ["ONE", "TWO"].map { symbol in
      let bars = (1...7).map { number in
        let close = 110 + Double(number)
        return Bar(
          openTime: (Self.sunday + number).start, open: close, high: close, low: close, close: close, volume: 1)
      }
      return Reading(series: Record.days(of: symbol), facts: .bars(bars), covers: nil)
    }
    try await record.run(at: "2025-09-22T12:30Z", readings)
    return record
  }

  @Test func `the week has its three portfolios, with rule, figures and what is no advice`() async throws {
    let report = try WeeklyReport(from: try await record().store)
    #expect(report.portfolios.map(\.profile) == ["Conservative", "Moderate", "Aggressive"])
    for portfolio in report.portfolios {
      #expect(portfolio.weights.map(\.weight) == [0, 100, 0])
      #expect(portfolio.parts.reduce(0) { $0 + $1.weight } == 100)
      #expect(portfolio.risks.last == "By rule 1, from what was; not advice.")
    }
    let text = report.document.markdown
    #expect(text.contains("Made 2025-09-15 12:30 UTC by rule 1 from the daily bars of 2 assets."))
    #expect(text.contains("### Aggressive"))
    #expect(report.json().compact.contains("\"portfolios\":[{\"profile\":\"Conservative\",\"edition\":1,"))
  }

  @Test func `last week's weights are scored by what their parts did since`() async throws {
    let store = try await record(weeks: 1).store
    let report = try WeeklyReport(from: store)
    #expect(report.day == Self.sunday + 7 && report.portfolios.count == 3 && report.scores.count == 3)
    for score in report.scores {
      let parts = score.portfolio.parts
      let change = parts.reduce(0) { $0 + Double($1.weight) / 100 * (117 / $1.close - 1) }
      #expect((try #require(score.change) - change).magnitude < 1e-12)
    }
    #expect(report.document.markdown.contains("### What became of last week's"))
  }

  @Test func `as of then there is what had been made by then`() async throws {
    let record = try await record(weeks: 1)
    let then = try record.reading(asOf: "2025-09-16T00:00Z")
    let report = try WeeklyReport(from: then)
    #expect(report.day == Self.sunday && report.portfolios.count == 3 && report.scores.isEmpty)
    let before = try record.reading(asOf: "2025-09-15T12:30Z")
    #expect(try WeeklyReport(of: Self.sunday, from: before).portfolios.count == 3)
  }

  @Test func `a part without a price of the week leaves the score unknown`() async throws {
    let record = try await record()
    let bars = (1...7).map { number in
      Bar(openTime: (Self.sunday + number).start, open: 1, high: 1, low: 1, close: 1, volume: 1)
    }
    try await record.run(
      at: "2025-09-22T12:30Z", [Reading(series: Record.days(of: "ONE"), facts: .bars(bars), covers: nil)])
    let scores = try WeeklyReport(from: record.store).scores
    #expect(scores.count == 3 && scores.allSatisfy { $0.change == nil && $0.known == 1 })
  }
}
