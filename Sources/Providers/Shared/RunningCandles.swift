import Formats
import Market

/// The newest candles of an answer about days, the one that runs among them.
struct RunningCandles {
  private let rows: [CandleRow]

  /// - Parameter offset: where the rows begin, in a document that was looked through before; `nil` where they are all of it.
  init<Shape: CandleShape>(_ shape: Shape.Type, in body: [UInt8], from offset: Int? = nil) throws(ReadingError) {
    do {
      rows = try JSONCursor.reading(body) { (cursor) throws(JSONFault) in
        if let offset { cursor.offset = offset }
        var rows: [CandleRow] = []
        var more = try cursor.enterArray()
        while more {
          rows.append(try Shape.row(&cursor))
          more = try cursor.nextElement()
        }
        if offset == nil { try cursor.expectEnd() }
        return rows
      }
    } catch {
      throw ReadingError(error, in: body)
    }
  }

  /// The span of days that a quote is read from: today, and two days before it.
  static func openings(at now: Instant) -> ClosedRange<Instant> { (now.day - 2).start...now.day.start }

  /// The price of the day that runs; where nothing was traded in it yet, that of the end of the day before.
  func quote(madeAt: Instant) throws(ReadingError) -> Quote {
    let days = Dictionary(
      rows.filter { $0.isPossible && $0.time.isWhole }.map { (Instant(epochSeconds: $0.time.seconds), $0.close) }
    ) { first, _ in first }
    guard let newest = days.keys.filter({ $0 <= madeAt && $0 == $0.day.start }).max(), let price = days[newest] else {
      throw .empty
    }
    let before = newest.day - 1
    let close = days[before.start]
    return Quote(
      price: price, at: min(newest.day.end, madeAt), previousClose: close, previousDay: close == nil ? nil : before)
  }
}
