import Market
import Metrics
import SQLite
import Telling
import Testing

@testable import Reports
@testable import Store

@Suite struct AssetSummaryTests {
  @Test func `a complete day is told with its close, range, day parts, volatility, mood and flows`() {
    let facts = AssetFacts.of(
      .complete, closesBefore: [117_000, 116_500], mood: Mood(today: .neutral53, dayBefore: .value(51)),
      flows: .final(222_600_000, last: day("2025-09-19")))
    #expect(
      AssetSummary(facts: facts).text == """
        Bitcoin closed 19 September 2025 at 115,632.38 USDT, down 1.2 % on the day before. It moved between 115,100.00 \
        and 117,900.50 USDT: Asia +0.31 %, Europe −1.5 %, US 0.00 %. Seven-day volatility is low, 28.4 % a year. The \
        crypto Fear and Greed index stood at 53 of 100 (Neutral), 2 points above the day before. The ETFs that hold it \
        took in 222.6 m USD net on the day; over the last five final days they took in 1.1 bn USD net.
        """)
  }

  @Test func `a running day says so far, and up to when`() {
    let facts = AssetFacts.of(.running, isRunning: true, lastBar: "2025-09-19T12:00Z")
    #expect(
      AssetSummary(facts: facts).text == """
        So far on 19 September 2025, up to 13:00 UTC, Bitcoin stands at 115,632.38 USDT, down 1.2 % over 24 hours. It has \
        moved between 115,100.00 and 117,900.50 USDT: Asia +0.31 %, Europe −1.5 % so far. Seven-day volatility is low, \
        28.4 % a year.
        """)
  }

  @Test func `a day that lost its last hours has a last known price and no close`() {
    let facts = AssetFacts.of(.short, lastBar: "2025-09-19T20:00Z")
    #expect(
      AssetSummary(facts: facts).text.hasPrefix(
        """
        The last price of Bitcoin on 19 September 2025 that is known, at 21:00 UTC, is 115,632.38 USDT, with no price of 24 \
        hours earlier to compare; 21 of 24 hourly bars are there.
        """))
  }

  @Test func `what a running day has not reached yet is not missing`() {
    let facts = AssetFacts.of(.running, isRunning: true, lastBar: "2025-09-19T12:00Z")
    #expect(facts.barsMissing == 0)
    #expect(!AssetSummary(facts: facts).text.contains(", US "))
  }

  @Test func `nothing is said about sentiment and flows where there are none`() {
    let text = AssetSummary(facts: .of(.complete)).text
    #expect(!text.contains("ETF"))
    #expect(!text.contains("index"))
  }

  @Test func `an index without a value for the day is said to have none`() {
    let text = AssetSummary(facts: .of(.complete, mood: Mood(today: nil, dayBefore: .value(51)))).text
    #expect(text.hasSuffix("The crypto Fear and Greed index has no value for the day."))
  }

  @Test(arguments: [
    ("2025-09-19", FlowFinality.provisional, "The day's flows of the ETFs that hold it are not yet final."),
    ("2025-09-19", .notReporting, "The ETFs that hold it reported no flows on the day, as on a market holiday."),
    ("2025-09-19", nil, "No flows of the ETFs that hold it are known for the day."),
    ("2025-09-20", nil, "The ETFs that hold it do not report at weekends."),
    ("2025-09-01", nil, "The ETFs that hold it do not report on market holidays."),
  ])
  func `flows that are not final bear no figure`(of text: String, finality: FlowFinality?, sentence: String) {
    let facts = AssetFacts.of(.complete, flows: .with(finality, on: day(text)))
    #expect(AssetSummary(facts: facts).text.hasSuffix(" " + sentence))
  }

  @Test(arguments: [
    ([100.0, 101, 102, 103], "down 1.2 % on the day before, at least its 4th daily fall in a row."),
    ([100.0, 101, 102, 99], "down 1.2 % on the day before, its 3rd daily fall in a row."),
    ([100.0, 101, 99, 98], "down 1.2 % on the day before."),
    ([100.0, 99, 100, 101, 100, 99], "down 1.2 % on the day before, the lowest daily close of 7 days."),
  ])
  func `falls in a row and extremes are told from the closes before`(scaled: [Double], ending: String) {
    let facts = AssetFacts.of(.complete, closesBefore: scaled.map { $0 * 2000 })
    #expect(AssetSummary(facts: facts).text.contains(ending + " It moved"))
  }

  @Test func `an asset whose name is not plain text is told in one line`() {
    let facts = AssetFacts.of(.complete, name: "Bit\r\n\tcoin\u{202E} \u{1B}[31m")
    #expect(AssetSummary(facts: facts).text.hasPrefix("Bit coin [31m closed 19 September 2025"))
  }

  @Test func `equal facts give equal text and equal facts`() {
    let first = AssetSummary(facts: .of(.complete, mood: Mood(today: .neutral53, dayBefore: nil)))
    let second = AssetSummary(facts: .of(.complete, mood: Mood(today: .neutral53, dayBefore: nil)))
    #expect(first.text == second.text)
    #expect(first.json == second.json)
  }
}

extension AssetFacts {
  static func of(
    _ snapshot: SnapshotRow, name: String = "Bitcoin", isRunning: Bool = false, lastBar: String = "2025-09-19T23:00Z",
    closesBefore: [Double] = [], mood: Mood? = nil, flows: FlowFacts? = nil
  ) -> AssetFacts {
    AssetFacts(
      day: AssetDay(
        asset: Asset(symbol: "BTC", name: name, assetClass: .crypto), series: SeriesID(1), key: .btc,
        quoteCurrency: "USDT", snapshot: snapshot, lastBar: instant(lastBar)),
      isRunning: isRunning, closesBefore: closesBefore, mood: mood, flows: flows)
  }
}

extension SnapshotRow {
  static let complete = row(europe: -0.0151, us: 0, bars: 24, isComplete: true)
  static let running = row(europe: -0.0151, us: nil, bars: 13, isComplete: false)
  static let short = row(change: nil, europe: -0.0151, us: 0, bars: 21, isComplete: false)

  private static func row(
    change: Double? = -0.0123, europe: Double?, us: Double?, bars: Int, isComplete: Bool
  ) -> SnapshotRow {
    SnapshotRow(
      MarketSnapshot(
        day: friday, open: 117_000, high: 117_900.5, low: 115_100, close: 115_632.38, volume: 12_345.678,
        change24h: change, volatility7d: 0.284, asiaReturn: 0.0031, europeReturn: europe, usReturn: us, bars: bars,
        barsExpected: 24, isComplete: isComplete),
      fngValue: 53, fngClassification: "Neutral", etfNetFlowUSD: nil, etfNetFlow5dUSD: nil)
  }
}

extension SentimentValue {
  static let neutral53 = SentimentValue(day: friday, value: 53, classification: "Neutral")

  static func value(_ value: Double) -> SentimentValue {
    SentimentValue(day: friday - 1, value: value, classification: "Neutral")
  }
}

extension FlowFacts? {
  /// A final day after four of 220 million each.
  static func final(_ usd: Int64, last: Day) -> FlowFacts? {
    let before = [4, 3, 2, 1].map { FlowDay(day: last - $0, finality: .final, totalUSD: 220_000_000) }
    return FlowFacts(of: last, in: before + [FlowDay(day: last, finality: .final, totalUSD: usd)], from: .farside)
  }

  /// A day of this finality, or none, after two final ones.
  static func with(_ finality: FlowFinality?, on last: Day) -> FlowFacts? {
    let before = [3, 2].map { FlowDay(day: last - $0, finality: .final, totalUSD: 1) }
    let today = finality.map { [FlowDay(day: last, finality: $0, totalUSD: nil)] } ?? []
    return FlowFacts(of: last, in: before + today, from: .farside)
  }
}

extension StoredSeries {
  static let farside = StoredSeries(
    id: SeriesID(2), key: .btcFlows, asset: "BTC", assetClass: .crypto, quoteCurrency: "USD", priority: 1,
    needsKey: false,
    basis: .asTraded, isAsked: true, count: 1, extent: nil)
}
