import Formats
import Market

/// Collects the rows of one answer: believes what can be, refuses the rest row by row, leaves out what is not final.
struct BarGathering {
  /// What becomes of good rows outside the stretch that was asked for.
  enum Strays { case dropped, refused }

  let grid: OpeningGrid
  /// First and last opening asked for, in epoch seconds.
  let window: ClosedRange<Int64>
  let strays: Strays
  /// The newest opening that is final, in epoch seconds.
  let lastFinal: Int64

  /// Rows seen, whatever became of them.
  private(set) var rowCount = 0
  /// The earliest and latest opening among the rows whose time is possible and was asked for.
  private(set) var firstSeen = Int64.max
  private(set) var lastSeen = Int64.min
  private var bars: [Bar] = []
  /// Where in the answer each of `bars` begins.
  private var starts: [Int] = []
  private var refusals: [Refusal] = []
  /// Openings, within what was asked, of rows that are not among `bars`.
  private var otherOpenings: [Int64] = []
  private var previous = Int64.min
  private var isAscending = true

  init(grid: OpeningGrid, window: ClosedRange<Int64>?, strays: Strays, lastFinal: Instant, expecting rows: Int) {
    self.grid = grid
    self.window = window ?? Int64.min...Int64.max
    self.strays = strays
    self.lastFinal = lastFinal.epochSeconds
    bars.reserveCapacity(rows)
    starts.reserveCapacity(rows)
  }

  /// The bars of an answer, oldest first and no opening twice, and what was refused.
  ///
  /// A row of the wrong shape costs itself, and so does a broken byte; copies of a row are one; rows that contradict each
  /// other are refused together.
  ///
  /// - Parameter offset: where the rows begin, in a document that was looked through before; `nil` where they are all of it.
  /// - Throws: where the document is broken or its rows are of another interval than was asked for: nothing of it is
  ///   believed then.
  mutating func bars<Shape: CandleShape>(
    _ shape: Shape.Type, of body: [UInt8], from offset: Int? = nil
  ) throws(ReadingError) -> (bars: [Bar], refusals: [Refusal]) {
    var objection: ReadingError?
    do {
      try JSONCursor.reading(body) { (cursor) throws(JSONFault) in
        if let offset { cursor.offset = offset }
        try gather(shape, from: &cursor)
        if offset == nil { try cursor.expectEnd() }
        objection = self.objection(shape, cursor)
        if !isAscending { settleOrder(cursor) }
      }
    } catch {
      throw ReadingError(error, in: body)
    }
    if let objection { throw objection }
    return (bars, refusals)
  }

  private mutating func gather<Shape: CandleShape>(
    _ shape: Shape.Type, from cursor: inout JSONCursor
  ) throws(JSONFault) {
    var more = try cursor.enterArray()
    while more {
      rowCount += 1
      let start = cursor.offset
      do throws(JSONFault) {
        let row = try Shape.row(&cursor)
        add(row, from: start, cursor)
      } catch {
        cursor.offset = start
        try cursor.skipRow(of: .arrays)
        refuseShapeless(shape, error, from: start, cursor)
      }
      more = try passSeparator(shape, &cursor)
    }
  }

  /// Moves past what separates rows; where that is broken, the next row is lost with it.
  @inline(__always)
  private mutating func passSeparator<Shape: CandleShape>(
    _ shape: Shape.Type, _ cursor: inout JSONCursor
  ) throws(JSONFault) -> Bool {
    do throws(JSONFault) {
      return try cursor.nextElement()
    } catch {
      return try passBrokenSeparator(shape, &cursor, error)
    }
  }

  @inline(never)
  private mutating func passBrokenSeparator<Shape: CandleShape>(
    _ shape: Shape.Type, _ cursor: inout JSONCursor, _ fault: JSONFault
  ) throws(JSONFault) -> Bool {
    let start = cursor.offset
    guard (try? cursor.skipRow(of: .arrays)) != nil else { throw fault }
    rowCount += 1
    refuseShapeless(shape, fault, from: start, cursor)
    return try cursor.nextElement()
  }

  // MARK: The interval

  private func objection<Shape: CandleShape>(_ shape: Shape.Type, _ cursor: JSONCursor) -> ReadingError? {
    let spacing = RowSpacing(grid: grid)
    if !otherOpenings.allSatisfy(grid.opens) || !spacing.isKept(by: bars) {
      let openings = otherOpenings + bars.map(\.openTime.epochSeconds)
      if let objection = spacing.objection(to: openings) { return objection }
    }
    return spacing.objection(toLengths: lengths(shape, cursor))
  }

  /// The lengths of some of the bars, where they tell one: enough to know those of all.
  private func lengths<Shape: CandleShape>(_ shape: Shape.Type, _ cursor: JSONCursor) -> [Int64] {
    stride(from: 0, to: starts.count, by: max(1, starts.count / 8)).compactMap { index in
      var row = cursor
      row.offset = starts[index]
      return Shape.length(&row)
    }
  }

  // MARK: One row

  @inline(__always)
  private mutating func add(_ row: CandleRow, from start: Int, _ cursor: JSONCursor) {
    let seconds = row.time.seconds
    guard row.time.isWhole, seconds == previous &+ grid.step || isPossible(seconds) else {
      noteOpening(seconds)
      return refuse(.wrongTime, row, "opens off the interval", from: start, cursor)
    }
    guard window.contains(seconds) else {
      if strays == .refused { refuse(.wrongTime, row, "opens outside what was asked", from: start, cursor) }
      return
    }
    firstSeen = min(firstSeen, seconds)
    lastSeen = max(lastSeen, seconds)
    guard seconds <= lastFinal else { return noteOpening(seconds) }
    guard row.isPossible else {
      noteOpening(seconds)
      return refuse(impossible: row, from: start, cursor)
    }
    if seconds <= previous { isAscending = false }
    previous = seconds
    bars.append(row.bar)
    starts.append(start)
  }

  @inline(never)
  private mutating func noteOpening(_ seconds: Int64) {
    if window.contains(seconds), Instant.representable.contains(Instant(epochSeconds: seconds)) {
      otherOpenings.append(seconds)
    }
  }

  private func isPossible(_ seconds: Int64) -> Bool {
    Instant.representable.contains(Instant(epochSeconds: seconds)) && grid.opens(at: seconds)
  }

  // MARK: Refusals

  @inline(never)
  private mutating func refuse(impossible row: CandleRow, from start: Int, _ cursor: JSONCursor) {
    guard let fault = BarRule.fault(row.bar) ?? BarRule.priceFault(row.bar, mayBeNegative: false) else { return }
    refuse(fault.reason, row, fault.detail, from: start, cursor)
  }

  @inline(never)
  private mutating func refuse(
    _ reason: RefusalReason, _ row: CandleRow, _ detail: String, from start: Int, _ cursor: JSONCursor
  ) {
    let instant = Instant(epochSeconds: row.time.seconds)
    let at = Instant.representable.contains(instant) ? instant : nil
    refusals.append(
      Refusal(
        reason: reason, at: at, detail: detail, excerpt: Excerpt.of(cursor.bytes(from: start)),
        row: row.time.isWhole && isPossible(row.time.seconds) ? .bars([row.bar]) : nil))
  }

  @inline(never)
  private mutating func refuseShapeless<Shape: CandleShape>(
    _ shape: Shape.Type, _ fault: JSONFault, from start: Int, _ cursor: JSONCursor
  ) {
    refusals.append(
      Refusal(
        reason: fault.expected == .finiteDecimal ? .notANumber : .malformed, at: openTime(shape, at: start, cursor),
        detail: "expected \(fault.expected.rawValue) at byte \(max(0, fault.offset - start)) of the row",
        excerpt: Excerpt.of(cursor.bytes(from: start))))
  }

  /// The opening time of a row that is otherwise unreadable.
  private func openTime<Shape: CandleShape>(_ shape: Shape.Type, at start: Int, _ cursor: JSONCursor) -> Instant? {
    var again = cursor
    again.offset = start
    guard (try? again.enterArray()) == true, let number = try? again.integer() else { return nil }
    let instant = Instant(epochSeconds: Shape.time(number).seconds)
    return Instant.representable.contains(instant) ? instant : nil
  }

  // MARK: Order

  private mutating func settleOrder(_ cursor: JSONCursor) {
    let order = bars.indices.sorted { (bars[$0].openTime, $0) < (bars[$1].openTime, $1) }
    var settled: [Bar] = []
    settled.reserveCapacity(bars.count)
    var index = 0
    while index < order.count {
      let first = bars[order[index]]
      var copies = [order[index]]
      while index + copies.count < order.count, bars[order[index + copies.count]].openTime == first.openTime {
        copies.append(order[index + copies.count])
      }
      if copies.allSatisfy({ bars[$0] == first }) {
        settled.append(first)
      } else {
        copies.forEach { refuseContradiction(bars[$0], at: starts[$0], cursor) }
      }
      index += copies.count
    }
    bars = settled
  }

  private mutating func refuseContradiction(_ bar: Bar, at start: Int, _ cursor: JSONCursor) {
    var row = cursor
    row.offset = start
    _ = try? row.skipRow(of: .arrays)  // it was read once before
    refusals.append(
      Refusal(
        reason: .contradictory, at: bar.openTime, detail: "the same opening time twice with different values",
        excerpt: Excerpt.of(row.bytes(from: start)), row: .bars([bar])))
  }
}
