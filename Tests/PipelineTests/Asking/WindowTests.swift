import Market
import SQLite
import Testing

@testable import Pipeline
@testable import Store

@Suite struct WindowTests {
  /// Keys are counted in intervals from here; it is a Monday.
  private static let origin = Day(daysSinceEpoch: 20_514).start

  private func series(_ dataset: Dataset = .bar, _ extent: ClosedRange<Int>? = nil) -> StoredSeries {
    let interval: Interval = dataset == .bar || dataset == .pricePoint ? .hour1 : .day1
    let key = SeriesKey(dataset: dataset, provider: "x", providerSymbol: "x", interval: interval)
    return StoredSeries(
      id: SeriesID(1), key: key, asset: "BTC", assetClass: .crypto, quoteCurrency: nil, priority: 1, needsKey: false,
      basis: .asTraded,
      isAsked: true, count: extent?.count ?? 0,
      extent: extent.map { at($0.lowerBound, interval)...at($0.upperBound, interval) })
  }

  private func at(_ index: Int, _ interval: Interval = .hour1) -> Instant {
    Self.origin + Int64(index) * interval.seconds
  }

  /// The stretches that a series is asked for, due or not, as indices.
  ///
  /// - Parameter newest: the newest key worth asking for.
  private func asked(
    _ series: StoredSeries, newest: Int, since: Instant? = nil, until: Instant? = nil, provisional: Int? = nil,
    present: [Int] = [], proven: [ClosedRange<Int>] = [], failed: [ClosedRange<Int>] = []
  ) -> [ClosedRange<Int>] {
    let interval = series.key.interval
    let rhythm = series.rhythm()
    let now = rhythm.revisits == nil ? rhythm.due(at(newest, interval)) : at(newest, interval)
    func spans(_ indices: [ClosedRange<Int>]) -> [ClosedRange<Instant>] {
      indices.map { at($0.lowerBound, interval)...at($0.upperBound, interval) }
    }
    let absent = series.extent.map { rhythm.absences(in: $0, besides: present.map { at($0, interval) }) } ?? []
    let known = KnownKeys(
      absent: absent, settled: spans(proven), failed: spans(failed),
      provisional: provisional.map { [at($0, interval)] } ?? [])
    let window = Window(of: series, rhythm, at: now, since: since, until: until)
    func index(_ instant: Instant) -> Int { Int((instant - Self.origin) / interval.seconds) }
    return Asking(window, known, at: now, isForced: true).spans.map { index($0.lowerBound)...index($0.upperBound) }
  }

  @Test func `a first run asks for the newest 336 hours`() {
    #expect(asked(series(), newest: 1000) == [665...1000])
  }

  @Test func `a first run asks for thirty days of sentiment and of flows`() {
    #expect(asked(series(.sentiment), newest: 100) == [71...100])
    #expect(asked(series(.etfFlow), newest: 100).map(\.upperBound) == [100])
  }

  @Test func `a later run asks for what is new and for two days before it again`() {
    #expect(asked(series(.bar, 0...500), newest: 510, present: Array(0...500)) == [452...510])
  }

  @Test func `a run with nothing new still looks for restatements`() {
    #expect(asked(series(.bar, 0...500), newest: 500, present: Array(0...500)) == [452...500])
  }

  @Test func `a series that holds less than a first run brings is asked for all of that, what was before on its own`() {
    #expect(asked(series(.bar, 490...500), newest: 501, present: Array(490...500)) == [166...489, 490...501])
  }

  @Test func `what failed is asked for again however long ago it was`() {
    #expect(
      asked(series(.bar, 0...3000), newest: 3000, present: Array(2000...3000), failed: [100...110])
        == [100...110, 2952...3000])
  }

  @Test func `a machine that was off for a month asks for all of it`() {
    let asked = asked(series(.bar, 0...500), newest: 1300, present: Array(0...500))
    #expect(asked.map(\.upperBound) == [1300])
    #expect(asked.first.map { $0.lowerBound <= 501 } == true)
  }

  @Test func `a hole among the last 336 hours is asked for, in one stretch with what lies near`() {
    let present = (0...500).filter { !(300...310).contains($0) }
    #expect(asked(series(.bar, 0...500), newest: 500, present: present) == [300...500])
  }

  @Test func `a hole that was proven more than two weeks ago is not asked for again`() {
    let present = (0...1000).filter { !(300...310).contains($0) }
    #expect(
      asked(series(.bar, 0...1000), newest: 1000, since: at(0), present: present, proven: [300...310])
        == [952...1000])
  }

  @Test func `a younger one is doubted, and asked for with the rest`() {
    let present = (0...1000).filter { $0 != 700 && $0 != 701 }
    #expect(
      asked(series(.bar, 0...1000), newest: 1000, present: present, proven: [700...701]) == [700...1000])
  }

  @Test func `what is left of a hole beside its proven part is asked for`() {
    let present = (0...1000).filter { !(300...310).contains($0) }
    #expect(
      asked(series(.bar, 0...1000), newest: 1000, since: at(0), present: present, proven: [300...305])
        == [306...310, 952...1000])
  }

  @Test func `holes far apart are asked for one by one`() {
    let present = (0...3000).filter { $0 != 100 && $0 != 1500 }
    #expect(
      asked(series(.bar, 0...3000), newest: 3000, since: at(0), present: present)
        == [100...100, 1500...1500, 2952...3000])
  }

  @Test func `since reaches back beyond what is stored`() {
    let asked = asked(series(.bar, 2000...2500), newest: 2500, since: at(1000), present: Array(2000...2500))
    #expect(asked == [1000...1999, 2452...2500])
  }

  @Test func `since within an hour begins with the next one`() {
    #expect(asked(series(), newest: 1000, since: at(990) + 1) == [991...1000])
    #expect(asked(series(), newest: 1000, since: at(990)) == [990...1000])
  }

  @Test func `since after what is stored still brings what lies between`() {
    #expect(asked(series(.bar, 0...10), newest: 2000, since: at(1990)) == [0...2000])
  }

  @Test func `until ends the stretch with the hour it lies in`() {
    #expect(asked(series(), newest: 1000, since: at(100), until: at(200) + 1800) == [100...200])
  }

  @Test func `until without since reaches as far back as a first run`() {
    #expect(asked(series(), newest: 1000, until: at(500)) == [165...500])
  }

  @Test func `until in the future ends with what is due`() {
    #expect(asked(series(), newest: 1000, since: at(990), until: at(2000)) == [990...1000])
  }

  @Test func `a stretch before what is stored asks for nothing else`() {
    #expect(
      asked(series(.bar, 2000...2500), newest: 2600, since: at(100), until: at(200), present: []) == [100...200])
  }

  @Test func `a stretch that is stored whole asks for nothing`() {
    #expect(
      asked(series(.bar, 0...500), newest: 600, since: at(100), until: at(200), present: Array(100...200)) == [])
  }

  @Test func `since after until or after what is due asks for nothing new`() {
    #expect(asked(series(), newest: 1000, since: at(300), until: at(200)) == [])
    #expect(asked(series(), newest: 1000, since: at(1001)) == [])
  }

  @Test func `a fund table is not asked for weekends`() {
    // The origin is a Monday: 5 and 6 are a weekend, and so are 12 and 13.
    let weekdays = (0...25).filter { $0 % 7 < 5 }
    #expect(asked(series(.etfFlow, 0...25), newest: 25, present: weekdays) == [18...25])
  }

  @Test func `a fund table is read again from the first day that may still change`() {
    let weekdays = (0...25).filter { $0 % 7 < 5 }
    #expect(asked(series(.etfFlow, 0...25), newest: 25, provisional: 9, present: weekdays) == [9...25])
  }

  @Test func `sentiment is read again for two days`() {
    #expect(asked(series(.sentiment, -10...25), newest: 26, present: Array(-10...25)) == [23...26])
  }

  @Test func `spans come in order and never touch`() {
    let present = (0...4000).filter { $0 % 700 != 3 }
    let asked = asked(series(.bar, 0...4000), newest: 4000, since: at(0), present: present)
    for (span, next) in zip(asked, asked.dropFirst()) { #expect(span.upperBound + 1 < next.lowerBound) }
    #expect(asked.count > 3)
  }
}
