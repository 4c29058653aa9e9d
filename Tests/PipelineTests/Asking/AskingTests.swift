import Market
import SQLite
import Testing

@testable import Pipeline
@testable import Store

/// Whether a series is asked, and why.
@Suite struct AskingTests {
  /// A Wednesday, 2026-03-18.
  private static let now = Instant(epochSeconds: 1_773_835_500)  // 2026-03-18T12:05:00Z

  /// - Parameter last: the newest row; `nil` for the newest key that is due.
  private func series(
    _ dataset: Dataset = .bar, count: Int = 400, through last: Instant? = nil, at provider: ProviderName = "x"
  ) -> StoredSeries {
    let interval: Interval = dataset == .bar ? .hour1 : .day1
    let newest = last ?? Self.newest(dataset)
    return StoredSeries(
      id: SeriesID(1), key: SeriesKey(dataset: dataset, provider: provider, providerSymbol: "x", interval: interval),
      asset: "BTC", assetClass: .crypto, quoteCurrency: nil, priority: 1, needsKey: false, basis: .asTraded,
      isAsked: true, count: count,
      extent: newest - Int64(count - 1) * interval.seconds...newest)
  }

  private static let longAgo = now - 365 * 86_400

  private static func newest(_ dataset: Dataset) -> Instant {
    Rhythm(of: dataset, every: dataset == .bar ? .hour1 : .day1, assetClass: .crypto).newestDue(at: now)
  }

  /// Everything stored, asked an hour ago, well.
  private func whole(_ series: StoredSeries) -> KnownKeys {
    KnownKeys(
      lastAsked: (at: Self.now - 3600, hasFailed: false))
  }

  private func reason(
    _ series: StoredSeries, _ known: KnownKeys, at now: Instant = AskingTests.now, since: Instant? = nil,
    until: Instant? = nil
  ) -> Asking.Reason? {
    Asking(Window(of: series, series.rhythm(), at: now, since: since, until: until), known, at: now).reason
  }

  @Test(arguments: [Dataset.bar, .sentiment, .etfFlow])
  func `a series that holds all that is due is not asked`(dataset: Dataset) {
    let series = series(dataset)
    let asking = Asking(Window(of: series, series.rhythm(), at: Self.now), whole(series), at: Self.now)
    #expect(asking.reason == nil)
    #expect(asking.spans.isEmpty)
  }

  @Test func `with the next hour that is due it is asked`() {
    let series = series()
    #expect(reason(series, whole(series), at: Self.now + 3355) == nil)  // 13:00:55
    #expect(reason(series, whole(series), at: Self.now + 3360) == .missing)  // 13:01
  }

  @Test func `a hole is asked for until its absence is proved or what was sent there refused`() {
    let series = series()
    var known = whole(series)
    let hole = Self.newest(.bar) - 20 * 3600
    known.absent = [hole...hole]
    #expect(reason(series, known) == .missing)
    known.settled = [hole...hole]
    #expect(reason(series, known) == nil)
  }

  @Test func `a failed stretch of long ago is asked for again, but not within a stretch that was named`() {
    let series = series()
    var known = whole(series)
    known.failed = [Self.now - 900 * 3600...Self.now - 890 * 3600]
    #expect(reason(series, known) == .missing)
    #expect(reason(series, known, since: Self.newest(.bar) - 10 * 3600) == nil)
  }

  @Test func `a series whose last step failed is asked`() {
    let series = series()
    var known = whole(series)
    known.lastAsked?.hasFailed = true
    #expect(reason(series, known) == .failedBefore)
  }

  @Test func `a beginning that is named is asked for where keys are missing`() {
    let series = series()
    #expect(reason(series, whole(series), since: Self.newest(.bar) - 399 * 3600) == nil)
    #expect(reason(series, whole(series), since: Self.newest(.bar) - 400 * 3600) == .missing)
  }

  /// A week of proofs begins on Thursday at midnight; the scene is on Wednesday noon.
  @Test func `that a series had not begun before its first row is asked again once a week`() {
    let series = series()
    var known = whole(series)
    known.listed = Self.longAgo
    #expect(reason(series, known) == nil)
    known.lastAsked = (at: Self.now - 7 * 86_400, hasFailed: false)
    #expect(reason(series, known) == .proofDue)
    known.listed = nil
    #expect(reason(series, known) == nil)
  }

  @Test(arguments: [("x", 7), ("alphavantage", 30)])
  func `but not before the proof is as old, which a free key of one provider is longer`(
    provider: String, days: Int64
  ) {
    let series = series(at: ProviderName(provider))
    var known = whole(series)
    // In the stretch of days before this one, just now or long ago.
    known.lastAsked = (at: Self.now.floored(to: days * 86_400) - 3600, hasFailed: false)
    known.listed = Self.now - days * 86_400 + 3600
    #expect(reason(series, known) == nil)
    known.listed = Self.now - days * 86_400
    #expect(reason(series, known) == .proofDue)
    known.lastAsked = (at: Self.now.floored(to: days * 86_400), hasFailed: false)
    #expect(reason(series, known) == nil)
  }

  @Test func `a step that failed proves nothing before the first row either`() {
    let series = series(count: 2000)
    var known = whole(series)
    known.listed = Self.longAgo
    known.lastAsked = (at: Self.now - 3600, hasFailed: true)
    let asking = Asking(Window(of: series, series.rhythm(), at: Self.now), known, at: Self.now)
    #expect(asking.spans.first.map { $0.lowerBound < Self.newest(.bar) - 1999 * 3600 } == true)
    known.lastAsked?.hasFailed = false
    let proved = Asking(Window(of: series, series.rhythm(), at: Self.now), known, at: Self.now, isForced: true)
    #expect(proved.spans.first.map { $0.lowerBound >= Self.newest(.bar) - 1999 * 3600 } == true)
  }

  @Test func `an old proof is asked for again just before the first row`() throws {
    let series = series(count: 2000)
    var known = whole(series)
    known.listed = Self.longAgo
    known.lastAsked = nil
    let asking = Asking(Window(of: series, series.rhythm(), at: Self.now), known, at: Self.now)
    let first = try #require(series.extent?.lowerBound)
    #expect(asking.spans.first == first - 48 * 3600...first - 3600)
    #expect(asking.spans.count == 2)
  }

  @Test func `a beginning named before the first row is asked for again when its proof is old`() throws {
    let series = series()
    let first = try #require(series.extent?.lowerBound)
    let since = first - 100 * 3600
    var known = whole(series)
    known.listed = Self.longAgo
    known.settled = [since...first - 3600]
    func asking() -> Asking {
      Asking(Window(of: series, series.rhythm(), at: Self.now, since: since), known, at: Self.now)
    }
    #expect(asking().reason == nil)
    known.lastAsked = (at: Self.now - 7 * 86_400, hasFailed: false)
    #expect(asking().reason == .proofDue)
    #expect(asking().spans.first == since...first - 3600)
    // Where the named stretch begins with the first row there is nothing to prove.
    #expect(reason(series, known, since: first) == nil)
  }

  // MARK: Flows

  /// Days before the scene's Wednesday.
  private func day(_ back: Int) -> Instant { (Self.now.day - back).start }

  /// The series of flows up to a day, and what is known of it.
  private func flows(through last: Instant, provisional: [Instant], asked: Instant) -> (StoredSeries, KnownKeys) {
    (
      series(.etfFlow, through: last),
      KnownKeys(provisional: provisional, lastAsked: (at: asked, hasFailed: false))
    )
  }

  @Test func `today's flows are looked for from half past ten in the evening`() {
    let (series, known) = flows(through: day(1), provisional: [], asked: Self.now)
    #expect(reason(series, known, at: day(0) + 22 * 3600) == nil)
    #expect(reason(series, known, at: day(0) + 22 * 3600 + 1800) == .unfinished)
  }

  @Test func `a provisional day is looked at again, but not before four hours have passed`() {
    let now = day(0) + 23 * 3600
    func reason(provisional: [Instant], asked: Instant) -> Asking.Reason? {
      let (series, known) = flows(through: day(0), provisional: provisional, asked: asked)
      return self.reason(series, known, at: now)
    }
    #expect(reason(provisional: [day(0)], asked: now - 4 * 3600) == .unfinished)
    #expect(reason(provisional: [day(0)], asked: now - 4 * 3600 + 1) == nil)
    #expect(reason(provisional: [], asked: now - 4 * 3600) == nil)
  }

  @Test func `a row of today that is still empty at noon waits for the evening`() {
    let (series, known) = flows(through: day(0), provisional: [day(0)], asked: Self.now - 86_400)
    #expect(reason(series, known) == nil)
  }

  @Test func `a clock that went back does not keep a day from being looked at`() {
    let now = day(0) + 23 * 3600
    let (series, known) = flows(through: day(0), provisional: [day(0)], asked: now + 3600)
    #expect(reason(series, known, at: now) == .unfinished)
  }

  @Test func `what is due is asked for at once, however short ago the page was read`() {
    let (series, known) = flows(through: day(2), provisional: [], asked: Self.now - 60)
    #expect(reason(series, known) == .missing)
  }
}
