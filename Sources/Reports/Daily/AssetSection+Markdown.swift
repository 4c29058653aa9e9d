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

  func overviewRow(asOf: Instant) -> [String] {
    [
      oneLine(facts.day.asset.symbol), price(row.open), price(row.high), price(row.low), price(row.close), quote,
      row.change24h.map { percentText($0) } ?? "–",
      row.volatility7d.map { fixedText($0 * 100, decimals: 1) + " %" } ?? "–",
      volumeText(row.volume), age(asOf), "\(source)\(fetched)",
    ]
  }

  private func age(_ asOf: Instant) -> String {
    guard let end = facts.lastClose else { return "–" }
    let age = max(0, asOf - end)
    return age < 60 ? "0 min" : humanDuration(seconds: age)
  }

  private var fetched: String { fetchedAt.map { ", fetched \($0.spelled)" } ?? "" }

  func markdown(asOf: Instant) -> [String] {
    var blocks = [
      Markdown.heading(title, level: 2), Markdown.paragraph(AssetSummary(facts: facts).text),
    ]
    blocks += curves(asOf) + partTable(asOf)
    blocks.append(Markdown.paragraph("Source: \(source)\(fetchedText(fetchedAt, asOf: asOf)); \(newest(asOf))."))
    return blocks + (flows?.markdown(of: oneLine(facts.day.asset.symbol), asOf: asOf) ?? [])
  }

  private var title: String {
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
  private func curves(_ asOf: Instant) -> [String] {
    let hours = closes(until: asOf)
    var lines: [String] = []
    if let last = hours.last {
      let end = facts.rhythm.close(of: last.openTime).minute(within: row.day)
      lines.append(curve(hours.map(\.close)) + " hourly closes, 00:00 to \(end)")
    }
    if let first = dailyCloses.first, dailyCloses.count > 1 {
      let isOpen = facts.hasClose ? "" : ", the last one so far"
      lines.append(
        curve(dailyCloses.map(\.close)) + " daily closes, \(first.day.short) to \(row.day.short)\(isOpen)")
    }
    let hasHole = hours.contains { $0.close == nil } || dailyCloses.contains { $0.close == nil }
    if hasHole { lines.append("A dot stands for a close that is missing.") }
    var blocks = lines.isEmpty ? [] : [lines.map { "- " + $0 }.joined(separator: "\n")]
    if let extremes, !hours.isEmpty {
      blocks.append(
        Markdown.paragraph(
          "High \(price(extremes.high.high)) \(quote) in the hour from \(extremes.high.openTime.minute), "
            + "low \(price(extremes.low.low)) \(quote) in the hour from \(extremes.low.openTime.minute)."))
    }
    return blocks
  }

  private func partTable(_ asOf: Instant) -> [String] {
    let parts = parts(until: asOf)
    guard !parts.isEmpty else { return [] }
    let columns: [Column] = [
      .text("Day part"), .text("Hours"), .figure("Open"), .figure("High"), .figure("Low"), .figure("Close"),
      .figure("Return"), .figure("Bars"),
    ]
    let rows = parts.map { part in
      [
        part.part.title, part.part.hours, price(part.open), price(part.high), price(part.low), price(part.close),
        part.change.map { percentText($0) } ?? "–", "\(part.bars.count) of \(expected(part.part, asOf))",
      ]
    }
    return [PaddedTable(columns: columns, rows: rows).text]
  }

  /// Bars of a part that are closed at the report's instant.
  private func expected(_ part: DayPart, _ asOf: Instant) -> Int {
    let start = part.start(of: row.day)
    let end = facts.rhythm.grid.lastOpening(notAfter: min(part.end(of: row.day), max(asOf, facts.lastClose ?? start)))
    return start < end ? facts.rhythm.count(in: start...end - 1) : 0
  }
}

/// A curve in one line, as code so that its bars keep their width; what is missing is a dot.
func curve(_ values: [Double?]) -> String {
  "`" + String(sparkline(of: values).map { $0 == " " ? "·" : $0 }) + "`"
}
