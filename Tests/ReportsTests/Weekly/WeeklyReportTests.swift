import Market
import Metrics
import Rendering
import Store
import Testing

@testable import Reports

@Suite struct WeeklyReportTests {
  private static let sunday = day("2025-09-14")

  /// Two coins of which one does what the other does not, up to a Sunday.
  private func record(missing: Int? = nil, count: Int = 60) async throws -> Record {
    let first = (0..<count).map { Double?.some(100 + Double($0 * 7 % 11)) }
    var second = first.map { $0.map { 10_000 / $0 } }
    if let missing { second[count - 1 - missing] = nil }
    return try await Record.ofDays([("ONE", first), ("TWO", second)], until: Self.sunday, asked: "2025-09-15T12:30Z")
  }

  @Test func `a week reads as its golden file`() async throws {
    let report = try WeeklyReport(from: try await record().store)
    Golden.expect(report.document.markdown, equals: "weekly.md")
    Golden.expect(report.json().pretty, equals: "weekly.json")
  }

  @Test func `any day of a week asks for it, and none for the newest that is over`() async throws {
    let store = try await record().store
    #expect(try WeeklyReport(from: store).day == Self.sunday)
    #expect(try WeeklyReport(of: day("2025-09-08"), from: store).day == Self.sunday)
    #expect(try WeeklyReport(of: Self.sunday, from: store).monday == day("2025-09-08"))
  }

  @Test func `what does the opposite is told so, over the returns that are common`() async throws {
    let correlation = try #require(try WeeklyReport(from: try await record().store).correlation)
    let value = try #require(correlation.matrix.values[0][1])
    #expect(value < -0.9)
    #expect(correlation.matrix.observations == 59)
    let holed = try #require(try WeeklyReport(from: try await record(missing: 3).store).correlation)
    #expect(holed.matrix.observations == 58)
    #expect(try WeeklyReport(from: try await record(count: 30).store).correlation == nil)
  }

  @Test func `the change of a week is against the last close before it`() async throws {
    let report = try WeeklyReport(from: try await record().store)
    let one = try #require(report.assets.first)
    let bars = one.course.bars.compactMap { $0 }
    let last = try #require(bars.last), before = try #require(bars.dropLast(7).last)
    #expect(one.change == last.close / before.close - 1)
  }

  @Test func `a day that is missing is said first, and crossed in the grid`() async throws {
    let text = try WeeklyReport(from: try await record(missing: 3).store).document.markdown
    #expect(text.contains("## What is missing\n\n- TWO: 1 daily bar of the week missing."))
    #expect(text.contains("`████████████████████████×███` TWO"))
  }

  @Test func `an asset without any bar of the week is named, not passed over`() async throws {
    let closes = (0..<60).map { Double?.some(100 + Double($0 * 7 % 11)) }
    let gone = closes.dropLast(8) + [Double?](repeating: nil, count: 8)
    let store = try await Record.ofDays(
      [("HERE", closes), ("GONE", Array(gone))], until: Self.sunday, asked: "2025-09-15T12:30Z"
    ).store
    let report = try WeeklyReport(from: store)
    #expect(report.absent == ["GONE"])
    #expect(report.document.markdown.contains("## What is missing\n\n- GONE: no daily bar of the week."))
  }

  @Test func `what moves more is drawn towards none no less than what moves little`() async throws {
    func course(_ scale: Double, _ phase: Int) -> [Double?] {
      (0..<60).map { 100 + scale * Double(($0 + phase) * 7 % 11) + Double($0 * $0 % 5) }
    }
    let store = try await Record.ofDays(
      [("CALM", course(0.1, 0)), ("LIKE", course(0.2, 0)), ("WILD", course(5, 3))], until: Self.sunday,
      asked: "2025-09-15T12:30Z"
    ).store
    let matrix = try #require(try WeeklyReport(from: store).correlation).matrix
    let series = try ["CALM", "LIKE", "WILD"].map { symbol in
      let bars = try #require(try WeeklyReport(from: store).assets.first { $0.asset.symbol == symbol }).course.bars
      return logReturns(ofPrices: bars.compactMap { $0?.close })
    }
    let rows = series[0].indices.map { row in series.map { $0[row] } }
    let plain = try #require(CorrelationMatrix.plain(ofReturns: rows))
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
      let (drawn, told) = (try #require(matrix.values[one][other]), try #require(plain.values[one][other]))
      #expect(abs(drawn - (1 - matrix.shrinkage) * told) < 1e-9, "\(one) \(other)")
    }
  }

  @Test func `of a week that is running nothing is missing that is not due`() async throws {
    let closes = (0..<60).map { Double?.some(100 + Double($0 * 7 % 11)) }
    let record = try await Record.ofDays([("ONE", closes)], until: day("2025-09-10"), asked: "2025-09-11T12:30Z")
    let text = try WeeklyReport(of: day("2025-09-10"), from: record.store).document.markdown
    #expect(text.contains("last brought up to date, at 2025-09-11 12:30 UTC."), "\(text)")
    #expect(text.contains("Nothing: every daily bar of the week that is due is there."), "\(text)")
  }

  @Test func `assets that lack as many bars stand on one line, the first of them by name`() async throws {
    let whole = (0..<60).map { Double?.some(100 + Double($0 * 7 % 11)) }
    var holed = whole
    holed[56] = nil
    let assets = (10..<25).map { ("C\($0)", holed) } + [("WHOLE", whole)]
    let store = try await Record.ofDays(assets, until: Self.sunday, asked: "2025-09-15T12:30Z").store
    let text = try WeeklyReport(from: store).document.markdown
    #expect(
      text.contains("- C10, C11, C12, C13, C14, C15, C16, C17, C18, C19, C20, C21 and 3 more: 1 daily bar of"),
      "\(text)")
  }

  @Test func `a week without a bar is an error`() async throws {
    let store = try await record().store
    #expect(throws: ReportError.self) { try WeeklyReport(of: day("2024-01-01"), from: store) }
  }
}
