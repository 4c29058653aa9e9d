import Formats
import Market

/// Sentiment values from the entries of an answer.
struct FearAndGreedReading {
  private let series = SeriesKey(
    dataset: .sentiment, provider: AlternativeMe.name, providerSymbol: AlternativeMe.index, interval: .day1)

  /// How many of the newest days were asked for; `nil` for all of them.
  let limit: Int?

  /// The first day of the index.
  private static let firstDay = Day(year: 2018, month: 2, day: 1)
  /// Some days were never published, so that an answer reaches further back than it has days: by so many at most.
  private static let unpublished = 14

  /// The first day that can be among those asked for.
  private func firstDay(madeAt: Instant) -> Day? {
    let asked = limit.flatMap { $0 > 0 && $0 < 10_000 ? madeAt.day - ($0 - 1 + Self.unpublished) : nil }
    return [asked, Self.firstDay].compactMap { $0 }.max()
  }

  /// The answer speaks for the days from its oldest entry to its newest; some days were never published.
  func read(_ entries: [FearAndGreedPayload.Entry], madeAt: Instant) -> Reading {
    var days = DayTable<SentimentValue>()
    for entry in entries {
      switch value(of: entry, madeAt: madeAt) {
      case .success(let value): days.add(value, on: value.day, excerpt: entry.excerpt)
      case .failure(let refusal): days.refuse(refusal.refusal)
      }
    }
    let (values, _, refusals) = days.settled { .sentiment([$0]) }
    return Reading(series: series, facts: .sentiment(values), refusals: refusals, covers: stretch(values))
  }

  private func stretch(_ values: [SentimentValue]) -> ClosedRange<Instant>? {
    guard let first = values.first, let last = values.last else { return nil }
    return first.day.start...last.day.start
  }

  private func value(
    of entry: FearAndGreedPayload.Entry, madeAt: Instant
  ) -> Result<SentimentValue, RowRefused> {
    func refused(_ reason: RefusalReason, _ at: Instant?, _ detail: String) -> Result<SentimentValue, RowRefused> {
      .failure(RowRefused(Refusal(reason: reason, at: at, detail: detail, excerpt: entry.excerpt)))
    }
    if let fault = entry.fault { return refused(.malformed, nil, "expected \(fault.rawValue) in the entry") }
    guard let seconds = entry.timestamp else { return refused(.malformed, nil, "the entry has no timestamp") }
    let at = Instant(epochSeconds: seconds)
    guard Instant.representable.contains(at), at.secondOfDay == 0 else {
      return refused(.wrongTime, nil, "timestamp \(seconds) is not the start of a day")
    }
    guard at <= madeAt else { return refused(.wrongTime, at, "\(at.day) has not begun") }
    if let first = firstDay(madeAt: madeAt), at.day < first {
      return refused(.wrongTime, at, "\(at.day) lies before what was asked")
    }
    guard let value = entry.value else { return refused(.malformed, at, "the entry has no value") }
    guard value.isFinite else { return refused(.notANumber, at, "the value is no number") }
    guard (0...100).contains(value) else { return refused(.outOfBounds, at, "\(value) is not within 0 to 100") }
    guard let label = entry.classification else { return refused(.malformed, at, "the entry has no classification") }
    return .success(SentimentValue(day: at.day, value: value, classification: Excerpt.of(label, limit: 64)))
  }
}
