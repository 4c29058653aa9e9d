import Testing

@testable import Market

@Suite struct RhythmTests {
  private func rhythm(
    _ dataset: Dataset, _ interval: Interval = .day1, _ assetClass: AssetClass? = .crypto, safety: Int64 = 60
  ) -> Rhythm {
    Rhythm(of: dataset, every: interval, assetClass: assetClass, safety: safety)
  }

  private func instant(_ text: String) throws -> Instant { try #require(Instant(text)) }

  // MARK: Due

  @Test(arguments: [
    ("2026-03-13T21:00:59Z", "2026-03-13T19:00:00Z"),
    ("2026-03-13T21:01:00Z", "2026-03-13T20:00:00Z"),
    ("2026-03-13T22:00:59Z", "2026-03-13T20:00:00Z"),
    ("2026-03-14T00:00:59Z", "2026-03-13T22:00:00Z"),
    ("2026-03-14T00:01:00Z", "2026-03-13T23:00:00Z"),
    ("2026-01-01T00:30:00Z", "2025-12-31T23:00:00Z"),
  ])
  func `an hour is due a minute after its close`(now: String, newest: String) throws {
    for dataset in [Dataset.bar, .pricePoint] {
      #expect(try rhythm(dataset, .hour1).newestDue(at: instant(now)) == instant(newest))
    }
  }

  @Test func `an hour is late a quarter of an hour after it was due`() throws {
    let hours = rhythm(.bar, .hour1)
    #expect(try hours.newestLate(at: instant("2026-03-13T21:15:59Z")) == instant("2026-03-13T19:00:00Z"))
    #expect(try hours.newestLate(at: instant("2026-03-13T21:16:00Z")) == instant("2026-03-13T20:00:00Z"))
  }

  @Test func `a provider that needs longer is given longer`() throws {
    let samples = rhythm(.pricePoint, .hour1, safety: 900)
    #expect(try samples.newestDue(at: instant("2026-03-13T21:14:59Z")) == instant("2026-03-13T19:00:00Z"))
    #expect(try samples.newestDue(at: instant("2026-03-13T21:15:00Z")) == instant("2026-03-13T20:00:00Z"))
  }

  @Test(arguments: [
    (Interval.minute5, "2026-03-13T21:20:00Z"), (.hour4, "2026-03-13T16:00:00Z"), (.day1, "2026-03-12T00:00:00Z"),
    (.week1, "2026-03-02T00:00:00Z"),
  ])
  func `bars of other lengths are due by the same rule`(interval: Interval, newest: String) throws {
    #expect(try rhythm(.bar, interval).newestDue(at: instant("2026-03-13T21:30:00Z")) == instant(newest))
  }

  @Test(arguments: [
    ("2026-03-13T00:29:59Z", "2026-03-12"), ("2026-03-13T00:30:00Z", "2026-03-13"),
    ("2026-03-13T23:59:59Z", "2026-03-13"), ("2026-03-15T12:00:00Z", "2026-03-15"),
  ])
  func `sentiment of a day is due half an hour into it, weekends too`(now: String, day: String) throws {
    #expect(try rhythm(.sentiment).newestDue(at: instant(now)) == instant(day))
  }

  /// 2026-03-13 is a Friday; 2026-04-03 is Good Friday.
  @Test(arguments: [
    ("2026-03-12T11:59:59Z", "2026-03-10"), ("2026-03-12T12:00:00Z", "2026-03-11"),
    ("2026-03-13T12:00:00Z", "2026-03-12"), ("2026-03-14T11:59:59Z", "2026-03-12"),
    ("2026-03-14T12:00:00Z", "2026-03-13"), ("2026-03-15T23:00:00Z", "2026-03-13"),
    ("2026-03-16T12:00:00Z", "2026-03-13"), ("2026-03-17T11:59:59Z", "2026-03-13"),
    ("2026-03-17T12:00:00Z", "2026-03-16"), ("2026-04-05T12:00:00Z", "2026-04-02"),
    ("2026-04-07T11:59:59Z", "2026-04-02"), ("2026-04-07T12:00:00Z", "2026-04-06"),
  ])
  func `flows of a session are due at noon of the next day`(now: String, day: String) throws {
    #expect(try rhythm(.etfFlow).newestDue(at: instant(now)) == instant(day))
  }

  @Test(arguments: [
    // Summer: the close is at 20:00Z.
    ("2025-09-19T23:59:59Z", "2025-09-18"), ("2025-09-20T00:00:00Z", "2025-09-19"),
    // On Saturday and Sunday, Friday's is the newest that can be there.
    ("2025-09-20T12:00:00Z", "2025-09-19"), ("2025-09-21T12:00:00Z", "2025-09-19"),
    ("2025-09-22T23:59:59Z", "2025-09-19"), ("2025-09-23T00:00:00Z", "2025-09-22"),
    // Winter: an hour later.
    ("2025-01-15T00:59:59Z", "2025-01-13"), ("2025-01-15T01:00:00Z", "2025-01-14"),
    // A day of mourning on a Thursday.
    ("2025-01-10T12:00:00Z", "2025-01-08"), ("2025-01-11T01:00:00Z", "2025-01-10"),
  ])
  func `a daily bar of a stock is due four hours after the close of its session`(now: String, day: String) throws {
    for assetClass in [AssetClass.stock, .fund, .index] {
      #expect(try rhythm(.bar, .day1, assetClass).newestDue(at: instant(now)) == instant(day))
    }
  }

  @Test(arguments: [
    // Their sessions end at five, and Martin Luther King's day is one.
    ("2026-01-20T01:59:59Z", "2026-01-16"), ("2026-01-20T02:00:00Z", "2026-01-19"),
    // An early close brings the day three hours forward; that of New York does not change theirs.
    ("2025-11-29T01:59:59Z", "2025-11-27"), ("2025-11-29T02:00:00Z", "2025-11-28"),
  ])
  func `a daily bar of futures is due four hours after their session`(now: String, day: String) throws {
    #expect(try rhythm(.bar, .day1, .commodity).newestDue(at: instant(now)) == instant(day))
  }

  @Test func `a daily bar of a session that closes early is due earlier`() throws {
    let days = rhythm(.bar, .day1, .stock)
    #expect(try days.newestDue(at: instant("2025-11-28T21:59:59Z")) == instant("2025-11-26"))
    #expect(try days.newestDue(at: instant("2025-11-28T22:00:00Z")) == instant("2025-11-28"))
  }

  @Test func `a daily bar of a coin is due every day`() throws {
    #expect(try rhythm(.bar).newestDue(at: instant("2025-09-21T00:01:00Z")) == instant("2025-09-20"))
  }

  @Test func `a currency trades on every weekday, Good Friday too, and its day ends with that of UTC`() throws {
    let days = rhythm(.bar, .day1, .currency)
    #expect(try days.newestDue(at: instant("2026-04-04T03:59:59Z")) == instant("2026-04-02"))
    #expect(try days.newestDue(at: instant("2026-04-05T12:00:00Z")) == instant("2026-04-03"))
  }

  @Test func `a bar of a closed day is final like any other, though nobody waits for it`() throws {
    let days = rhythm(.bar, .day1, .index)
    let now = try instant("2026-01-20T12:00:00Z")  // the day after Martin Luther King's, on which some markets trade
    #expect(try days.newestFinal(at: now) == instant("2026-01-19"))
    #expect(try days.newestDue(at: now) == instant("2026-01-16"))
  }

  @Test func `where nobody says when hours begin, the newest is known by its session only`() throws {
    let hours = rhythm(.bar, .hour1, .stock, safety: 900)
    #expect(try hours.newestDue(at: instant("2025-09-19T20:14:59Z")) == instant("2025-09-18T19:00:00Z"))
    #expect(try hours.newestDue(at: instant("2025-09-19T20:15:00Z")) == instant("2025-09-19T19:00:00Z"))
    #expect(try hours.newestDue(at: instant("2025-09-21T12:00:00Z")) == instant("2025-09-19T19:00:00Z"))
    #expect(try hours.reaches(instant("2025-09-19T19:00:00Z"), newest: instant("2025-09-19T19:30:00Z")))
  }

  @Test(arguments: [
    ("2026-03-13T20:03:11Z", true), ("2026-03-13T20:00:00Z", true), ("2026-03-13T19:59:59Z", false),
  ])
  func `a sample within the interval stands for its key`(sample: String, isThere: Bool) throws {
    let samples = rhythm(.pricePoint, .hour1)
    #expect(try samples.reaches(instant("2026-03-13T20:00:00Z"), newest: instant(sample)) == isThere)
  }

  // MARK: Keys

  @Test(arguments: [
    (Dataset.bar, Interval.hour1, AssetClass.crypto), (.bar, .day1, .crypto), (.bar, .week1, .crypto),
    (.bar, .day1, .stock), (.etfFlow, .day1, .crypto), (.sentiment, .day1, .crypto), (.bar, .hour1, .stock),
  ])
  func `keys, first, last and count say the same of any stretch`(
    dataset: Dataset, interval: Interval, assetClass: AssetClass
  ) throws {
    let rhythm = rhythm(dataset, interval, assetClass)
    let start = try instant("2025-12-20T07:13:00Z")
    for (offset, length) in [(0, 0), (3600, 100), (61_000, 86_400), (5, 400_000), (250_000, 3_000_000)]
      as [(Int64, Int64)]
    {
      let span = start + offset...start + offset + length
      let keys = Array(rhythm.keys(in: span))
      #expect(rhythm.count(in: span) == keys.count)
      #expect(rhythm.firstKey(in: span) == keys.first)
      #expect(rhythm.lastKey(in: span) == keys.last)
      #expect(keys.allSatisfy { rhythm.expects($0) && span.contains($0) })
      for (key, next) in zip(keys, keys.dropFirst()) {
        #expect(rhythm.key(after: key) == next)
        #expect(rhythm.key(before: next) == key)
        #expect(rhythm.count(after: key, through: next) == 1)
      }
    }
  }

  @Test func `between Thursday and Tuesday of Easter lies Monday alone`() throws {
    let (thursday, tuesday) = (try instant("2026-04-02"), try instant("2026-04-07"))
    for rhythm in [rhythm(.bar, .day1, .fund), rhythm(.etfFlow)] {
      #expect(rhythm.count(after: thursday, through: tuesday) == 2)
      #expect(try rhythm.key(after: thursday) == instant("2026-04-06"))
      #expect(try rhythm.key(before: tuesday) == instant("2026-04-06"))
      #expect(try !rhythm.expects(instant("2026-04-03")))
    }
  }

  @Test func `weeks open on Monday, Kraken's on Thursday`() throws {
    let span = try instant("2026-03-01")...instant("2026-03-12")
    func first(_ provider: ProviderName) -> Instant? {
      Rhythm(of: .bar, every: .week1, assetClass: .crypto, provider: provider).firstKey(in: span)
    }
    #expect(try first("binance") == instant("2026-03-02"))
    #expect(try first("kraken") == instant("2026-03-05"))
  }

  @Test func `where nobody says when hours begin, none is expected`() throws {
    let span = try instant("2026-03-12")...instant("2026-03-14")
    for rhythm in [rhythm(.bar, .hour1, .stock), rhythm(.bar, .hour4, .stock), rhythm(.bar, .minute5, .currency)] {
      #expect(rhythm.count(in: span) == 0)
      #expect(Array(rhythm.keys(in: span)) == [])
      #expect(try rhythm.grid.opens(at: instant("2026-03-12T13:31:00Z").epochSeconds))
    }
  }

  // MARK: Reach

  @Test func `flows are asked for before they are due, for they show provisionally`() throws {
    let now = try instant("2026-03-13T09:00:00Z")
    #expect(try rhythm(.etfFlow).newestToAsk(at: now) == instant("2026-03-13"))
    #expect(try rhythm(.bar, .hour1).newestToAsk(at: now) == instant("2026-03-13T07:00:00Z"))
    #expect(try rhythm(.sentiment).newestToAsk(at: now) == instant("2026-03-13"))
  }

  @Test func `a first run brings 336 hours, two years of days, thirty days of sentiment and of flows`() throws {
    let newest = try instant("2026-03-13")
    func count(_ rhythm: Rhythm) -> Int { rhythm.count(in: rhythm.firstKey(ofRunTo: newest)...newest) }
    #expect(count(rhythm(.bar, .hour1)) == 336)
    #expect(count(rhythm(.bar)) == 730)
    #expect(try rhythm(.bar, .day1, .stock).firstKey(ofRunTo: newest) == instant("2024-03-14"))
    #expect(count(rhythm(.sentiment)) == 30)
    #expect(try rhythm(.etfFlow).firstKey(ofRunTo: newest) <= instant("2026-02-12"))
  }

  @Test func `two days of hours are read again, and ten sessions of days`() throws {
    let newest = try instant("2026-04-07")
    #expect(try rhythm(.bar, .hour1).overlapStart(before: newest) == instant("2026-04-05"))
    #expect(try rhythm(.bar).overlapStart(before: newest) == instant("2026-03-28"))
    #expect(try rhythm(.bar, .day1, .stock).overlapStart(before: newest) == instant("2026-03-23"))
    #expect(try rhythm(.sentiment).overlapStart(before: newest) == instant("2026-04-05"))
    #expect(try rhythm(.etfFlow).overlapStart(before: newest) == instant("2026-03-31"))
  }

  @Test(arguments: [
    ("2026-03-13T22:29:59Z", "2026-03-12"), ("2026-03-13T22:30:00Z", "2026-03-13"),
    ("2026-03-15T22:30:00Z", "2026-03-13"),
    ("2026-04-03T23:00:00Z", "2026-04-02"),
  ])
  func `a flow day is looked at again from half past ten in the evening`(now: String, day: String) throws {
    #expect(try rhythm(.etfFlow).newestToRevisit(at: instant(now)) == instant(day))
    #expect(try rhythm(.bar).newestToRevisit(at: instant(now)) == nil)
  }
}
