import Market
import Metrics
import Rendering
import Store

/// One asset of a report on the market: its day, and where that stands in the days before.
struct Watched {
  let facts: AssetFacts
  /// `nil` where it has no daily bars.
  let course: PriceCourse?
  /// Closes of up to two weeks.
  let closes: [Double?]

  var symbol: String { oneLine(facts.day.asset.symbol) }
  /// The last price there is.
  var last: Double { facts.snapshot.close }

  /// The newest value of the n-th average; `nil` where too few bars lie before.
  func average(_ index: Int) -> Double? {
    guard let course, course.averages.indices.contains(index) else { return nil }
    return course.averages[index].values.last { $0 != nil } ?? nil
  }

  /// The mean of fifty closes.
  var fifty: Double? { course?.averages.first { $0.name == "SMA 50" }?.values.last { $0 != nil } ?? nil }

  /// The highest and the lowest price of the daily bars before the day, of so many.
  func extremes(of count: Int) -> (high: Double, low: Double)? {
    guard let course else { return nil }
    let before = zip(course.times, course.bars).filter { $0.0 < facts.snapshot.day.start }.compactMap { $0.1 }
      .suffix(count)
    guard let high = before.map(\.high).max(), let low = before.map(\.low).min() else { return nil }
    return (high, low)
  }

  /// One asset's day, which may be an earlier one than that of a report.
  init(_ facts: AssetFacts, asOf: Instant, store: Store, _ prices: PriceRestatement) throws {
    let course = try PriceCourse(
      of: facts.day.asset.symbol, until: facts.snapshot.day, asOf: min(asOf, facts.snapshot.day.end), store: store,
      prices)
    self.init(facts: facts, course: course, closes: course?.bars.suffix(14).map { $0?.close } ?? [])
  }

  private init(facts: AssetFacts, course: PriceCourse?, closes: [Double?]) {
    (self.facts, self.course, self.closes) = (facts, course, closes)
  }

  /// Every asset of a day's report.
  static func all(of base: DailyReport, store: Store) throws -> [Watched] {
    try base.assets.map { section in
      let symbol = section.facts.day.asset.symbol
      return Watched(
        facts: section.facts,
        course: try section.course
          ?? PriceCourse(of: symbol, until: base.day, asOf: base.asOf, store: store, base.prices),
        closes: section.dailyCloses.map(\.close))
    }
  }
}

/// How broad a move was among the assets of a class.
struct ClassBreadth {
  let day: ClassDay
  /// Those whose mean of fifty closes is known, and those above it.
  let known: Int
  let above: Int
  /// At or beyond the highest, and the lowest, of the 60 daily bars before.
  let highs: Int
  let lows: Int

  static func all(of assets: [Watched]) -> [ClassBreadth] {
    ClassDay.all(of: assets.map(\.facts)).map { day in
      let members = assets.filter { $0.facts.day.asset.assetClass == day.assetClass }
      let averages = members.compactMap { member in member.fifty.map { (member.last, $0) } }
      let extremes = members.compactMap { member in
        member.extremes(of: PriceCourse.sessions).map { (member.facts.snapshot, $0) }
      }
      return ClassBreadth(
        day: day, known: averages.count, above: averages.filter { $0.0 > $0.1 }.count,
        highs: extremes.filter { $0.0.high >= $0.1.high }.count, lows: extremes.filter { $0.0.low <= $0.1.low }.count)
    }
  }

  var json: JSONValue {
    [
      "class": .string(day.assetClass.rawValue), "assets": .integer(Int64(day.assets.count)),
      "up": .integer(Int64(day.rising)), "down": .integer(Int64(day.falling)),
      "median_change": .optional(day.medianChange), "above_sma_50": .integer(Int64(above)),
      "with_sma_50": .integer(Int64(known)), "new_highs_60": .integer(Int64(highs)),
      "new_lows_60": .integer(Int64(lows)),
    ]
  }
}
