import Market
import Metrics
import Rendering

extension FlowTable {
  /// A column a day, a row a fund, in millions of dollars.
  func blocks(of asset: String, asOf: Instant) -> [Block] {
    let columns = [Table.Column.text("Fund")] + days.map { Table.Column.figure(heading(of: $0)) }
    let rows = tickers.map { ticker in [Cell(oneLine(ticker))] + days.map { cell(flow(of: ticker, on: $0.day)) } }
    let total = ["All"] + days.map { cell($0.totalUSD) }
    return [
      .heading("Flows of the ETFs that hold \(asset)", level: 3), .paragraph(state),
      .figure(figure(of: asset)),
      .table(Table("Net flows of each fund, millions of US dollars", columns: columns, rows: rows + [total], sums: 1)),
      .paragraph(
        "In millions of US dollars; a dash is what is not reported or not yet final. Source: \(source)"
          + fetchedText(fetchedAt, asOf: asOf) + "."),
    ] + (assets.map { [.paragraph($0.words)] } ?? [])
  }

  /// The sums of the days, whose figures stand in the table.
  private func figure(of asset: String) -> DrawnFigure {
    let amounts = days.map { day in
      Drawing.Amount(day.day.short, day.totalUSD.map { Double($0) / 1e6 }, day.totalUSD.map(millions) ?? "–")
    }
    let words = days.map { "\($0.day.short) \($0.totalUSD.map(millions) ?? "not final")" }
    return DrawnFigure(
      "All funds that hold \(asset), net, a day: millions of US dollars. A grey band is a day that is not final.",
      alternative: "Net flows in millions of US dollars: \(words.joined(separator: ", ")).", drawing: .bars(amounts))
  }

  private var state: String {
    let today =
      switch facts.finality {
      case .final: "\(facts.day.short): \(facts.totalUSD.map(millionsText) ?? "no sum"), final."
      case .provisional: "\(facts.day.short) is provisional: funds still report, and there is no total yet."
      case .notReporting: "\(facts.day.short): no fund reported, as on a market holiday."
      case nil where facts.rest == .weekend: "There are no flows at weekends."
      case nil where facts.rest == .holiday: "There are no flows on market holidays."
      case nil: "There is no row for \(facts.day.short)."
      }
    guard let sum = facts.fiveDayUSD, let first = facts.fiveDays.first, let last = facts.fiveDays.last else {
      return today + " Fewer than five final days are known, so there is no five-day sum."
    }
    return today + " Five final days, \(first.short) to \(last.short): \(millionsText(sum))."
  }

  private func heading(of day: FlowDay) -> String {
    switch day.finality {
    case .final: day.day.short
    case .provisional: "\(day.day.short) (provisional)"
    case .notReporting: "\(day.day.short) (no reports)"
    }
  }

  private func cell(_ usd: Int64?) -> Cell {
    usd.map { Cell(millions($0), value: .integer($0), tone: $0 > 0 ? .rise : $0 < 0 ? .fall : nil) } ?? .missing
  }

  private func millionsText(_ usd: Int64) -> String { "\(millions(usd)) million USD" }

  /// `+1,222.6`, `−9.8`, `0.0`
  private func millions(_ usd: Int64) -> String {
    let tenths = Int64((Double(usd.magnitude) / 1e5).rounded())
    return (usd > 0 ? "+" : usd < 0 ? "−" : "") + "\(groupedText(tenths / 10)).\(tenths % 10)"
  }
}
