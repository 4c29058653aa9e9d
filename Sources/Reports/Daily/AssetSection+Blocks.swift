import Market
import Rendering
import Store

extension AssetSection {
  private var quote: String { oneLine(facts.day.quoteCurrency ?? "") }
  private var row: SnapshotRow { facts.snapshot }

  /// All prices of the day with the same number of decimals.
  private func price(_ value: Double?) -> String {
    value.map { priceText($0, decimals: decimals) } ?? "–"
  }

  private var decimals: Int {
    priceDecimals([row.open, row.high, row.low, row.close] + bars.flatMap { [$0.open, $0.high, $0.low, $0.close] })
  }

  private func figure(_ value: Double?) -> Cell { .figure(value) { price($0) } }

  static let overviewColumns: [Table.Column] = [
    .text("Asset"), .figure("Open").minor, .figure("High").minor, .figure("Low").minor, .figure("Close"),
    .text("In").minor, .figure("24 h"), .curve("14 days"), .figure("Volatility").minor, .figure("Volume").minor,
    .figure("Age").minor, .text("Source").minor,
  ]

  func overviewRow(asOf: Instant) -> [Cell] {
    [
      Cell(oneLine(facts.day.asset.symbol)), figure(row.open), figure(row.high), figure(row.low), figure(row.close),
      Cell(quote), .change(row.change24h), Cell(curve: dailyCloses.map(\.close)),
      .figure(row.volatility7d) { shareText($0, decimals: 1) }, .figure(row.volume, volumeText),
      Cell(age(asOf)), Cell("\(source)\(fetched)"),
    ]
  }

  private func age(_ asOf: Instant) -> String {
    guard let end = facts.lastClose else { return "–" }
    let age = max(0, asOf - end)
    return age < 60 ? "0 min" : humanDuration(seconds: age)
  }

  private var fetched: String { fetchedAt.map { ", fetched \($0.spelled)" } ?? "" }

  func blocks(asOf: Instant) -> [Block] {
    var blocks: [Block] = [.heading(title, level: 2)] + told.blocks
    blocks += curves(asOf) + partTable(asOf)
    blocks.append(.paragraph("Source: \(source)\(fetchedText(fetchedAt, asOf: asOf)); \(newest(asOf))."))
    return blocks + (flows?.blocks(of: oneLine(facts.day.asset.symbol), asOf: asOf) ?? [])
  }

  /// `Bitcoin (BTC)`
  var title: String {
    let name = oneLine(facts.day.asset.name)
    let symbol = oneLine(facts.day.asset.symbol)
    return name.isEmpty || name == symbol ? symbol : "\(name) (\(symbol))"
  }

  private func newest(_ asOf: Instant) -> String {
    guard let end = facts.lastClose else { return "none of its bars is there" }
    if end == row.day.end { return "its bars reach to the end of the day" }
    return "the newest bar of the day closed at \(end.minute), \(age(asOf)) earlier"
  }
}

// MARK: - The course of the day

extension AssetSection {
  private func curves(_ asOf: Instant) -> [Block] {
    let hours = closes(until: asOf)
    var blocks: [Block] = []
    if let last = hours.last, hours.contains(where: { $0.close != nil }) {
      let end = facts.rhythm.close(of: last.openTime).minute(within: row.day)
      blocks.append(
        .figure(
          hourFigure(
            hours.map(\.openTime), until: end,
            instead: Prose([.curve(hours.map(\.close)), .plain(" hourly closes, 00:00 to \(end)")]))))
    }
    if let course { blocks.append(.figure(course.figure(of: oneLine(facts.day.asset.symbol)))) }
    var lines: [Prose] = []
    if let first = dailyCloses.first, dailyCloses.count > 1 {
      let isOpen = facts.hasClose ? "" : ", the last one so far"
      lines.append(
        Prose([
          .curve(dailyCloses.map(\.close)),
          .plain(" daily closes, \(first.day.short) to \(row.day.short)\(isOpen)"),
        ]))
    }
    let hasHole = hours.contains { $0.close == nil } || dailyCloses.contains { $0.close == nil }
    if hasHole { lines.append("A dot stands for a close that is missing.") }
    if !lines.isEmpty { blocks.append(.list(lines)) }
    if let extremes, !hours.isEmpty {
      blocks.append(
        .paragraph(
          "High \(price(extremes.high.high)) \(quote) in the hour from \(extremes.high.openTime.minute), "
            + "low \(price(extremes.low.low)) \(quote) in the hour from \(extremes.low.openTime.minute)."))
    }
    return blocks
  }

  /// The day hour by hour.
  private func hourFigure(_ times: [Instant], until end: String, instead: Prose) -> DrawnFigure {
    let known = Dictionary(bars.map { ($0.openTime, $0) }) { first, _ in first }
    let slots = times.map { known[$0] }
    let rows = zip(times, slots).map { time, bar in
      [
        Cell(time.minute, value: .string(time.description)), figure(bar?.open), figure(bar?.high), figure(bar?.low),
        figure(bar?.close), .figure(bar?.volume, volumeText),
      ]
    }
    let columns: [Table.Column] = [
      .text("Hour from"), .figure("Open"), .figure("High"), .figure("Low"), .figure("Close"), .figure("Volume"),
    ]
    return DrawnFigure(
      "\(oneLine(facts.day.asset.symbol)) by the hour, 00:00 to \(end) UTC, in \(quote), volume below. \(candleWords(slots))",
      alternative:
        "Hourly bars from 00:00 to \(end): opened at \(price(row.open)), went as high as \(price(row.high)) and "
        + "as low as \(price(row.low)), last \(price(row.close)) \(quote).",
      drawing: .candles(slots, at: times), numbers: Table("Hourly bars", columns: columns, rows: rows),
      instead: [instead])
  }

  private func partTable(_ asOf: Instant) -> [Block] {
    let parts = parts(until: asOf)
    guard !parts.isEmpty else { return [] }
    let columns: [Table.Column] = [
      .text("Day part"), .text("Hours"), .figure("Open"), .figure("High"), .figure("Low"), .figure("Close"),
      .figure("Return"), .figure("Bars"),
    ]
    let rows = parts.map { part in
      [
        Cell(part.part.title), Cell(part.part.hours), figure(part.open), figure(part.high), figure(part.low),
        figure(part.close), .change(part.change), Cell("\(part.bars.count) of \(expected(part.part, asOf))"),
      ]
    }
    return [.table(Table("The parts of the day", columns: columns, rows: rows))]
  }

  /// Bars of a part that were due at the report's instant.
  private func expected(_ part: DayPart, _ asOf: Instant) -> Int {
    let start = part.start(of: row.day)
    let end = min(part.end(of: row.day), due(at: asOf))
    return start < end ? facts.rhythm.count(in: start...end - 1) : 0
  }
}
