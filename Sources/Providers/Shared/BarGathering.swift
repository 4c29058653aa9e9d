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

  /// Reads an array of rows. A row of the wrong shape costs itself; broken JSON throws and costs everything.
  mutating func gather<Shape: CandleShape>(_ shape: Shape.Type, from cursor: inout JSONCursor) throws(JSONFault) {
    var more = try cursor.enterArray()
    while more {
      rowCount += 1
      let start = cursor.offset
      do throws(JSONFault) {
        let row = try Shape.row(&cursor)
        add(row, from: start, cursor)
      } catch {
        cursor.offset = start
        try cursor.skipValue(toleratingWords: true)
        refuseShapeless(shape, error, from: start, cursor)
      }
      more = try cursor.nextElement()
    }
  }

  /// The bars, oldest first and no opening twice, and what was refused.
  ///
  /// Copies of a row are one; rows that contradict each other are refused together.
  mutating func finish(_ cursor: JSONCursor) -> (bars: [Bar], refusals: [Refusal]) {
    if !isAscending { settleOrder(cursor) }
    return (bars, refusals)
  }

  // MARK: One row

  @inline(__always)
  private mutating func add(_ row: CandleRow, from start: Int, _ cursor: JSONCursor) {
    let seconds = row.time.seconds
    guard row.time.isWhole, seconds == previous &+ grid.step || isPossible(seconds) else {
      return refuse(.wrongTime, row, "opens off the interval", from: start, cursor)
    }
    guard window.contains(seconds) else {
      if strays == .refused { refuse(.wrongTime, row, "opens outside what was asked", from: start, cursor) }
      return
    }
    firstSeen = min(firstSeen, seconds)
    lastSeen = max(lastSeen, seconds)
    guard seconds <= lastFinal else { return }
    guard row.isPossible else { return refuse(impossible: row, from: start, cursor) }
    if seconds <= previous { isAscending = false }
    previous = seconds
    bars.append(row.bar)
    starts.append(start)
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
    _ = try? row.skipValue(toleratingWords: true)  // it was read once before
    refusals.append(
      Refusal(
        reason: .contradictory, at: bar.openTime, detail: "the same opening time twice with different values",
        excerpt: Excerpt.of(row.bytes(from: start)), row: .bars([bar])))
  }
}
