import Formats
import Market

/// Flows from the rows of an answer, in whichever order they came.
struct SoSoValueReading {
  let question: SoSoValueAddress.Question
  let madeAt: Instant

  func read(_ rows: [SoSoValuePayload.Row]) throws(ReadingError) -> Reading {
    if rows.isEmpty { throw .empty }
    var days = DayTable<EtfFlow>()
    for row in rows {
      do throws(RowRefused) {
        let flow = try flow(in: row)
        days.add(flow, on: flow.day, excerpt: row.excerpt)
      } catch {
        days.refuse(error.refusal)
      }
    }
    let (flows, _, refusals) = days.settled { .flows([$0]) }
    let series = SeriesKey(
      dataset: .etfFlow, provider: SoSoValue.name, providerSymbol: question.asset, interval: .day1)
    return Reading(series: series, facts: .flows(flows), refusals: refusals, covers: stretch(flows))
  }

  private func stretch(_ flows: [EtfFlow]) -> ClosedRange<Instant>? {
    guard let first = flows.first, let last = flows.last else { return nil }
    return first.day.start...last.day.start
  }

  /// The first day that can be among the rows asked for: they are sessions, of which five make a week, and it sends a month
  /// of them or more whatever is asked. Before the first fund there is none.
  private var firstDay: Day? {
    let begun = Day(year: 2024, month: 1, day: 11)
    let asked = question.limit.flatMap { (0...1000).contains($0) ? madeAt.day - max($0 * 3 / 2, 100) : nil }
    return [begun, asked].compactMap { $0 }.max()
  }

  private func flow(in row: SoSoValuePayload.Row) throws(RowRefused) -> EtfFlow {
    if let fault = row.fault { throw refused(.malformed, nil, "expected \(fault.rawValue) in the row", row) }
    guard let day = row.day else { throw refused(.malformed, nil, "the row has no date", row) }
    guard day.start <= madeAt else { throw refused(.wrongTime, day, "\(day) has not begun", row) }
    if let firstDay, day < firstDay { throw refused(.wrongTime, day, "\(day) lies before what was asked", row) }
    if let ticker = row.ticker, question.ticker != EtfFlow.total, ticker != question.ticker {
      throw refused(.contradictory, day, "a row of \(Excerpt.of(ticker, limit: 20)), not of \(question.ticker)", row)
    }
    guard let netFlow = row.netFlow else { throw refused(.malformed, day, "the row has no net flow", row) }
    let netAssets = try dollars(row.netAssets ?? .absent, "net assets", day, row)
    guard netAssets ?? 0 >= 0 else { throw refused(.outOfBounds, day, "net assets are negative", row) }
    let flow = try dollars(netFlow, "net flow", day, row)
    guard (flow ?? 0).magnitude <= EtfFlow.largest, (netAssets ?? 0).magnitude <= UInt64(BarRule.largestVolume) else {
      throw refused(.outOfBounds, day, "so many dollars are absurd", row)
    }
    return EtfFlow(day: day, ticker: question.ticker, netFlowUSD: flow, netAssetsUSD: netAssets)
  }

  private func dollars(
    _ amount: SoSoValuePayload.Amount, _ name: String, _ day: Day, _ row: SoSoValuePayload.Row
  ) throws(RowRefused) -> Int64? {
    switch amount {
    case .absent: nil
    case .dollars(let dollars): dollars
    case .notANumber: throw refused(.notANumber, day, "\(name) is no number", row)
    }
  }

  private func refused(
    _ reason: RefusalReason, _ day: Day?, _ detail: String, _ row: SoSoValuePayload.Row
  ) -> RowRefused {
    RowRefused(Refusal(reason: reason, at: day?.start, detail: detail, excerpt: row.excerpt))
  }
}
