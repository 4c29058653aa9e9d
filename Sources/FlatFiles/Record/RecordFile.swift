import Formats
import Market

/// Reads rows that a record wrote of its own facts, as `FactText` has them.
///
/// They were believed once and are taken as they are; only what a table cannot hold is refused. They prove nothing about
/// what they leave out.
final class RecordFile: FactFile {
  let layout: String
  let settled: ImportOrder
  private(set) var tally = FileTally()
  private let series: SeriesKey
  private let width: Int
  private var lines: FileLines
  private var rows: RecordRows
  private var refusals: [Refusal] = []
  private var places: [FilePlace] = []

  init(
    _ order: ImportOrder, series: SeriesKey, shape: FactShape, sample: UnsafeRawBufferPointer
  ) throws(FileRefusal) {
    let header = FactText.header(of: shape)
    guard sample.starts(with: header.utf8) else {
      throw FileRefusal("it does not begin with \(header.dropLast())", hint: "")
    }
    settled = order
    self.series = series
    width = FactText.columns(of: shape).count
    rows = RecordRows(shape)
    lines = FileLines(delimiter: UInt8(ascii: ","), skipping: header.utf8.count, firstLine: 2)
    layout = "rows of a record"
  }

  func read(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(FileRefusal) -> FilePart {
    lines.read(piece, isLast: isLast) { bytes, row, place, isEndless in
      tally.lines += 1
      do throws(RecordRows.Fault) {
        guard !isEndless, !row.hasStrayQuote, row.count == width else { throw .init(.malformed, "it is no row") }
        try rows.add(bytes, row)
        places.append(place)
      } catch {
        refuse(error, bytes, row, place)
      }
    } end: { _, _ in
    }
    defer {
      rows.removeAll()
      refusals = []
      places = []
    }
    if let extent = rows.extent {
      tally.extent = (tally.extent?.lowerBound ?? extent.lowerBound)...extent.upperBound
    }
    return FilePart(
      reading: SeriesReading(series: series, facts: rows.facts, refusals: refusals, covers: nil), places: places)
  }

  private func refuse(
    _ fault: RecordRows.Fault, _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ place: FilePlace
  ) {
    tally.refused[fault.reason, default: 0] += 1
    guard tally.refusedInAll <= FileTally.keptRefusals else { return }
    let excerpt = Excerpt.of(UnsafeBufferPointer(start: bytes + row.start, count: row.end - row.start))
    refusals.append(
      Refusal(
        reason: fault.reason, at: nil, detail: "line \(place.line): \(fault.detail)", excerpt: excerpt, place: place))
  }
}
