import Formats
import Market

/// A row of an answer that should be a bar, as it was sent.
struct SessionRow {
  /// The opening of its bar, or the start of the day of its session; `nil` where it bears no time.
  let key: Instant?
  /// Open, high, low, close.
  let prices: [Amount]
  /// None is told of indices and currencies.
  let volume: Amount
  /// Its bytes in the answer.
  let bytes: Range<Int>
}

/// The bars among the rows of one answer of a market that may have sessions, in whichever order they came.
///
/// A row outside the sessions (an auction, trading before and after hours) is no bar and no fault; a day on which the market
/// was closed is one. Copies of a row are one, rows that contradict each other are refused together.
struct SessionBars {
  let rhythm: Rhythm
  /// First and last opening asked for.
  let window: ClosedRange<Instant>
  /// The newest opening that is final; later rows are left out.
  let newest: Instant
  let body: [UInt8]

  /// - Throws: where the rows are of another interval than was asked for: nothing of the answer is believed then.
  func bars(of rows: [SessionRow]) throws(ReadingError) -> (bars: [Bar], refusals: [Refusal]) {
    var refusals = rows.filter { $0.key == nil }.map { refusal(.malformed, $0, "the row has no time") }
    let timed = rows.filter { $0.key.map(Instant.representable.contains) ?? false }
      .sorted { ($0.opening, $0.bytes.lowerBound) < ($1.opening, $1.bytes.lowerBound) }
    if let objection = spacing(timed) { throw objection }
    var sessions = SessionWalk(rhythm: rhythm, last: newest)
    var bars: [Bar] = []
    bars.reserveCapacity(timed.count)
    var index = 0
    while index < timed.count {
      let first = index
      while index < timed.count, timed[index].opening == timed[first].opening { index += 1 }
      let (bar, refused) = settle(timed[first..<index], &sessions)
      if let bar { bars.append(bar) }
      refusals += refused
    }
    return (bars, refusals)
  }

  /// What the rows of one opening come to.
  private func settle(
    _ rows: ArraySlice<SessionRow>, _ sessions: inout SessionWalk
  ) -> (bar: Bar?, refused: [Refusal]) {
    guard let key = rows.first?.opening else { return (nil, []) }
    guard window.contains(key) else {
      return (nil, rows.map { refusal(.wrongTime, $0, "lies outside what was asked") })
    }
    guard key <= newest else { return (nil, []) }
    guard sessions.hasBar(at: key) else {
      return (nil, fault(at: key).map { fault in rows.map { refusal(.wrongTime, $0, fault) } } ?? [])
    }
    var (found, refused): ([Bar], [Refusal]) = ([], [])
    for row in rows {
      switch bar(row, key) {
      case .success(let bar): if !found.contains(bar) { found.append(bar) }
      case .failure(let fault): refused.append(fault.refusal)
      }
    }
    guard found.count > 1 else { return (found.first, refused) }
    return (
      nil,
      rows.compactMap { row in
        guard case .success(let bar) = bar(row, key) else { return nil }
        return refusal(.contradictory, row, "the same opening time twice with different values", .bars([bar]))
      } + refused
    )
  }

  /// What is wrong with a time at which there is no bar; `nil` where the market was merely closed within the day.
  private func fault(at key: Instant) -> String? {
    if rhythm.grid.step >= 86_400 {
      return rhythm.grid.opens(at: key.epochSeconds) ? "no session on that day" : "opens off the interval"
    }
    return rhythm.isExact && rhythm.isClosed(at: key) ? nil : "opens off the interval"
  }

  /// By its key the number of the row that counts: the first of those that can be a bar.
  func believable(among rows: [SessionRow]) -> [Instant: Int] {
    var found: [Instant: Int] = [:]
    for (index, row) in rows.enumerated() {
      guard let key = row.key, found[key] == nil, case .success = bar(row, key) else { continue }
      found[key] = index
    }
    return found
  }

  private func bar(_ row: SessionRow, _ key: Instant) -> Result<Bar, RowRefused> {
    let prices = row.prices.compactMap(\.number)
    guard prices.count == 4 else {
      let name = zip(["open", "high", "low", "close"], row.prices).first { $0.1.number == nil }?.0 ?? "a price"
      return .failure(RowRefused(refusal(.notANumber, row, "\(name) is no number")))
    }
    if row.volume == .notANumber { return .failure(RowRefused(refusal(.notANumber, row, "volume is no number"))) }
    let bar = Bar(
      openTime: key, open: prices[0], high: prices[1], low: prices[2], close: prices[3],
      volume: row.volume.number ?? 0)
    guard let fault = BarRule.fault(bar) ?? BarRule.priceFault(bar, mayBeNegative: false) else { return .success(bar) }
    return .failure(RowRefused(refusal(fault.reason, row, fault.detail, .bars([bar]))))
  }

  private func refusal(
    _ reason: RefusalReason, _ row: SessionRow, _ detail: String, _ fact: Facts? = nil
  ) -> Refusal {
    Refusal(reason: reason, at: row.key, detail: detail, excerpt: Excerpt.of(body[row.bytes]), row: fact)
  }

  /// Few rows may lie apart by chance: days with holidays between them, minutes of what is seldom traded.
  private func spacing(_ rows: [SessionRow]) -> ReadingError? {
    guard rows.count >= (rhythm.grid.step >= 86_400 ? 5 : 20) else { return nil }
    return RowSpacing(grid: rhythm.grid).objection(to: rows.map(\.opening.epochSeconds))
  }
}

extension SessionRow {
  /// The key, of a row that has one.
  fileprivate var opening: Instant { key ?? Instant.representable.lowerBound }
}

/// Goes through expected openings beside rows that are in order, so that a session is looked up once and not once a row.
private struct SessionWalk {
  let rhythm: Rhythm
  let last: Instant
  private var keys: ExpectedKeys?
  private var upcoming: Instant?

  init(rhythm: Rhythm, last: Instant) {
    self.rhythm = rhythm
    self.last = last
  }

  /// Whether a bar opens there; `key` is neither before the one asked about last nor behind `last`.
  mutating func hasBar(at key: Instant) -> Bool {
    guard rhythm.isExact else { return rhythm.grid.opens(at: key.epochSeconds) }
    if upcoming.map({ key - $0 > 86_400 }) ?? true {
      keys = rhythm.keys(in: key...last)
      upcoming = keys?.next()
    }
    while let next = upcoming, next < key { upcoming = keys?.next() }
    return upcoming == key
  }
}
