import GRDB
import Market
import SQLite

/// Items of news that today's rules tell otherwise than those before the seventh edition: an address that changed in
/// nothing but what tracks readers was a restatement, and of two items under one id of a day the first one counted.
struct NewerNews {
  /// An item without its id, which tells no more apart than its series and its day do.
  private struct Place: Hashable {
    let series: Int64
    let at: Int64
  }

  private static let edition = 7

  private let series: Set<Int64>
  /// Where the record shows that an address alone was told otherwise.
  private let readdressed: Set<Place>
  /// Where one of two items under one id counts now that was published later, or an earlier answer tells of an item.
  private var toldOtherwise: Set<Place> = []

  init(_ db: Database) throws {
    series = Set(try Int64.fetchAll(db, sql: "SELECT series_id FROM series WHERE dataset = 'news_item'"))
    readdressed = Set(
      try Row.fetchAll(db, sql: NewerNews.addressAlone, arguments: [NewerNews.edition]).compactMap { row in
        Day(row["day"] as String).map { Place(series: row["series_id"], at: $0.start.epochSeconds) }
      })
  }

  /// Binds the edition: items that an older one had replaced by the same under another address.
  private static let addressAlone = """
    SELECT DISTINCT was.series_id, was.day FROM news_item_restatement AS was
    JOIN fetch ON fetch.fetch_id = was.replaced_by_fetch_id AND fetch.edition < ?
    JOIN (
      SELECT series_id, day, guid, fetch_id, published_at, title, link, url, summary, tags, tickers FROM news_item
      UNION ALL
      SELECT series_id, day, guid, fetch_id, published_at, title, link, url, summary, tags, tickers
      FROM news_item_restatement) AS next
      ON next.series_id = was.series_id AND next.day = was.day AND next.guid = was.guid
      AND next.fetch_id = was.replaced_by_fetch_id
    WHERE next.link IS NOT was.link
      AND (next.published_at, next.title, next.url, next.summary, next.tags, next.tickers)
        IS (was.published_at, was.title, was.url, was.summary, was.tags, was.tickers)
    """

  /// Whether a series is of news.
  func holds(_ id: Int64) -> Bool { series.contains(id) }

  /// Whether a difference in an item is one of these.
  ///
  /// - Parameter rows: the row that differs in each file that has it; of both, that of the record first.
  mutating func explains(_ kind: RowDifference.Kind, _ rows: [DifferingRow]) -> Bool {
    guard let row = rows.first, let id = row.integer("series_id"), series.contains(id), let at = row.time else {
      return false
    }
    let place = Place(series: id, at: at)
    if readdressed.contains(place) || toldOtherwise.contains(place) { return true }
    guard kind == .changed, rows.count == 2, let (then, now) = published(rows) else { return false }
    let isEarlier = (rows[1].integer("fetch_id") ?? .max) < (rows[0].integer("fetch_id") ?? .min)
    guard now > then || now == then && isEarlier else { return false }
    toldOtherwise.insert(place)
    return true
  }

  private func published(_ rows: [DifferingRow]) -> (Int64, Int64)? {
    rows[0].integer("published_at").flatMap { then in rows[1].integer("published_at").map { (then, $0) } }
  }
}
