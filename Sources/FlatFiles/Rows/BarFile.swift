import Formats
import Market

/// Reads bars from a table.
///
/// What holds within a file: rows in any order are sorted; rows that say the same are one; of rows that contradict each
/// other the first in the file is believed and the others are refused; a line that is no bar costs itself.
final class BarFile: FactFile {
  let layout: String
  let settled: ImportOrder
  let remarks: [String]
  // `@exclusivity(unchecked)`: what every row touches. The object is used from one thread, and no two of its parts are
  // touched at a time; having that looked at while it runs takes a seventh of the reading.
  @exclusivity(unchecked) private(set) var tally = FileTally()

  private let order: ImportOrder
  private let rhythm: Rhythm
  private let series: SeriesKey
  private let width: Int
  private let columns: BarColumns
  private let amounts: AmountText
  private let lineWidth: LineWidth
  private let later: LaterHeader?
  private let scale: Double
  private let widensFloats: Bool
  private let lastFinal: Int64
  @exclusivity(unchecked) private var lines: FileLines
  @exclusivity(unchecked) private var times: TimeColumn
  private var seen: SeenKeys
  private let hasFilter: Bool
  private let last: LastCell
  @exclusivity(unchecked) private var filter: RowFilter
  /// Why the file as a whole is not read any further.
  private var end: FileRefusal?
  @exclusivity(unchecked) private var jump: JumpGuard
  @exclusivity(unchecked) private var beside: BesideColumns?
  /// What the pieces read so far speak for.
  private var covered: ClosedRange<Int64>?

  // What the piece in hand holds.
  @exclusivity(unchecked) private var bars: [Bar] = []
  @exclusivity(unchecked) private var spans: [Span] = []
  private var refusals: [Refusal] = []
  private var refusedExtent: ClosedRange<Int64>?

  private struct Span {
    let start: Int32
    let length: Int32
    let line: Int
  }

  /// Refused rows that were given away so far.
  private var kept = 0

  init(
    _ order: ImportOrder, series: SeriesKey, reader: SymbolReader, sample: UnsafeRawBufferPointer, isWhole: Bool,
    at now: Instant, longestLine: Int = FileLines.longest
  ) throws(FileRefusal) {
    let mark = FileMark.length(sample)
    let text = UnsafeRawBufferPointer(rebasing: sample[mark...])
    var found = try FileLayout.of(sample, isWhole: isWhole, order: order, reader: reader)
    var evidence = SymbolEvidence(found, order, reader, isWhole: isWhole && found.isAllOfSample)
    filter = try evidence.filter()
    try found.check(order, isWhole: isWhole)
    try VolumeEvidence.settle(&found, order)
    self.order = order
    var settled = order
    lineWidth = try LineWidth(found, &settled)
    later = LaterHeader(found, order)
    times = try TimeColumn(found.plan, rows: filter.rows(found.rows), header: found.header, order: order)
    amounts = AmountText(
      try NumberForm.settled(found, text, isWhole: isWhole, columns: found.plan.numbers, &settled))
    found.settle(&settled)
    times.settle(&settled)
    filter.settle(&settled)
    beside = BesideColumns(found, order)
    beside?.settle(&settled)
    remarks = found.told + evidence.told + (amounts.form.told.map { [$0] } ?? [])
    self.settled = settled
    self.series = series
    columns = BarColumns(found.plan)
    hasFilter = !filter.isEmpty
    last = filter.last
    width = max(found.plan.width, filter.width)
    try found.checkVolume(order)
    scale = found.named.map { $0.priceScale > 0 ? 10_000 : 1 } ?? 1
    widensFloats = found.named?.widensFloats ?? false
    lines = FileLines(found, mark: mark, longest: longestLine)
    rhythm = order.rhythm
    seen = SeenKeys(step: rhythm.grid.raster)
    jump = JumpGuard(step: rhythm.grid.step)
    lastFinal = rhythm.newestFinal(at: now).epochSeconds
    layout = [found.words, times.words, amounts.form.told].compactMap { $0 }.joined(separator: ", ")
  }

  func read(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(FileRefusal) -> FilePart {
    bars.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
    refusals = []
    refusedExtent = nil
    var part = FilePart(reading: SeriesReading(series: series, facts: .bars([]), covers: nil))
    lines.read(piece, isLast: isLast) { bytes, row, place, isEndless in
      tally.lines += 1
      if isEndless {
        refuse(.malformed, nil, "longer than a row can be", bytes, row, place)
      } else {
        add(bytes, row, place)
      }
    } end: { bytes, start in
      part = settle(bytes, at: start)
    }
    if let end = end ?? (isLast ? filter.refusalOfAll(asked: order.asset) : nil) { throw end }
    try lines.checkVoid()
    tally.leftOut = filter.leftOut
    tally.ambiguousTimes = times.ambiguous
    tally.skippedTimes = times.skipped
    return part
  }

  // MARK: One row

  @inline(__always)
  private func add(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ place: FilePlace) {
    guard row.count >= width, !lineWidth.isExceeded(by: row), !row.isTooWide, !row.hasStrayQuote else {
      return refuse(.malformed, nil, lineWidth.fault(row, needed: width), bytes, row, place)
    }
    if hasFilter, !last.isSame(bytes, row), !isTaken(bytes, row, place) { return }
    let key: Int64
    switch times.place(bytes, row) {
    case .key(let placed): key = placed
    case .refused(let reason, let detail): return refuse(reason, nil, detail, bytes, row, place)
    }
    guard key >= BarCheck.earliest else { return refuse(.wrongTime, nil, BarCheck.tooOld(key), bytes, row, place) }
    guard let open = price(.open, bytes, row, key, place), let high = price(.high, bytes, row, key, place),
      let low = price(.low, bytes, row, key, place), let close = price(.close, bytes, row, key, place),
      let volume = volume(bytes, row, key, place)
    else { return }
    guard key <= lastFinal else {
      tally.notFinal += 1
      return
    }
    let bar = Bar(
      openTime: Instant(epochSeconds: key), open: open, high: high, low: low, close: close, volume: volume)
    if let fault = BarCheck.fault(bar, mayBeNegative: order.assetClass == .commodity) {
      return refuse(fault.0, key, fault.1, bytes, row, place, saying: bar)
    }
    if let fault = jump.fault(bar) { return refuse(.outOfBounds, key, fault, bytes, row, place, saying: bar) }
    bars.append(bar)
    beside?.note(bar, bytes, row, amounts)
    spans.append(
      Span(start: Int32(truncatingIfNeeded: row.start), length: Int32(row.end - row.start), line: place.line))
  }

  @inline(__always)
  private func price(
    _ field: Field, _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ key: Int64, _ place: FilePlace
  ) -> Double? {
    // The plan holds all four, or there would be no file.
    let column = columns[field]
    if case .number(let value) = amounts.value(bytes, row[column]) {
      if scale != 1 { return value / scale }
      return widensFloats ? WidenedFloat.narrowed(value) : value
    }
    refuseNumber(field, column, bytes, row, key, place)
    return nil
  }

  @inline(__always)
  private func volume(
    _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ key: Int64, _ place: FilePlace
  ) -> Double? {
    guard columns.volume >= 0 else { return 0 }
    switch amounts.value(bytes, row[columns.volume]) {
    case .number(let value): return value
    case .blank where order.takesNoVolume: return 0
    case .blank, .other:
      refuseNumber(.volume, columns.volume, bytes, row, key, place)
      return nil
    }
  }

  private func isTaken(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ place: FilePlace) -> Bool {
    switch filter.verdict(bytes, row) {
    case .taken: return true
    case .left: end = end ?? later?.refusal(bytes, row, place.line)
    case .doubtful(let text):
      end =
        end ?? later?.refusal(bytes, row, place.line)
        ?? filter.refusal(of: text, in: place.line, asked: order.asset)
    }
    return false
  }

  // MARK: Refusals

  @inline(never)
  private func refuseNumber(
    _ field: Field, _ column: Int, _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ key: Int64,
    _ place: FilePlace
  ) {
    let text = Excerpt.of(
      UnsafeBufferPointer(start: bytes + row[column].start, count: row[column].range.count), limit: 40)
    let isBlank = amounts.value(bytes, row[column]) == .blank
    if end == nil, amounts.isOtherForm(bytes, row[column]) {
      end = .otherForm(text, line: place.line, than: amounts.form)
    }
    var detail = isBlank ? "no \(field.rawValue)" : "\(field.rawValue) '\(text)' is not a number"
    if isBlank, field == .volume { detail += "; --no-volume stores 0" }
    refuse(.notANumber, key, detail, bytes, row, place)
  }

  /// - Parameter bar: what the row says, where it can be read.
  @inline(never)
  private func refuse(
    _ reason: RefusalReason, _ key: Int64?, _ detail: String, _ bytes: UnsafePointer<UInt8>,
    _ row: borrowing DelimitedRow, _ place: FilePlace, saying bar: Bar? = nil
  ) {
    tally.refused[reason, default: 0] += 1
    if key == nil { end = end ?? later?.refusal(bytes, row, place.line) }
    if let key { refusedExtent = refusedExtent.map { min($0.lowerBound, key)...max($0.upperBound, key) } ?? key...key }
    guard kept < FileTally.keptRefusals else { return }
    kept += 1
    refusals.append(
      BarFile.refusal(
        reason, key, detail, UnsafeBufferPointer(start: bytes + row.start, count: row.end - row.start), place, bar))
  }

  private static func refusal(
    _ reason: RefusalReason, _ key: Int64?, _ detail: String, _ line: UnsafeBufferPointer<UInt8>, _ place: FilePlace,
    _ bar: Bar?
  ) -> Refusal {
    Refusal(
      reason: reason, at: key.map(Instant.init(epochSeconds:)), detail: "line \(place.line): \(detail)",
      excerpt: Excerpt.of(line), row: bar.map { .bars([$0]) }, place: place)
  }

  // MARK: A piece

  /// - Parameter start: where in the file the bytes begin.
  private func settle(_ bytes: UnsafePointer<UInt8>, at start: Int) -> FilePart {
    sort()
    var repeats: [RepeatedBar] = []
    fold(bytes, at: start)
    var again: [Int] = []
    seen.note(bars.lazy.map(\.openTime.epochSeconds)) { again.append($0) }
    if !again.isEmpty {
      for index in again {
        repeats.append(
          RepeatedBar(bar: bars[index], refusal: contradiction(index, "an earlier line", bytes, at: start)))
      }
      let dropped = Set(again)
      let kept = bars.indices.filter { !dropped.contains($0) }
      bars = kept.map { bars[$0] }
      spans = kept.map { spans[$0] }
    }
    if let first = bars.first?.openTime, let last = bars.last?.openTime {
      tally.extent = tally.extent.map { min($0.lowerBound, first)...max($0.upperBound, last) } ?? first...last
    }
    return FilePart(
      reading: SeriesReading(
        series: series, facts: .bars(bars), refusals: refusals, covers: covers(),
        told: beside?.take(bars) ?? []),
      repeats: repeats,
      places: spans.map { place(of: $0, at: start) })
  }

  private func place(of span: Span, at start: Int) -> FilePlace {
    FilePlace(line: span.line, start: start + Int(span.start), length: Int(span.length))
  }

  private func contradiction(
    _ index: Int, _ earlier: String, _ bytes: UnsafePointer<UInt8>, at start: Int
  ) -> Refusal {
    let span = spans[index]
    return BarFile.refusal(
      .contradictory, bars[index].openTime.epochSeconds, "the same opening time with other values than \(earlier)",
      UnsafeBufferPointer(start: bytes + Int(span.start), count: Int(span.length)), place(of: span, at: start),
      bars[index])
  }

  /// Brings the rows into the order of their keys; of equal keys the first in the file comes first.
  private func sort() {
    guard bars.count > 1 else { return }
    var isAscending = true
    var isDescending = true
    for index in 1..<bars.count {
      let (before, after) = (bars[index - 1].openTime.epochSeconds, bars[index].openTime.epochSeconds)
      if before >= after { isAscending = false }
      if before <= after { isDescending = false }
      if !isAscending, !isDescending { break }
    }
    if isAscending { return }
    if isDescending {
      bars.reverse()
      spans.reverse()
      return
    }
    let places = bars.indices.sorted { (bars[$0].openTime, $0) < (bars[$1].openTime, $1) }
    bars = places.map { bars[$0] }
    spans = places.map { spans[$0] }
  }

  /// Makes copies of a row one, and refuses what contradicts the first.
  private func fold(_ bytes: UnsafePointer<UInt8>, at start: Int) {
    guard bars.count > 1 else { return }
    var last = 0
    for index in 1..<bars.count {
      guard bars[index].openTime == bars[last].openTime else {
        last += 1
        if last != index {
          bars[last] = bars[index]
          spans[last] = spans[index]
        }
        continue
      }
      if bars[index] == bars[last] {
        tally.folded += 1
      } else {
        tally.refused[.contradictory, default: 0] += 1
        guard kept < FileTally.keptRefusals else { continue }
        kept += 1
        refusals.append(contradiction(index, "line \(spans[last].line)", bytes, at: start))
      }
    }
    bars.removeLast(bars.count - 1 - last)
    spans.removeLast(spans.count - 1 - last)
  }

  /// The stretch that this piece speaks for: what lies between it and the pieces before is absent in the file too.
  private func covers() -> ClosedRange<Instant>? {
    // Of hours of a market with sessions nobody knows which are missing.
    guard rhythm.isExact else { return nil }
    var here = refusedExtent
    if let first = bars.first?.openTime.epochSeconds, let last = bars.last?.openTime.epochSeconds {
      here = here.map { min($0.lowerBound, first)...max($0.upperBound, last) } ?? first...last
    }
    guard let piece = here else { return nil }
    here =
      covered.map { covered in
        if piece.lowerBound > covered.upperBound { return covered.upperBound + 1...piece.upperBound }
        if piece.upperBound < covered.lowerBound { return piece.lowerBound...covered.lowerBound - 1 }
        return piece
      } ?? piece
    covered = covered.map { min($0.lowerBound, piece.lowerBound)...max($0.upperBound, piece.upperBound) } ?? piece
    return here.map { Instant(epochSeconds: $0.lowerBound)...Instant(epochSeconds: $0.upperBound) }
  }
}
