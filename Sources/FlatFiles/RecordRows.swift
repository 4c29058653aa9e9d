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

  private let shape: FactShape
  private var bars: [Bar] = []
  private var rows: [FactRow] = []
  /// The key of the row before, also of one that was given away.
  private var last: FactKey?
  private(set) var extent: ClosedRange<Instant>?

  init(_ shape: FactShape) { self.shape = shape }

  private var areBars: Bool { shape.dataset == .bar }

  var facts: Facts { areBars ? .bars(bars) : .rows(shape.dataset, rows) }

  /// Forgets the rows; the next one still has to come after them.
  mutating func removeAll() {
    bars = []
    rows = []
    extent = nil
  }

  mutating func add(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) throws(Fault) {
    let key = try key(bytes, row)
    if let last, !(last < key) {
      throw Fault(.contradictory, "its key does not come after that of the row before")
    }
    if areBars {
      bars.append(try bar(at: key.at ?? Instant.representable.lowerBound, bytes, row))
    } else {
      rows.append(FactRow(key: key, values: try values(bytes, row)))
    }
    last = key
    if let time = key.at { extent = (extent?.lowerBound ?? time)...time }
  }

  // MARK: Rows

  private func bar(
    at time: Instant, _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow
  ) throws(Fault) -> Bar {
    let bar = Bar(
      openTime: time, open: try real(bytes, row[1]), high: try real(bytes, row[2]), low: try real(bytes, row[3]),
      close: try real(bytes, row[4]), volume: try real(bytes, row[5]))
    if let fault = BarRule.fault(bar) { throw Fault(fault.reason, fault.detail) }
    return bar
  }

  private func key(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) throws(Fault) -> FactKey {
    var parts: [FactKey.Part] = []
    for (index, column) in shape.key.enumerated() {
      switch column.kind {
      case .instant: parts.append(.instant(try instant(bytes, row[index])))
      case .day: parts.append(.day(try day(bytes, row[index])))
      case .text: parts.append(.text(DelimitedText.text(row[index], in: bytes)))
      }
    }
    return FactKey(parts)
  }

  private func values(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) throws(Fault) -> [FigureValue] {
    var values: [FigureValue] = []
    for (index, column) in shape.values.enumerated() {
      let field = row[shape.key.count + index]
      switch column.kind {
      case .text: values.append(.text(DelimitedText.text(field, in: bytes)))
      case .real: values.append(FigureValue(column.mayBeAbsent ? try optional(bytes, field) : try real(bytes, field)))
      case .whole: values.append(FigureValue(try integer(bytes, field)))
      }
      try check(values[index], column)
    }
    return values
  }

  /// What the table itself holds of a number.
  private func check(_ value: FigureValue, _ column: FactShape.ValueColumn) throws(Fault) {
    guard let bounds = column.bounds, let number = value.number, !bounds.contains(number) else { return }
    let (least, most) = (Int(bounds.lowerBound), Int(bounds.upperBound))
    throw Fault(.outOfBounds, "\(column.field.rawValue) \(number) lies outside \(least) to \(most)")
  }

  // MARK: Cells

  private func instant(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) throws(Fault) -> Instant {
    guard let seconds = try integer(bytes, field), Instant.representable.contains(Instant(epochSeconds: seconds))
    else { throw Fault(.wrongTime, "its time is no instant") }
    return Instant(epochSeconds: seconds)
  }

  private func day(_ bytes: UnsafePointer<UInt8>, _ field: DelimitedRow.Field) throws(Fault) -> Day {
    guard let day = Day(DelimitedText.text(field, in: bytes)) else { throw Fault(.wrongTime, "its day is none") }
    return day
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
