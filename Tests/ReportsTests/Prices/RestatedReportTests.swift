import Market
import Rendering
import Store
import Testing

@testable import Reports

/// Reports on a share that paid a dividend and was split within a week.
@Suite struct RestatedReportTests {
  private static let days = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "ACME", interval: .day1)
  private static let acts = SeriesKey(
    dataset: .corporateAction, provider: "yahoo", providerSymbol: "ACME", interval: .day1)
  private static let bare = SeriesKey(dataset: .bar, provider: "yahoo", providerSymbol: "BARE", interval: .day1)

  /// Monday to Friday, split-adjusted: a dividend of 1 on Wednesday, two new shares for one on Friday.
  private func record(name: String = "ACME") async throws -> Record {
    let record = try Record(
      Catalogue(
        assets: [
          Asset(symbol: name, name: "Acme", assetClass: .stock),
          Asset(symbol: "BARE", name: "Bare", assetClass: .stock),
        ], funds: [],
        series: [
          SeriesDefinition(key: Self.days, asset: name, quoteCurrency: "USD", priority: 1, basis: .splitAdjusted),
          SeriesDefinition(key: Self.acts, asset: name, quoteCurrency: "USD", priority: 1, basis: .asTraded),
          SeriesDefinition(key: Self.bare, asset: "BARE", quoteCurrency: "USD", priority: 1, basis: .splitAdjusted),
        ]), providers: [[ProviderProfile].profile("yahoo", "Yahoo", "https://yahoo.test")])
    let bars = zip(2...6, [50.0, 50, 49, 51, 50]).map { number, close in
      Bar(
        openTime: (day("2025-06-01") + (number - 1)).start, open: close, high: close, low: close, close: close,
        volume: 20)
    }
    let acts = [
      CorporateAction(day: day("2025-06-04"), kind: .dividend, value: 1),
      CorporateAction(day: day("2025-06-06"), kind: .split, value: 2),
    ]
    try await record.run(
      at: "2025-06-10T12:00Z",
      [
        Reading(series: Self.days, facts: .bars(bars), covers: nil),
        Reading(series: Self.acts, facts: .actions(acts), covers: nil),
        Reading(series: Self.bare, facts: .bars(bars), covers: nil),
      ])
    return record
  }

  private static let closes: [(Adjustment?, [Double])] = [
    (nil, [50, 50, 49, 51, 50]), (.splits, [50, 50, 49, 51, 50]), (Adjustment.none, [100, 100, 98, 102, 50]),
    (.all, [49, 49, 49, 51, 50]),
  ]

  @Test(arguments: closes)
  func `an asset's prices are restated as they are asked for`(adjustment: Adjustment?, closes: [Double]) async throws {
    let report = try AssetReport(of: "ACME", adjustment: adjustment, from: try await record().store)
    #expect(report.bars.map(\.close) == closes)
    #expect(report.course.bars.map { $0?.close } == closes)
    #expect(report.order.adjustment == adjustment)
    let words = adjustment?.words ?? "restated for splits"
    #expect(report.document.markdown.contains("since 2 June 2025, \(words)."))
    #expect(report.json().compact.contains("\"adjust\":\"\(adjustment?.rawValue ?? "")\"") == (adjustment != nil))
  }

  @Test(arguments: closes)
  func `so are the days of a daily report, and a change over a split is one of equal shares`(
    adjustment: Adjustment?, closes: [Double]
  ) async throws {
    let store = try await record().store
    for (number, date) in ["2025-06-04", "2025-06-05", "2025-06-06"].enumerated() {
      let report = try DailyReport(of: day(date), assets: ["ACME"], adjustment: adjustment, from: store)
      let row = try #require(report.assets.first).facts.snapshot
      #expect(row.close == closes[number + 2])
      let change = closes[number + 2] / closes[number + 1] - 1
      #expect((try #require(row.change24h) - change).magnitude < 1e-12)
      #expect(row.volume == (adjustment == Adjustment.none && number < 2 ? 10 : 20))
      #expect(report.assets.first?.dailyCloses.last?.close == closes[number + 2])
    }
  }

  @Test func `and those of a week`() async throws {
    let store = try await record().store
    let report = try WeeklyReport(of: day("2025-06-06"), adjustment: Adjustment.none, from: store)
    #expect(report.assets.first { $0.asset.symbol == "ACME" }?.course.bars.first??.close == 100)
    #expect(report.document.markdown.contains("Prices of shares are as traded."))
    #expect(
      report.document.markdown.contains("- no splits or dividends are known of BARE: prices there are as stored"))
  }

  @Test(arguments: closes)
  func `and those of the end and the start of a day`(adjustment: Adjustment?, closes: [Double]) async throws {
    let store = try await record().store
    let evening = try EndOfDayReport(of: day("2025-06-05"), adjustment: adjustment, from: store)
    let morning = try StartOfDayReport(of: day("2025-06-06"), adjustment: adjustment, from: store)
    for assets in [evening.assets, morning.assets] {
      let share = try #require(assets.first { $0.symbol == "ACME" })
      #expect(share.last == closes[3] && share.course?.bars.last??.close == closes[3])
      let extremes = try #require(share.extremes(of: 20))
      #expect(extremes.high == closes[..<3].max() && extremes.low == closes[..<3].min())
    }
    let told = morning.classes.flatMap(\.assets).first { $0.day.asset.symbol == "ACME" }
    #expect(told?.snapshot.close == closes[3])
    for report in [evening, morning] as [any WrittenReport] {
      let isSaid = report.document.markdown.contains("Prices of shares are \(adjustment?.words ?? "").")
      #expect(isSaid == (adjustment != nil))
    }
  }

  @Test(arguments: [nil, Adjustment.none, .splits, .all] as [Adjustment?])
  func `a seal knows for what prices were restated`(adjustment: Adjustment?) async throws {
    let record = try await record()
    let reports: [any WrittenReport] = [
      try AssetReport(of: "ACME", adjustment: adjustment, from: record.store),
      try DailyReport(of: day("2025-06-05"), adjustment: adjustment, from: record.store),
      try WeeklyReport(of: day("2025-06-05"), adjustment: adjustment, from: record.store),
      try StartOfDayReport(of: day("2025-06-05"), adjustment: adjustment, from: record.store),
      try EndOfDayReport(of: day("2025-06-05"), adjustment: adjustment, from: record.store),
    ]
    for report in reports {
      let file = try report.sealed(report.document.markdown, from: record.store, maker: "1")
      #expect(try #require(Seal.read(file)).seal.order == report.order)
      #expect(file.contains("\"adjust\":") == (adjustment != nil))
      let check = try SealCheck(of: file, maker: "1") { instant in
        try instant.map { try record.reading(asOf: $0.description) } ?? record.store
      }
      #expect(check?.outcome == .holds)
    }
  }

  @Test func `a day's splits and dividends stand beside what moved`() async throws {
    let store = try await record().store
    let split = try EndOfDayReport(of: day("2025-06-06"), from: store)
    #expect(split.document.markdown.contains("| ACME  | split, 2 new for each old share | −1.96 % |"))
    #expect(split.json().compact.contains("\"events\":[{\"day\":\"2025-06-06\",\"asset\":\"ACME\",\"kind\":\"split\""))
    let none = try EndOfDayReport(of: day("2025-06-05"), from: store)
    #expect(none.events.isEmpty && !none.document.markdown.contains("split"))
  }

  @Test func `an asset's splits and dividends stand beside its moves, never as their cause`() async throws {
    let store = try await record().store
    let text = try AssetReport(of: "ACME", from: store).document.markdown
    #expect(text.contains("| 2025-06-04 | dividend of 1 USD a share       | −2.00 % |"))
    #expect(text.contains("| 2025-06-06 | split, 2 new for each old share | −1.96 % |"))
    #expect(text.contains("nothing here says that it was its cause"))
    let then = try AssetReport(of: "ACME", on: day("2025-06-05"), from: store)
    #expect(then.events.map(\.kind) == [.dividend])
    #expect(try AssetReport(of: "BARE", from: store).events.isEmpty)
  }

  @Test func `a hostile symbol leaves neither table nor page`() async throws {
    let name = "A|<b>\"\u{301}"
    let report = try AssetReport(of: name, adjustment: .all, from: try await record(name: name).store)
    #expect(report.events.count == 2)
    #expect(!report.document.html().contains("<b>\""))
    let day = try EndOfDayReport(of: day("2025-06-06"), from: try await record(name: name).store)
    #expect(day.events.first?.symbol == name)
    #expect(!day.document.html().contains("<b>\""))
  }
}
