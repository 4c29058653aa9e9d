import Formats
import Market

/// Flows from the table of a page. A day without its sum, or with a cell that is no number, is refused whole.
struct FarsideReading {
  let series: SeriesKey
  let madeAt: Instant
  /// The first day that the page can hold.
  let firstDay: Day?

  /// How far the sum of the funds may be from the total that the page prints, in dollars.
  private static let tolerance: Int64 = 150_000

  func read(_ table: FarsideTable) throws(ReadingError) -> Reading {
    var days = DayTable<[EtfFlow]>()
    var dated: [Day] = []
    for row in table.rows {
      guard let day = date(of: row, table) else { continue }
      guard day.start <= madeAt else {
        days.refuse(refusal(.wrongTime, day, "\(day) has not begun", row))
        continue
      }
      if let firstDay, day < firstDay {
        days.refuse(refusal(.wrongTime, day, "\(day) lies before what was asked", row))
        continue
      }
      dated.append(day)
      do throws(RowRefused) {
        days.add(try flows(on: day, in: row, table), on: day, excerpt: excerpt(of: row))
      } catch {
        days.refuse(error.refusal)
      }
    }
    guard let first = dated.min(), let last = dated.max() else {
      throw .shapeChanged(expected: "rows that begin with a date", found: "none", offset: nil)
    }
    let (rows, _, refusals) = days.settled { .flows($0) }
    return Reading(
      series: series, facts: .flows(rows.flatMap { $0 }), refusals: refusals, covers: first.start...last.start)
  }

  /// `nil` for the other rows: `Total`, `Average`, `Maximum`, `Minimum`, `Fee`, `Seed`.
  private func date(of row: HTMLTable.Row, _ table: FarsideTable) -> Day? {
    guard table.dateColumn < row.cells.count else { return nil }
    return Day(dayMonthYear: row.cells[table.dateColumn].text)
  }

  private func flows(on day: Day, in row: HTMLTable.Row, _ table: FarsideTable) throws(RowRefused) -> [EtfFlow] {
    guard row.cells.count == table.columnCount else {
      let detail = "\(row.cells.count) cells under \(table.columnCount) headers"
      throw RowRefused(refusal(.malformed, day, detail, row))
    }
    var flows: [EtfFlow] = []
    var sum: Int64 = 0
    for fund in table.funds {
      let dollars = try dollars(in: fund.column, named: fund.ticker, on: day, row)
      let (added, overflow) = sum.addingReportingOverflow(dollars ?? 0)
      guard !overflow else { throw RowRefused(refusal(.outOfBounds, day, "the sum exceeds 64 bits", row)) }
      sum = added
      guard (dollars ?? 0).magnitude <= EtfFlow.largest else {
        throw RowRefused(refusal(.outOfBounds, day, "\(dollars ?? 0) dollars under \(fund.ticker) are absurd", row))
      }
      flows.append(EtfFlow(day: day, ticker: fund.ticker, netFlowUSD: dollars))
    }
    if let total = try dollars(in: table.totalColumn, named: "Total", on: day, row) {
      let (difference, overflow) = total.subtractingReportingOverflow(sum)
      guard !overflow, (-Self.tolerance...Self.tolerance).contains(difference) else {
        let detail = "the funds add up to \(sum) dollars, the total says \(total)"
        throw RowRefused(refusal(.contradictory, day, detail, row, saying: flows))
      }
    }
    return flows
  }

  /// Millions of dollars as dollars; `nil` for a dash or nothing, which mean that the fund has not reported.
  private func dollars(
    in column: Int, named name: String, on day: Day, _ row: HTMLTable.Row
  ) throws(RowRefused) -> Int64? {
    let text = row.cells[column].text
    if text.isEmpty || text == "-" || text == "–" || text == "—" { return nil }
    let isNegative = text.hasPrefix("(") && text.hasSuffix(")")
    let digits = isNegative ? text.dropFirst().dropLast() : text[...]
    guard let amount = DecimalUnits.whole(digits.utf8, scale: 6, grouped: true), !isNegative || amount >= 0 else {
      throw RowRefused(refusal(.notANumber, day, "'\(Excerpt.of(text, limit: 40))' under \(name) is no number", row))
    }
    return isNegative ? -amount : amount
  }

  private func refusal(
    _ reason: RefusalReason, _ day: Day, _ detail: String, _ row: HTMLTable.Row, saying flows: [EtfFlow]? = nil
  ) -> Refusal {
    Refusal(
      reason: reason, at: day.start, detail: detail, excerpt: excerpt(of: row), row: flows.map { .flows($0) })
  }

  private func excerpt(of row: HTMLTable.Row) -> String {
    Excerpt.of(row.cells.map(\.text).joined(separator: " | "))
  }
}
