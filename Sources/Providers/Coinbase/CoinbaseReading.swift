import Market

/// The bars in an answer to `/products/{product}/candles`: newest first, the running bucket among them, buckets without
/// trades left out, sometimes rows from before the start.
struct CoinbaseReading {
  let question: CandleQuestion
  let safety: Int64

  func read(_ answer: Answer) throws(ReadingError) -> Reading {
    let series = question.series(at: Coinbase.name)
    let rhythm = series.rhythm(of: .crypto, safety: safety)
    let lastFinal = rhythm.newestFinal(at: answer.madeAt)
    var gathering = BarGathering(
      grid: rhythm.grid, window: question.windowSeconds, strays: .dropped, lastFinal: lastFinal,
      expecting: Coinbase.pageRows)
    let (bars, refusals) = try gathering.bars(CoinbaseCandle.self, of: answer.body)
    return Reading(
      series: series, facts: .bars(bars), refusals: refusals,
      covers: stretch(gathering, lastFinal))
  }

  /// What was asked for, as far as it is final; a full page, newest first, speaks only down to its oldest row.
  private func stretch(_ gathering: BarGathering, _ lastFinal: Instant) -> ClosedRange<Instant>? {
    guard let window = question.window else {
      return ClosedRange<Int64>.instants(gathering.firstSeen, min(gathering.lastSeen, lastFinal.epochSeconds))
    }
    var first = window.lowerBound.epochSeconds
    if gathering.rowCount >= Coinbase.pageRows { first = max(first, gathering.firstSeen) }
    return ClosedRange<Int64>.instants(first, min(window.upperBound, lastFinal).epochSeconds)
  }
}
