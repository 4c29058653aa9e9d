import Formats
import Market

/// The days of a theme out of a timeline.
struct GDELTReading {
  let question: GDELTQuestion

  private var series: SeriesKey {
    SeriesKey(dataset: .themeValue, provider: GDELT.name, providerSymbol: question.query, interval: .day1)
  }

  /// Days that run are left out: what is counted of them is no day's. So is a day beside those that were asked for.
  func read(_ answer: Answer) throws(ReadingError) -> Reading {
    let points = try line(in: answer.body)
    var days = DayTable<[ThemeValue]>()
    for point in points {
      switch GDELTTimeline.moment(point.date) {
      case .within:
        throw .shapeChanged(
          expected: "a point a day", found: "one of \(Excerpt.of(point.date ?? "", limit: 20))", offset: nil)
      case .day(let day) where isLeftOut(day, answer): continue
      case .day(let day):
        switch values(of: point, on: day) {
        case .success(let values): days.add(values, on: day, excerpt: point.excerpt)
        case .failure(let refused): days.refuse(refused.refusal)
        }
      case nil: days.refuse(refusal(.malformed, nil, "a point without a day", point).refusal)
      }
    }
    let (rows, _, refusals) = days.settled { .rows(.themeValue, $0.map(\.row)) }
    let known = rows.compactMap(\.first?.day)
    let covers = known.first.flatMap { first in known.last.map { first.start...$0.start } }
    return Reading(
      series: series, facts: .rows(.themeValue, rows.flatMap { $0 }.map(\.row).sorted { $0.key < $1.key }),
      refusals: refusals, covers: covers)
  }

  private func isLeftOut(_ day: Day, _ answer: Answer) -> Bool {
    day.end > answer.madeAt || day == question.days.lowerBound - 1 || day == question.days.upperBound + 1
  }

  /// One line is drawn of one query.
  private func line(in body: [UInt8]) throws(ReadingError) -> [GDELTTimeline.Point] {
    let timeline = try GDELTTimeline(body), lines = timeline.lines
    if timeline.isOfAnotherShape { throw .shapeChanged(expected: "a timeline", found: "none", offset: nil) }
    guard let points = lines.first, !points.isEmpty else { throw .empty }
    guard lines.count == 1 else {
      throw .shapeChanged(expected: "one timeline", found: "\(lines.count) of them", offset: nil)
    }
    return points
  }

  private func values(of point: GDELTTimeline.Point, on day: Day) -> Result<[ThemeValue], RowRefused> {
    guard question.days.contains(day) else {
      return .failure(refusal(.wrongTime, day, "\(day) lies outside what was asked", point))
    }
    switch question.mode {
    case .tone:
      return number(point.value, "tone", -100...100, day, point).map {
        [ThemeValue(day: day, measure: .tone, value: $0)]
      }
    case .volume:
      return count(point.value, "volume", day, point).flatMap { volume in
        count(point.norm, "norm", day, point).flatMap { norm in
          guard volume <= norm else {
            return .failure(refusal(.impossibleRange, day, "\(volume) articles of \(norm) in all", point))
          }
          return .success([
            ThemeValue(day: day, measure: .volume, value: volume), ThemeValue(day: day, measure: .norm, value: norm),
          ])
        }
      }
    }
  }

  /// Articles are whole ones, and there are not more than a double counts.
  private func count(
    _ amount: Amount?, _ name: String, _ day: Day, _ point: GDELTTimeline.Point
  ) -> Result<Double, RowRefused> {
    number(amount, name, 0...9_007_199_254_740_992, day, point).flatMap { count in
      count.rounded() == count
        ? .success(count) : .failure(refusal(.outOfBounds, day, "a \(name) of \(count) is no count", point))
    }
  }

  private func number(
    _ amount: Amount?, _ name: String, _ bounds: ClosedRange<Double>, _ day: Day, _ point: GDELTTimeline.Point
  ) -> Result<Double, RowRefused> {
    switch amount {
    case .number(let number) where bounds.contains(number): .success(number)
    case .number(let number): .failure(refusal(.outOfBounds, day, "a \(name) of \(number) cannot be", point))
    case .notANumber: .failure(refusal(.notANumber, day, "the \(name) is no number", point))
    case .absent, nil: .failure(refusal(.malformed, day, "a point without \(name)", point))
    }
  }

  private func refusal(
    _ reason: RefusalReason, _ day: Day?, _ detail: String, _ point: GDELTTimeline.Point
  ) -> RowRefused {
    RowRefused(Refusal(reason: reason, at: day?.start, detail: detail, excerpt: point.excerpt))
  }

  // MARK: Places

  /// `$.timeline[0].data[3].norm`
  func place(of figure: Figure, in body: [UInt8]) -> Place? {
    guard let measure = figure.key.text.flatMap(ThemeValue.Measure.init(rawValue:)),
      (measure == .tone) == (question.mode == .tone), let points = try? line(in: body),
      let index = points.firstIndex(where: { GDELTTimeline.moment($0.date) == .day(figure.at.day) })
    else { return nil }
    let path = JSONPath.root.member("timeline").element(0).member("data").element(index)
    let isNorm = measure == .norm
    return Place(
      path: .json(path.member(isNorm ? "norm" : "value").text),
      bytes: isNorm ? points[index].normBytes : points[index].valueBytes, rule: .number)
  }
}
