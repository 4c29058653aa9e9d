import Formats
import Market

/// Reads the days of a sentiment index from a table.
final class SentimentFile: FactFile {
  let layout: String
  let settled: ImportOrder
  let remarks: [String]
  private(set) var tally = FileTally()
  private let series: SeriesKey
  private let plan: ColumnPlan
  private let amounts: AmountText
  private let lineWidth: LineWidth
  private let later: LaterHeader?
  /// Why the file as a whole is not read any further.
  private var end: FileRefusal?
  private let today: Day
  private var lines: FileLines
  private var times: TimeColumn
  private var filter: RowFilter
  private var table = DayTable<SentimentValue>()

  init(
    _ order: ImportOrder, series: SeriesKey, sample: UnsafeRawBufferPointer, isWhole: Bool, at now: Instant
  ) throws(FileRefusal) {
    let mark = FileMark.length(sample)
    let text = UnsafeRawBufferPointer(rebasing: sample[mark...])
    let found = try FileLayout.of(sample, isWhole: isWhole, order: order)
    var evidence = SymbolEvidence(found, order, SymbolReader(order), isWhole: isWhole)
    filter = try evidence.filter()
    try found.check(order, isWhole: isWhole)
    var settled = order
    lineWidth = try LineWidth(found, &settled)
    later = LaterHeader(found, order)
    times = try TimeColumn(found.plan, rows: filter.rows(found.rows), header: found.header, order: order)
    amounts = AmountText(
      try NumberForm.settled(found, text, isWhole: isWhole, columns: found.plan.numbers, &settled))
    filter.settle(&settled)
    remarks = evidence.told + (amounts.form.told.map { [$0] } ?? [])
    found.settle(&settled)
    times.settle(&settled)
    self.settled = settled
    self.series = series
    plan = found.plan
    guard plan[.classification] != nil else {
      throw FileRefusal(
        "it has no column for the classification (Fear, Greed and so on)",
        hint: "Name it: --map classification=NAME")
    }
    lines = FileLines(found, mark: mark)
    today = order.rhythm.newestFinal(at: now).day
    layout = [found.words, times.words, amounts.form.told].compactMap { $0 }.joined(separator: ", ")
  }

  func read(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(FileRefusal) -> FilePart {
    lines.read(piece, isLast: isLast) { bytes, row, place, isEndless in
      tally.lines += 1
      add(bytes, row, place, isEndless)
    } end: { _, _ in
    }
    if let end { throw end }
    try lines.checkVoid()
    guard isLast else { return FilePart(reading: SeriesReading(series: series, facts: .sentiment([]), covers: nil)) }
    if let fault = filter.refusalOfAll(asked: nil) { throw fault }
    tally.leftOut = filter.leftOut
    return settle()
  }

  private func add(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ place: FilePlace, _ isEndless: Bool)
  {
    let excerpt = Excerpt.of(UnsafeBufferPointer(start: bytes + row.start, count: row.end - row.start))
    func refuse(_ reason: RefusalReason, _ day: Day?, _ detail: String) {
      tally.refused[reason, default: 0] += 1
      if day == nil { end = end ?? later?.refusal(bytes, row, place.line) }
      guard tally.refusedInAll <= FileTally.keptRefusals else { return }
      table.refuse(
        Refusal(reason: reason, at: day?.start, detail: "line \(place.line): \(detail)", excerpt: excerpt, place: place)
      )
    }
    guard !isEndless, !row.hasStrayQuote, row.count >= plan.width, !lineWidth.isExceeded(by: row),
      let column = plan[.value]
    else { return refuse(.malformed, nil, lineWidth.fault(row, needed: plan.width)) }
    guard row.count >= filter.width, filter.verdict(bytes, row) == .taken else {
      end = end ?? later?.refusal(bytes, row, place.line)
      return
    }
    let day: Day
    switch times.place(bytes, row) {
    case .key(let key): day = Instant(epochSeconds: key).day
    case .refused(let reason, let detail): return refuse(reason, nil, detail)
    }
    guard day.start.epochSeconds >= BarCheck.earliest else {
      return refuse(.wrongTime, nil, BarCheck.tooOld(day.start.epochSeconds))
    }
    guard case .number(let value) = amounts.value(bytes, row[column]) else {
      if end == nil, amounts.isOtherForm(bytes, row[column]) {
        end = .otherForm(
          Excerpt.of(DelimitedText.text(row[column], in: bytes), limit: 40), line: place.line, than: amounts.form)
      }
      return refuse(.notANumber, day, "its value is not a number")
    }
    guard (0...100).contains(value) else { return refuse(.outOfBounds, day, "value \(value) lies outside 0 to 100") }
    guard day <= today else {
      tally.notFinal += 1
      return
    }
    let label = plan[.classification].map { Excerpt.of(DelimitedText.text(row[$0], in: bytes), limit: 60) } ?? ""
    guard !label.isEmpty else { return refuse(.malformed, day, "no classification") }
    table.add(SentimentValue(day: day, value: value, classification: label), on: day, excerpt: excerpt, place: place)
    rows += 1
  }

  private var rows = 0

  private func settle() -> FilePart {
    let (values, places, refusals) = table.settled { .sentiment([$0]) }
    let contradictory = refusals.count { $0.reason == .contradictory }
    tally.refused[.contradictory] = contradictory == 0 ? nil : contradictory
    tally.folded = max(0, rows - values.count - contradictory)
    guard let first = values.first?.day, let last = values.last?.day else {
      return FilePart(reading: SeriesReading(series: series, facts: .sentiment([]), refusals: refusals, covers: nil))
    }
    tally.extent = first.start...last.start
    // An index of a stock market has no value on its holidays: only that of a market without them speaks for each day.
    let isDaily = last - first + 1 <= values.count + values.count / 20
    return FilePart(
      reading: SeriesReading(
        series: series, facts: .sentiment(values), refusals: refusals, covers: isDaily ? first.start...last.start : nil),
      places: places)
  }
}
