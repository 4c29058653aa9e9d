import Market

/// The bars in an answer to `/api/v3/klines`: oldest first, hours of maintenance left out, the running one last.
struct BinanceReading {
  let question: CandleQuestion
  let limit: Int
  let safety: Int64

  func read(_ answer: Answer) throws(ReadingError) -> Reading {
    let series = question.series(at: Binance.name)
    let rhythm = series.rhythm(of: .crypto, safety: safety)
    let lastFinal = rhythm.newestFinal(at: answer.madeAt)
    var gathering = BarGathering(
      grid: rhythm.grid, window: question.windowSeconds, strays: .refused, lastFinal: lastFinal,
      expecting: min(limit, answer.body.count / 100 + 1))
    let (bars, refusals) = try gathering.bars(BinanceKline.self, of: answer.body)
    return Reading(
      series: series, facts: .bars(bars), refusals: refusals,
      covers: stretch(gathering, lastFinal))
  }

  /// What was asked for, as far as it is final; a full page speaks only up to its last row.
  private func stretch(_ gathering: BarGathering, _ lastFinal: Instant) -> ClosedRange<Instant>? {
    guard let window = question.window else {
      return ClosedRange<Int64>.instants(gathering.firstSeen, min(gathering.lastSeen, lastFinal.epochSeconds))
    }
    var last = min(window.upperBound, lastFinal).epochSeconds
    if gathering.rowCount >= limit { last = min(last, gathering.lastSeen) }
    return ClosedRange<Int64>.instants(window.lowerBound.epochSeconds, last)
  }
}
