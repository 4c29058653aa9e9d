import Formats
import Market

/// The times of a file: how its first rows write them, and what instant or day each means.
struct TimeColumn {
  /// What a row's time comes to.
  enum Placed {
    /// The key of the row, in epoch seconds.
    case key(Int64)
    case refused(RefusalReason, String)
  }

  private let order: ImportOrder
  private let step: Int64
  private let grid: OpeningGrid
  private let time: Int
  private let text: Int?
  private let clockColumn: Int?
  private let wantsDays: Bool
  private var reader: TimeText
  private var clock: LocalClock?
  /// Units of epochs that are rounded in this file: nearly none sits on the interval.
  private var untrusted: Set<EpochUnit> = []
  private var isDescending = false
  private var lastKey: Int64?
  private(set) var ambiguous = 0
  private(set) var skipped = 0
  /// What was found, for people: `times in ms`.
  private(set) var words = ""

  init(_ plan: ColumnPlan, rows: [[String]], header: [String] = [], order: ImportOrder) throws(FileRefusal) {
    self.order = order
    step = order.interval.seconds
    wantsDays = order.wantsDays
    grid = order.rhythm.grid
    time = plan[.time] ?? 0
    text = plan[.text]
    clockColumn = plan[.clock]
    reader = TimeText(order: order.dateOrder)
    if let name = order.timeZone {
      guard let clock = LocalClock(name) else {
        throw FileRefusal(
          "the tz database has no place '\(name)'", hint: "Write it like America/New_York, Europe/London or UTC")
      }
      self.clock = clock
    }
    if order.isSettled {
      follow(order.findings)
    } else {
      let evidence = try TimeEvidence(plan, rows: rows, header: header, order: order)
      (reader.order, untrusted) = (evidence.dateOrder, evidence.untrusted)
      (isDescending, words) = (evidence.isDescending, evidence.words)
    }
  }

  // MARK: What was settled

  private mutating func follow(_ findings: FileFindings) {
    untrusted = Set((findings["rounded"] ?? "").split(separator: " ").compactMap { Int($0).flatMap(EpochUnit.init) })
    isDescending = findings["descending"] != nil
  }

  /// Puts what was found into an order that is stored.
  func settle(_ order: inout ImportOrder) {
    order.dateOrder = reader.order
    let rounded = untrusted.map(\.rawValue).sorted().map(String.init).joined(separator: " ")
    order.findings["rounded"] = rounded.isEmpty ? nil : rounded
    order.findings["descending"] = isDescending ? "1" : nil
  }

  // MARK: A row

  /// The key of a row.
  @inline(__always)
  mutating func place(_ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow) -> Placed {
    // The plainest of all first: an epoch in seconds or milliseconds on the interval.
    let field = row[time]
    guard let written = reader.read(bytes, field.range) else { return second(bytes, row, nil) }
    if case .epoch(let seconds, true, let unit) = written, step < 86_400, untrusted.isEmpty || !untrusted.contains(unit)
    {
      let key = order.stampsEnd ? seconds - step : seconds
      if isOnGrid(key) {
        lastKey = key
        return .key(key)
      }
    }
    return slowly(bytes, row, written)
  }

  @inline(never)
  private mutating func slowly(
    _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ written: WrittenTime
  ) -> Placed {
    var written = written
    if let clockColumn, case .wall(let seconds, false, _) = written {
      guard let time = TimeText.timeOfDay(bytes, row[clockColumn].range) else {
        return .refused(.wrongTime, "its time of day cannot be read")
      }
      written = .wall(seconds: seconds + time, hasTime: true, offset: nil)
    }
    let first = meaning(of: written)
    if case .refused(let reason, let detail) = first { return second(bytes, row, (reason, detail)) }
    if case .key(let key) = first { lastKey = key }
    return first
  }

  /// The text beside a damaged epoch, or the refusal.
  @inline(never)
  private mutating func second(
    _ bytes: UnsafePointer<UInt8>, _ row: borrowing DelimitedRow, _ refusal: (RefusalReason, String)?
  ) -> Placed {
    let refusal = refusal ?? (.wrongTime, "its time cannot be read")
    guard let text, text < row.count, let written = reader.read(bytes, row[text].range),
      case .wall(_, let hasTime, _) = written, hasTime || step >= 86_400, case .key(let key) = meaning(of: written)
    else { return .refused(refusal.0, refusal.1) }
    lastKey = key
    return .key(key)
  }

  private mutating func meaning(of written: WrittenTime) -> Placed {
    switch written {
    case .epoch(let seconds, let isWhole, let unit):
      if DayEnd.isStamped(seconds, step), clock == nil { return onGrid(seconds - 86_399) }
      guard isWhole, !untrusted.contains(unit) else { return .refused(.wrongTime, "its epoch is not a whole second") }
      guard wantsDays, seconds % 86_400 != 0 else { return onGrid(seconds) }
      return .key(Instant(epochSeconds: seconds + offset(at: seconds)).day.start.epochSeconds)
    case .wall(let seconds, _, let offset):
      if wantsDays { return .key(day(seconds, offset)) }
      let seconds = DayEnd.isStamped(seconds, step) ? seconds - 86_399 : seconds
      if let offset { return onGrid(seconds - offset) }
      return local(seconds)
    }
  }

  /// The day of a market with sessions is the one that its own calendar shows: where its place was told and the text
  /// bears an offset, the day there; else the one that is written.
  private mutating func day(_ seconds: Int64, _ offset: Int64?) -> Int64 {
    guard clock != nil, let offset else { return Instant(epochSeconds: seconds).day.start.epochSeconds }
    let instant = seconds - offset
    return Instant(epochSeconds: instant + self.offset(at: instant)).day.start.epochSeconds
  }

  /// Seconds east of UTC at an instant, as far as the place is known.
  private mutating func offset(at seconds: Int64) -> Int64 {
    // Near enough for telling the day: sessions do not open in the hour in which clocks are changed.
    if case .one(let offset) = clock?.meaning(of: seconds) { return offset }
    return 0
  }

  private mutating func local(_ wall: Int64) -> Placed {
    guard clock != nil else { return onGrid(wall) }
    switch clock?.meaning(of: wall) {
    case .one(let offset)?: return onGrid(wall - offset)
    case .two(let first, let second)?:
      ambiguous += 1
      // The clocks showed this time twice; the rows are in order, so the one before tells which it is.
      let (earlier, later) = (wall - first, wall - second)
      let shift = order.stampsEnd ? step : 0
      if isDescending { return onGrid(lastKey.map { later < $0 + shift } ?? true ? later : earlier) }
      return onGrid(lastKey.map { earlier > $0 + shift } ?? true ? earlier : later)
    case .none?, nil:
      skipped += 1
      return .refused(.wrongTime, "the clocks of \(order.timeZone ?? "UTC") skipped this time")
    }
  }

  private func onGrid(_ seconds: Int64) -> Placed {
    let key = order.stampsEnd && step < 86_400 ? seconds - step : seconds
    guard Instant.representable.contains(Instant(epochSeconds: key)) else {
      return .refused(.wrongTime, "its time lies outside the years 1 to 9999")
    }
    if isOnGrid(key) { return .key(key) }
    // What is off the interval and before the epoch is a mark for a missing time, such as -1, and no time.
    return .refused(
      .wrongTime, key < 0 ? "its time cannot be read" : "\(Instant(epochSeconds: key)) opens off the interval")
  }

  @inline(__always)
  private func isOnGrid(_ seconds: Int64) -> Bool { grid.opens(at: seconds) }
}
