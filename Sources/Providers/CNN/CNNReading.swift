import Formats
import Market

/// The index of each session and what it is made from, out of an answer.
struct CNNReading {
  private let madeAt: Instant

  /// Seconds of the UTC day from which on its value counts: in winter a quarter of an hour after the close.
  private static let known: Int64 = 21 * 3600 + 15 * 60

  init(_ answer: Answer) { madeAt = answer.madeAt }

  func read(_ payload: CNNPayload) throws(ReadingError) -> Reading {
    guard let index = payload.parts[CNNSeries.index] else {
      throw .shapeChanged(expected: "a member '\(CNNSeries.index)'", found: "none", offset: nil)
    }
    if index.points.isEmpty { throw .empty }
    let (values, refusals) = days(of: index)
    let covers = values.first.flatMap { first in values.last.map { first.day.start...$0.day.start } }
    let components = CNNSeries.components.flatMap { name in
      payload.parts[name].map { rows(of: $0, name) } ?? []
    }
    return Reading([
      SeriesReading(series: Self.key(.sentiment), facts: .sentiment(values), refusals: refusals, covers: covers),
      SeriesReading(
        series: Self.key(.moodComponent),
        facts: .rows(.moodComponent, components.map(\.row).sorted { $0.key < $1.key }), covers: nil),
    ])
  }

  private static func key(_ dataset: Dataset) -> SeriesKey {
    SeriesKey(dataset: dataset, provider: CNN.name, providerSymbol: CNN.index, interval: .day1)
  }

  // MARK: The index

  private func days(of part: CNNPayload.Part) -> (values: [SentimentValue], refusals: [Refusal]) {
    var (table, last) = (DayTable<SentimentValue>(), SentimentValue?.none)
    for (index, point) in part.points.enumerated() {
      let isLast = index == part.points.count - 1
      switch value(of: point, isLast: isLast) {
      case .success(let (value, isDay)):
        guard isCounted(value.day) else { continue }
        if isDay { table.add(value, on: value.day, excerpt: point.excerpt) } else { last = value }
      case .failure(let refused): table.refuse(refused.refusal)
      }
    }
    var (values, _, refusals) = table.settled { .sentiment([$0]) }
    if let last, Calendar.nyse.isOpen(on: last.day) {
      values = values.filter { $0.day != last.day } + [last]
      values.sort { $0.day < $1.day }
    }
    let closed = values.filter { !Calendar.nyse.isOpen(on: $0.day) }
    refusals += closed.map {
      Refusal(
        reason: .wrongTime, at: $0.day.start, detail: "\($0.day) has no session", excerpt: "\($0.value)",
        row: .sentiment([$0]))
    }
    return (values.filter { Calendar.nyse.isOpen(on: $0.day) }, refusals)
  }

  /// Whether the value of a day is more than a figure of its running session.
  private func isCounted(_ day: Day) -> Bool { madeAt >= day.start + Self.known }

  private func value(
    of point: CNNPayload.Point, isLast: Bool
  ) -> Result<(value: SentimentValue, isDay: Bool), RowRefused> {
    func refused(_ reason: RefusalReason, _ at: Instant?, _ detail: String) -> Result<
      (value: SentimentValue, isDay: Bool), RowRefused
    > {
      .failure(RowRefused(Refusal(reason: reason, at: at, detail: detail, excerpt: point.excerpt)))
    }
    guard let moment = CNNPayload.Part.moment(point.time) else {
      return refused(.malformed, nil, "a point without time")
    }
    let day = moment.at.day
    guard moment.isDay || isLast else { return refused(.wrongTime, day.start, "\(moment.at) is no start of a day") }
    guard day <= madeAt.day else { return refused(.wrongTime, day.start, "\(day) has not begun") }
    guard day >= CNN.firstDay else {
      return refused(.wrongTime, day.start, "before \(CNN.firstDay) the index held long runs of one value")
    }
    switch point.value {
    case .number(let number) where (0...100).contains(number):
      let word = point.rating.map { Excerpt.of($0, limit: 64) } ?? Self.word(for: number)
      return .success((SentimentValue(day: day, value: number, classification: word), moment.isDay))
    case .number(let number): return refused(.outOfBounds, day.start, "\(number) is not within 0 to 100")
    case .absent, nil: return refused(.malformed, day.start, "a point without value")
    case .notANumber: return refused(.notANumber, day.start, "the value is no number")
    }
  }

  /// CNN's words, by the borders that all its recorded points keep.
  static func word(for value: Double) -> String {
    switch value {
    case ..<25: "extreme fear"
    case ..<45: "fear"
    case ..<55: "neutral"
    case ..<75: "greed"
    default: "extreme greed"
    }
  }

  // MARK: Components

  /// Their quantities by session, and the score of the day on which the answer was made. The word at a point of theirs cuts
  /// the quantity as if it were a score, and says nothing.
  private func rows(of part: CNNPayload.Part, _ name: String) -> [MoodComponent] {
    let last = part.lastOfDay
    var rows = last.keys.sorted().compactMap { day -> MoodComponent? in
      guard isTold(day), let value = part.points[last[day] ?? 0].value?.number else { return nil }
      return MoodComponent(day: day, component: name, measure: .quantity, value: value)
    }
    if let day = CNNPayload.Part.moment(part.time)?.at.day, isTold(day), let score = part.score?.number,
      (0...100).contains(score)
    {
      rows.append(MoodComponent(day: day, component: name, measure: .score, value: score))
    }
    return rows
  }

  private func isTold(_ day: Day) -> Bool { day >= CNN.firstDay && isCounted(day) && Calendar.nyse.isOpen(on: day) }
}

/// Finds what was read: `$.fear_and_greed_historical.data[3].y`, `$.junk_bond_demand.score`.
enum CNNPlaces {
  static func place(of figure: Figure, in body: [UInt8]) -> Place? {
    guard let payload = try? readingDocument(body, { (cursor) throws(JSONFault) in try CNNPayload(&cursor) }) else {
      return nil
    }
    let name = figure.key.text ?? CNNSeries.index
    guard let part = payload.parts[name] else { return nil }
    if case .text(MoodComponent.Measure.score.rawValue)? = figure.key.parts.last {
      return Place(path: .json(JSONPath.root.member(name).member("score").text), bytes: part.scoreBytes, rule: .number)
    }
    guard let index = part.lastOfDay[figure.at.day] else { return nil }
    let (point, path) = (part.points[index], JSONPath.root.member(name).member("data").element(index))
    if figure.field == .classification {
      return point.ratingBytes.map { Place(path: .json(path.member("rating").text), bytes: $0, rule: .text) }
    }
    return Place(path: .json(path.member("y").text), bytes: point.valueBytes, rule: .number)
  }
}
