import Market
import Metrics
import SQLite
import Testing

@testable import Pipeline
@testable import Store

/// What a run finds in rows that moved, and what it keeps of that.
@Suite struct QualityMeasuresTests {
  private var file: QualityFile

  init() throws { file = try QualityFile() }

  @Test func `days that are the sum of their hours pass, and one with another high is found`() throws {
    try file.tellHours(0..<3)
    try file.tellDays(0..<3, highs: [1: 300])
    #expect(try file.measure() == 3)
    let high = (24..<48).map(QualityFile.price).max() ?? 0
    #expect(try file.results(.fold) == ["0|0|24", "1|\((300 - high - 1) / 300)|24", "2|0|24"].map(spelled))
  }

  @Test func `a day of which hours are missing waits for them`() throws {
    try file.tellDays(0..<2)
    try file.tellHours(0..<1)
    #expect(try file.measure() == 1)
    try file.tellHours(1..<2)
    #expect(try file.measure() == 1)
    #expect(try file.results(.fold).count == 2)
  }

  @Test func `sources that agree pass, one that differs is found, and other currencies are left out`() throws {
    try file.tellHours(0..<2)
    try file.tellHours(0..<2, of: QualityFile.others) { $0 == 30 ? 50 : QualityFile.price($0) }
    try file.tellHours(0..<2, of: QualityFile.euros) { _ in 7 }
    #expect(try file.measure() == 2)
    let spread = (QualityFile.price(30) - 50) / QualityFile.price(30)
    #expect(try file.results(.sources) == ["0|0|24", "1|\(spread)|24"].map(spelled))
  }

  @Test func `funds that add up to the total pass, and a day whose total says otherwise is found`() throws {
    let days = (0..<2).map { QualityFile.first + $0 }
    try file.tellFlows(
      days.flatMap { day in
        [
          EtfFlow(day: day, ticker: "IBIT", netFlowUSD: 5_000_000),
          EtfFlow(day: day, ticker: "FBTC", netFlowUSD: 1_000_000),
          EtfFlow(day: day, ticker: EtfFlow.total, netFlowUSD: day == days[1] ? 9_000_000 : 6_000_000),
        ]
      })
    #expect(try file.measure() == 2)
    #expect(try file.results(.funds) == ["0|0|1", "1|1|1"])
  }

  @Test func `a day that was refused since its funds say another sum is found until it is stored or set aside`() throws
  {
    let refusals = (0..<2).map { day in
      Refusal(reason: .contradictory, at: (QualityFile.first + day).start, detail: "sums", excerpt: "row \(day)")
    }
    try file.tellFlows([], refusing: refusals)
    try file.measure()
    #expect(try file.results(.funds) == ["0|1|1", "1|1|1"])
    try file.tellFlows([EtfFlow(day: QualityFile.first, ticker: "IBIT", netFlowUSD: 1)])
    try file.store.judgement.drop([QuarantineID(2)], at: QualityFile.noon(100))
    try file.measure()
    #expect(try file.results(.funds) == ["0|0|1", "1|∅|0"])
  }

  // MARK: What is new, and nothing else

  @Test func `twice finds nothing new, and a new day is looked at alone`() throws {
    try file.tellHours(0..<3)
    try file.tellDays(0..<3)
    try file.measure()
    #expect(try file.measure() == 0)
    #expect(try QualityMeasures(file.store, gates: QualityGates(), now: QualityFile.noon(100)).isSettled())
    // What lies behind it could say anything.
    try file.store.tamper("UPDATE bar SET high = 1000 WHERE open_time < \(QualityFile.first.end.epochSeconds)")
    try file.tellHours(3..<4)
    try file.tellDays(3..<4)
    let measures = QualityMeasures(file.store, gates: QualityGates(), now: QualityFile.noon(100))
    #expect(try !measures.isSettled())
    #expect(try file.measure() == 1)
    #expect(try file.results(.fold).map { String($0.prefix(4)) } == ["0|0|", "1|0|", "2|0|", "3|0|"])
    #expect(try measures.isSettled())
  }

  @Test mutating func `a day that says otherwise stands beside what was found before`() throws {
    try file.tellHours(0..<1)
    try file.tellDays(0..<1, highs: [0: 300])
    try file.measure()
    try file.begin(on: 101)
    try file.tellDays(0..<1, on: 101)
    #expect(try file.measure(on: 101) == 1)
    #expect(try file.results(.fold) == ["0|0|24"])
    #expect(try file.store.rows("SELECT run_id, value > 0 FROM quality_result ORDER BY 1") == ["1|1", "2|0"])
    #expect(
      try file.store.rows("SELECT count(*) FROM (SELECT 1 FROM quality_result WHERE check_name = 'fold')") == ["2"])
  }

  @Test func `a series that holds no bar any more has nothing to be measured`() throws {
    try file.tellHours(0..<1)
    try file.tellDays(0..<1)
    try file.measure()
    try file.store.tamper(
      """
      DELETE FROM bar WHERE series_id = 2; UPDATE series SET (row_count, first_time, last_time) = (0, NULL, NULL) WHERE series_id = 2;
      INSERT INTO quality_due VALUES (2, \(QualityFile.first.start.epochSeconds), \(QualityFile.first.start.epochSeconds))
      """)
    #expect(try file.measure() == 1)
    #expect(try file.results(.fold) == ["0|∅|0"])
  }

  @Test func `rows of a series that nobody checks are not waited for`() throws {
    try file.tell(
      Reading(
        series: SeriesKey(dataset: .bar, provider: "kraken", providerSymbol: "XBTEUR", interval: .hour1),
        facts: .bars([]),
        covers: nil), on: 1)
    #expect(try file.store.rows("SELECT * FROM quality_due").isEmpty)
  }

  @Test func `what is there is noted once a day, and what it had before and has no more is noted as nothing`() throws {
    func found(_ gaps: Double, on day: Int) -> [QualityMeasurement] {
      let day = QualityFile.first + day
      let whole = QualityMeasurement(.gaps, of: .all, on: day, gaps, observations: 9)
      let part = QualityMeasurement(.gaps, of: .asset("BTC"), on: day, gaps, observations: 0)
      return gaps > 0 ? [whole, part] : [whole]
    }
    #expect(try file.measure(on: 5, present: found(3, on: 5)) == 2)
    #expect(try file.measure(on: 5, present: found(3, on: 5)) == 0)
    #expect(try file.measure(on: 6, present: found(3, on: 6)) == 2)
    var later = file
    try later.begin(on: 6)
    #expect(try later.measure(on: 6, present: found(0, on: 6)) == 2)
    #expect(try file.results(.gaps) == ["5|3|0", "6|0|0"])
  }

  @Test func `each value stands beside what was let pass then`() throws {
    try file.tellHours(0..<1)
    try file.tellDays(0..<1, highs: [0: 300])
    try file.measure(gates: QualityGates(["fold": 0.9]))
    let dataset = "SELECT value > threshold, threshold FROM quality_result"
    #expect(try file.store.rows(dataset) == ["0|0.9"])
  }

  /// As SQLite prints it in these rows.
  private func spelled(_ text: String) -> String { text }
}
