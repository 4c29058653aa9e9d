import Formats
import Market

/// Collects the values of an economic series from one answer: copies are one, values that contradict each other are refused
/// together.
struct ObservationGathering {
  /// The series that is spoken of.
  let series: SeriesKey
  /// The first day that was asked for; what lies before it was not.
  let first: Day?
  /// The day in New York on which the answer came: nothing was published later.
  let today: Day

  /// Nothing is projected for so many days ahead.
  private static let furthest = 50 * 366

  /// Days ahead of the answer for which there may be values.
  private let ahead: Int
  private var rows: [FactKey: [(value: Double?, excerpt: String)]] = [:]
  private var refusals: [Refusal] = []

  /// - Parameter projects: whether some of its series are projections.
  init(_ series: SeriesKey, first: Day?, _ answer: Answer, projects: Bool = false) {
    (self.series, self.first, today) = (series, first, answer.dayInNewYork)
    ahead = projects ? Self.furthest : 0
  }

  /// Takes a row.
  ///
  /// - Parameters:
  ///   - vintage: as the provider spells it; `nil` where it does not say when it was published.
  ///   - value: as it spells it; `nil`, nothing or a point stand for none.
  mutating func add(day: String?, vintage: String?? = .none, value: String?, excerpt: String) {
    guard let text = day, let day = Day(text) else { return refuse(.malformed, nil, "a row without a date", excerpt) }
    if let first, day < first { return refuse(.wrongTime, day, "\(day) lies before what was asked", excerpt) }
    guard day <= today + ahead else { return refuse(.wrongTime, day, "\(day) lies too far ahead", excerpt) }
    var published = today
    if case .some(let text) = vintage {
      guard let told = text.flatMap({ Day($0) }) else {
        return refuse(.malformed, day, "a row without the day of its publication", excerpt)
      }
      guard told <= today else { return refuse(.wrongTime, day, "published on \(told), which has not begun", excerpt) }
      published = told
    }
    let number: Double?
    switch value.map({ Self.amount($0) }) {
    case .number(let told)?: number = told
    case .absent?, nil: number = nil
    case .notANumber?: return refuse(.notANumber, day, "the value is no number", excerpt)
    }
    rows[FactKey(.day(day), .day(published)), default: []].append((number, excerpt))
  }

  /// Notes a row that is none.
  mutating func refuse(_ reason: RefusalReason, _ day: Day?, _ detail: String, _ excerpt: String) {
    refusals.append(Refusal(reason: reason, at: day?.start, detail: detail, excerpt: excerpt))
  }

  /// What was collected, by day and vintage.
  func reading() -> Reading {
    var (facts, refused) = ([FactRow](), refusals)
    for (key, copies) in rows.sorted(by: { $0.key < $1.key }) {
      if copies.allSatisfy({ $0.value == copies[0].value }) {
        facts.append(FactRow(key: key, values: [FigureValue(copies[0].value)]))
      } else {
        refused += copies.map {
          Refusal(
            reason: .contradictory, at: key.at, detail: "\(key.at?.day.description ?? "") twice with different values",
            excerpt: $0.excerpt)
        }
      }
    }
    return Reading(series: series, facts: .rows(.macroObservation, facts), refusals: refused, covers: nil)
  }

  /// A value as it is spelled.
  static func amount(_ text: String) -> Amount {
    if text.isEmpty || text == "." { return .absent }
    return DecimalText.number(text.utf8).flatMap { $0.isFinite ? Amount.number($0) : nil } ?? .notANumber
  }
}

extension Answer {
  /// The date in New York when it came, by which publications are dated.
  var dayInNewYork: Day { LocalClock("America/New_York")?.day(at: receivedAt) ?? receivedAt.day }
}

extension Figure {
  /// The period and the day of publication of an economic value; `nil` of another figure.
  var observed: (day: Day, vintage: Day)? {
    guard key.parts.count == 2, case .day(let day) = key.parts[0], case .day(let vintage) = key.parts[1] else {
      return nil
    }
    return (day, vintage)
  }
}

extension SeriesKey {
  /// The economic series of an id.
  static func observations(of id: String, at provider: ProviderName) -> SeriesKey {
    SeriesKey(dataset: .macroObservation, provider: provider, providerSymbol: id, interval: .day1)
  }
}
