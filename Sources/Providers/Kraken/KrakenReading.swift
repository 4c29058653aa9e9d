import Formats
import Market

/// The bars in an answer to `/0/public/OHLC`: oldest first, the running one always last.
struct KrakenReading {
  let question: KrakenAddress.Question
  let safety: Int64

  func read(_ answer: Answer, _ payload: KrakenPayload) throws(ReadingError) -> Reading {
    let rows = try rows(in: payload)
    let series = SeriesKey(
      dataset: .bar, provider: Kraken.name, providerSymbol: question.pair, interval: question.interval)
    let rhythm = series.rhythm(of: .crypto, safety: safety)
    let lastFinal = lastFinal(answer, payload, rhythm)
    var gathering = BarGathering(
      grid: rhythm.grid, window: question.first.map { $0.epochSeconds...Int64.max }, strays: .dropped,
      lastFinal: lastFinal,
      expecting: Int(Kraken.reach) + 1)
    let (bars, refusals) = try gathering.bars(KrakenEntry.self, of: answer.body, from: rows)
    guard gathering.rowCount > 0 else { throw .empty }  // the running row at least is always there
    return Reading(
      series: series, facts: .bars(bars), refusals: refusals,
      covers: stretch(gathering, lastFinal, answer, rhythm.grid))
  }

  /// Where the rows begin. The only pair in the result must be the one that was asked for, under whatever name.
  func rows(in payload: KrakenPayload) throws(ReadingError) -> Int {
    guard let pair = payload.pairs.first, payload.pairs.count == 1 else {
      let found = payload.hasResult ? "\(payload.pairs.count) pairs" : "no result"
      throw .shapeChanged(expected: "one pair in the result", found: found, offset: nil)
    }
    guard KrakenPair.isSame(question.pair, pair.name) else {
      throw .shapeChanged(
        expected: "rows of \(question.pair)", found: "rows of \(Excerpt.of(pair.name, limit: 40))", offset: pair.offset)
    }
    return pair.offset
  }

  /// By the clock, and never after the `last` that Kraken names: a cached answer may still hold the row that ran when it
  /// was made.
  private func lastFinal(_ answer: Answer, _ payload: KrakenPayload, _ rhythm: Rhythm) -> Instant {
    let byClock = rhythm.newestFinal(at: answer.madeAt)
    return payload.last.map { min(byClock, Instant(epochSeconds: $0)) } ?? byClock
  }

  /// From the first opening asked for where Kraken reaches back to it, else from the oldest row.
  private func stretch(
    _ gathering: BarGathering, _ lastFinal: Instant, _ answer: Answer, _ grid: OpeningGrid
  ) -> ClosedRange<Instant>? {
    let oldest = grid.lastOpening(notAfter: answer.madeAt) - (Kraken.reach - 1) * grid.step
    let isInReach = question.first.map { $0 >= oldest } ?? false
    let first = isInReach ? question.first?.epochSeconds ?? gathering.firstSeen : gathering.firstSeen
    guard first < Int64.max else { return nil }
    return ClosedRange<Int64>.instants(
      grid.firstOpening(notBefore: Instant(epochSeconds: first)).epochSeconds,
      min(lastFinal.epochSeconds, gathering.lastSeen))
  }
}
