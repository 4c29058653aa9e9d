import Formats
import Market

/// Rows of one kind of fact, read from lines in the order of their key.
struct RecordRows {
  /// Why a line is no row.
  struct Fault: Error {
    let reason: RefusalReason
    let detail: String

    init(_ reason: RefusalReason, _ detail: String) {
      self.reason = reason
      self.detail = detail
    }
  }

  private let dataset: Dataset
  private var bars: [Bar] = []
  private var points: [PricePoint] = []
  private var moods: [SentimentValue] = []
  private var flows: [EtfFlow] = []
  /// The key of the row before, also of one that was given away.
  private var last: (time: Instant, ticker: String)?
  private(set) var extent: ClosedRange<Instant>?

  init(_ dataset: Dataset) { self.dataset = dataset }

  var facts: Facts {
    switch dataset {
    case .bar: .bars(bars)
    case .pricePoint: .pricePoints(points)
    case .sentiment: .sentiment(moods)
    case .etfFlow: .flows(flows)
    }
  }

  /// Forgets the rows; the next one still has to come after them.
  mutating func removeAll() {
    bars = []
    points = []
    moods = []
    flows = []
    extent = nil
  }

  mutating func add(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) throws(Fault) {
    let time = try time(bytes, row[0])
    let ticker = dataset == .etfFlow ? DelimitedText.text(row[1], in: bytes) : ""
    if let last, last.time > time || last.time == time && !last.ticker.utf8.lexicographicallyPrecedes(ticker.utf8) {
      throw Fault(.contradictory, "its key does not come after that of the row before")
    }
    switch dataset {
    case .bar: bars.append(try bar(at: time, bytes, row))
    case .pricePoint: points.append(try point(at: time, bytes, row))
    case .sentiment: moods.append(try mood(on: time.day, bytes, row))
    case .etfFlow:
      let flow = try integer(bytes, row[2])
      flows.append(EtfFlow(day: time.day, ticker: ticker, netFlowUSD: flow, netAssetsUSD: try integer(bytes, row[3])))
    }
    last = (time, ticker)
    extent = (extent?.lowerBound ?? time)...time
  }

  // MARK: Rows

  private func bar(
    at time: Instant, _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow
  ) throws(Fault) -> Bar {
    let bar = Bar(
      openTime: time, open: try real(bytes, row[1]), high: try real(bytes, row[2]), low: try real(bytes, row[3]),
      close: try real(bytes, row[4]), volume: try real(bytes, row[5]))
    guard bar.low <= min(bar.open, bar.close), bar.high >= max(bar.open, bar.close) else {
      throw Fault(.impossibleRange, "open or close lies outside low to high")
    }
    guard bar.volume >= 0 else { throw Fault(.outOfBounds, "volume \(bar.volume) is negative") }
    return bar
  }

  private func point(
    at time: Instant, _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow
  ) throws(Fault) -> PricePoint {
    PricePoint(
      at: time, price: try real(bytes, row[1]), marketCap: try optional(bytes, row[2]),
      volume24h: try optional(bytes, row[3]))
  }

  private func mood(
    on day: Day, _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow
  ) throws(Fault) -> SentimentValue {
    let value = try real(bytes, row[1])
    guard (0...100).contains(value) else { throw Fault(.outOfBounds, "value \(value) lies outside 0 to 100") }
    return SentimentValue(day: day, value: value, classification: DelimitedText.text(row[2], in: bytes))
  }

  // MARK: Cells

  private func time(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) throws(Fault) -> Instant {
    switch dataset {
    case .bar, .pricePoint:
      guard let seconds = try integer(bytes, field), Instant.representable.contains(Instant(epochSeconds: seconds))
      else { throw Fault(.wrongTime, "its time is no instant") }
      return Instant(epochSeconds: seconds)
    case .sentiment, .etfFlow:
      guard let day = Day(DelimitedText.text(field, in: bytes)) else { throw Fault(.wrongTime, "its day is none") }
      return day.start
    }
  }

  private func real(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) throws(Fault) -> Double {
    var position = field.start
    guard let number = DecimalText.number(bytes, from: &position, to: field.end), position == field.end,
      number.isFinite
    else { throw Fault(.notANumber, "'\(Excerpt.of(DelimitedText.text(field, in: bytes), limit: 40))' is no number") }
    return number
  }

  private func optional(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) throws(Fault) -> Double? {
    field.isEmpty ? nil : try real(bytes, field)
  }

  private func integer(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) throws(Fault) -> Int64? {
    if field.isEmpty { return nil }
    var position = field.start
    guard let number = DecimalText.integer(bytes, from: &position, to: field.end), position == field.end else {
      throw Fault(.notANumber, "'\(Excerpt.of(DelimitedText.text(field, in: bytes), limit: 40))' is no whole number")
    }
    return number
  }
}
