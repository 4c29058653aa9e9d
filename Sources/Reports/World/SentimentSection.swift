import Market
import Store
import Telling

/// The sentiment index on the day and in the week up to it.
struct SentimentSection {
  let series: StoredSeries
  /// Seven days, the day of the report last.
  let week: [(day: Day, value: SentimentValue?)]
  /// `Alternative.me`
  let source: String
  /// When the newest of the values shown came.
  let fetchedAt: Instant?

  var today: SentimentValue? { week.last?.value }

  /// `nil` where the file holds nothing of the index that snapshots show.
  init?(of day: Day, store: Store, _ credits: Credits) throws {
    let series = try store.catalogue.series().first {
      $0.key.holdsMood && $0.key.provider == SentimentSection.provider && $0.count > 0
    }
    guard let series else { return nil }
    let values = try store.telling.sentiment(of: series.id, in: day - 6...day)
    self.series = series
    week = (day - 6...day).map { day in (day, values.first { $0.value.day == day }?.value) }
    source = credits.title(of: series.key.provider)
    fetchedAt = values.map(\.fetchedAt).max()
  }

  /// Whose index the view `sentiment_daily` shows.
  private static let provider: ProviderName = "alternative.me"
}
