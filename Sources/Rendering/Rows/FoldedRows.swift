import Market
import Metrics

/// Folds rows of bars into rows of longer ones on their way to whoever takes them; few of them are held.
///
/// Rows come asset by asset, oldest first, with the columns of a dataset of prices. A longer bar that is not over is left
/// out, as bars are that are not over.
package final class FoldedRows<Next: RowReceiver>: RowReceiver {
  /// What becomes of a longer bar.
  package struct Wanted {
    /// Its length.
    let interval: Interval
    /// Of each asset, by its symbol.
    let calendars: [String: Calendar]
    /// The columns of a row, in order.
    let columns: [String]
    /// Where it opens.
    let span: ClosedRange<Instant>
    /// At most so many, the last in time.
    let last: Int?
    /// Later bars are not over.
    let now: Instant

    /// All that must be known besides the rows.
    package init(
      _ interval: Interval, calendars: [String: Calendar], columns: [String], span: ClosedRange<Instant>?, last: Int?,
      now: Instant
    ) {
      (self.interval, self.calendars, self.columns) = (interval, calendars, columns)
      (self.span, self.last, self.now) = (span ?? Instant.representable, last, now)
    }
  }

  /// The texts of a row by their columns; `nil` where there is none.
  private typealias Texts = [String: [UInt8]?]
  private typealias Row = (bar: Bar, texts: Texts)

  private let next: Next
  private let columns: [String]
  private let wanted: Wanted
  private var index = 0
  private var texts: Texts = [:]
  private var figures: [String: Double] = [:]
  private var opening = Instant(epochSeconds: 0)
  private var group: (fold: BarFold, texts: Texts)?
  private var count = 0
  /// Where only the last are wanted: all so far.
  private var rows: [Row] = []

  /// - Parameter columns: of the rows that come.
  package init(into next: Next, from columns: [String], _ wanted: Wanted) {
    (self.next, self.columns, self.wanted) = (next, columns, wanted)
  }

  /// A cell that holds a whole number, which a bar may.
  package func integer(_ value: Int64) { real(Double(value)) }
  /// A price or a volume.
  package func real(_ value: Double) { figures[advance()] = value }
  /// An asset, a source, a currency.
  package func text(_ bytes: UnsafeBufferPointer<UInt8>) { texts.updateValue(Array(bytes), forKey: advance()) }
  /// When a bar opens.
  package func instant(_ value: Instant) {
    _ = advance()
    opening = value
  }
  /// A cell that holds nothing.
  package func null() { texts.updateValue(nil, forKey: advance()) }

  private func advance() -> String {
    defer { index += 1 }
    return columns[index]
  }

  /// Takes the row, and gives away the longer bar that is over with it.
  package func endRow() throws {
    index = 0
    texts["session"] = nil
    if group?.texts != texts {
      try endGroup()
      let symbol = texts["asset"].flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) } ?? ""
      group = BarFold(into: wanted.interval, calendar: wanted.calendars[symbol] ?? .always).map { ($0, texts) }
    }
    func figure(_ name: String) -> Double { figures[name] ?? 0 }
    let bar = Bar(
      openTime: opening, open: figure("open"), high: figure("high"), low: figure("low"), close: figure("close"),
      volume: figure("volume"))
    if let done = group?.fold.add(bar) { try give(done, texts) }
  }

  /// Gives away what is left.
  ///
  /// - Returns: how many rows were given, and how many before them were left out.
  package func finish() throws -> (count: Int, leftOut: Int) {
    try endGroup()
    guard let last = wanted.last, rows.count > last else {
      try rows.forEach(write)
      return (count, 0)
    }
    let newest = rows.indices.sorted { (rows[$0].bar.openTime, $0) > (rows[$1].bar.openTime, $1) }.prefix(last)
    for place in newest.sorted() { try write(rows[place]) }
    return (last, rows.count - last)
  }

  private func endGroup() throws {
    guard var ended = group else { return }
    group = nil
    if let bar = ended.fold.finish() { try give(bar, ended.texts) }
  }

  private func give(_ bar: Bar, _ texts: Texts) throws {
    guard wanted.span.contains(bar.openTime), bar.openTime + wanted.interval.seconds <= wanted.now else { return }
    count += 1
    if wanted.last == nil { try write((bar, texts)) } else { rows.append((bar, texts)) }
  }

  private func write(_ row: Row) throws {
    for column in wanted.columns {
      switch column {
      case "ts_utc": next.instant(row.bar.openTime)
      case "open": next.real(row.bar.open)
      case "high": next.real(row.bar.high)
      case "low": next.real(row.bar.low)
      case "close": next.real(row.bar.close)
      case "volume": next.real(row.bar.volume)
      case "session": next.text(DayPart(ofBarOpeningAt: row.bar.openTime).rawValue)
      default:
        if let text = row.texts[column] ?? nil { text.withUnsafeBufferPointer(next.text) } else { next.null() }
      }
    }
    try next.endRow()
  }
}

extension RowReceiver {
  fileprivate func text(_ value: String) {
    var value = value
    value.withUTF8 { text($0) }
  }
}
