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

  private func flow(in row: SoSoValuePayload.Row) throws(RowRefused) -> EtfFlow {
    guard let day = row.day else { throw refused(.malformed, nil, "the row has no date", row) }
    guard day.start <= madeAt else { throw refused(.wrongTime, day, "\(day) has not begun", row) }
    if let ticker = row.ticker, question.ticker != EtfFlow.total, ticker != question.ticker {
      throw refused(.contradictory, day, "a row of \(Excerpt.of(ticker, limit: 20)), not of \(question.ticker)", row)
    }
    guard let netFlow = row.netFlow else { throw refused(.malformed, day, "the row has no net flow", row) }
    let netAssets = try dollars(row.netAssets ?? .absent, "net assets", day, row)
    guard netAssets ?? 0 >= 0 else { throw refused(.outOfBounds, day, "net assets are negative", row) }
    return EtfFlow(
      day: day, ticker: question.ticker, netFlowUSD: try dollars(netFlow, "net flow", day, row),
      netAssetsUSD: netAssets)
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
