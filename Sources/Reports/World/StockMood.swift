import Market
import Rendering
import Store
import Telling

/// The index of mood of the stock market: the newest session up to the day of the report, with the week before.
struct StockMood {
  let series: StoredSeries
  /// Oldest first; not empty.
  let values: [SentimentValue]
  let source: String
  /// When the newest of them came.
  let fetchedAt: Instant?

  /// `nil` where the file holds nothing of it in the week up to the day.
  init?(of day: Day, store: Store, _ credits: Credits) throws {
    let series = try store.catalogue.series().first { $0.key.holdsMoodOfStocks && $0.count > 0 }
    guard let series else { return nil }
    let known = try store.telling.sentiment(of: series.id, in: day - 6...day)
    if known.isEmpty { return nil }
    (self.series, values) = (series, known.map(\.value))
    source = credits.title(of: series.key.provider)
    fetchedAt = known.last?.fetchedAt
  }

  /// - Parameter isAlone: whether no other index stands above it.
  func blocks(isAlone: Bool, asOf: Instant) -> [Block] {
    guard let last = values.last else { return [] }
    let words = values.map { "\($0.day.short) \(rounded($0))" }
    return (isAlone ? [.heading("Sentiment", level: 2)] : []) + [
      .paragraph(
        "Fear and Greed index of stocks: \(rounded(last)), \(oneLine(last.classification)), of \(last.day.weekdayName), "
          + "\(last.day.short)."),
      .list([
        Prose([.curve(values.map(\.value)), .plain(" sessions of seven days: \(words.joined(separator: ", "))")])
      ]),
      .paragraph("Another index than that of coins. Source: \(source)\(fetchedText(fetchedAt, asOf: asOf))."),
    ]
  }

  private func rounded(_ value: SentimentValue) -> String { NumberText.text(value.value.rounded()) }

  var json: JSONValue {
    [
      "source": .string(series.key.provider.description), "fetched_at": .optional(fetchedAt?.description),
      "day": .optional(values.last?.day.description), "fgi_value": .optional(values.last?.value.rounded()),
      "classification": .optional(values.last?.classification),
      "week": .array(
        values.map { ["day": .string($0.day.description), "fgi_value": .number($0.value.rounded())] }),
    ]
  }
}
