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

  init(_ plan: ColumnPlan, rows: [[String]], order: ImportOrder) throws(FileRefusal) {
    self.order = order
    step = order.interval.seconds
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
      try findOrder(rows)
      try look(at: rows)
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

  // MARK: What the first rows tell

  /// Day or month first: a number above 12 in one place tells.
  private mutating func findOrder(_ rows: [[String]]) throws(FileRefusal) {
    guard reader.order == nil else { return }
    var above = (first: 0, second: 0)
    var example: String?
    for row in rows {
      for column in [time, text].compactMap({ $0 }) where column < row.count {
        var field = row[column]
        let pair = field.withUTF8 { bytes in bytes.baseAddress.flatMap { TimeText.dayAndMonth($0, 0..<bytes.count) } }
        guard let pair else { continue }
        example = example ?? row[column]
        if pair.0 > 12 { above.first += 1 }
        if pair.1 > 12 { above.second += 1 }
      }
    }
    guard let example else { return }
    guard above.first != above.second else {
      throw FileRefusal(
        "dates such as \(Excerpt.of(example, limit: 40)) can be read with the day or the month first",
        hint: "Say which with --date-order dmy or --date-order mdy")
    }
    reader.order = above.first > above.second ? .dmy : .mdy
  }

  private mutating func look(at rows: [[String]]) throws(FileRefusal) {
    var seen: [EpochUnit: (on: Int, off: Int)] = [:]
    var keys: [Int64] = []
    var walls = 0
    var needsZone = false
    for row in rows {
      guard let written = written(row) else { continue }
      switch written {
      case .epoch(let seconds, let isWhole, let unit):
        let isOn = isWhole && (isOnGrid(seconds) || order.hasSessions && step >= 86_400)
        seen[unit, default: (0, 0)].on += isOn ? 1 : 0
        seen[unit, default: (0, 0)].off += isOn ? 0 : 1
        if step >= 86_400, seconds % 86_400 != 0, order.hasSessions { needsZone = true }
        if isOn { keys.append(seconds) }
      case .wall(let seconds, _, let offset):
        walls += 1
        if step < 86_400, offset == nil, order.hasSessions { needsZone = true }
        keys.append(seconds - (step < 86_400 ? offset ?? 0 : 0))
      }
    }
    if needsZone, clock == nil {
      throw FileRefusal(
        "its times bear no offset from UTC, and the asset is of a market with opening hours",
        hint: "Say whose clock they are: --time-zone America/New_York")
    }
    untrusted = Set(seen.filter { $0.value.off > $0.value.on && $0.value.off > 2 }.keys)
    try checkTrust(seen: seen, walls: walls, rows: rows)
    try checkStep(keys)
    isDescending = (keys.first ?? 0) > (keys.last ?? 0)
    let units = ["s", "ms", "µs", "ns"]
    words =
      seen.isEmpty
      ? "times as text" : "times in " + seen.keys.map(\.rawValue).sorted().map { units[$0] }.joined(separator: " and ")
  }

  private func checkTrust(seen: [EpochUnit: (on: Int, off: Int)], walls: Int, rows: [[String]]) throws(FileRefusal) {
    let read = seen.values.reduce(0) { $0 + $1.on + $1.off } + walls
    if read == 0, rows.count > 2 {
      throw FileRefusal(
        "not one time in its first \(rows.count) rows can be read (\(Excerpt.of(rows[0].joined(separator: ", "), limit: 80)))",
        hint: "Name the column that holds it: --map time=NAME")
    }
    guard walls == 0, text == nil, !untrusted.isEmpty, untrusted.count == seen.count else { return }
    let off = seen.values.reduce(0) { $0 + $1.off }
    throw FileRefusal(
      "\(off) of the first \(read) times do not open a bar of \(order.interval)",
      hint: "They may be rounded, which no reader can undo, or of another interval than --interval \(order.interval)")
  }

  /// The commonest distance of two rows is the interval.
  private func checkStep(_ keys: [Int64]) throws(FileRefusal) {
    let sorted = Set(keys).sorted()
    guard sorted.count > 3, order.dataset == .bar else { return }
    var counts: [Int64: Int] = [:]
    for (a, b) in zip(sorted, sorted.dropFirst()) { counts[b - a, default: 0] += 1 }
    guard let most = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }), most.key != step,
      most.value * 2 > sorted.count
    else { return }
    let known = Interval.allCases.first { $0.seconds == most.key }
    throw FileRefusal(
      "its rows lie \(known.map(\.rawValue) ?? "\(most.key) s") apart, not \(order.interval)",
      hint: known.map { "Say --interval \($0)" }
        ?? "Bars are of \(Interval.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  private func written(_ row: [String]) -> WrittenTime? {
    func read(_ column: Int?) -> WrittenTime? {
      guard let column, column < row.count else { return nil }
      var field = row[column]
      return field.withUTF8 { bytes in bytes.baseAddress.flatMap { reader.read($0, 0..<bytes.count) } }
    }
    guard let main = read(time) else { return read(text) }
    guard let clockColumn, clockColumn < row.count, case .wall(let seconds, false, _) = main else { return main }
    var field = row[clockColumn]
    let time = field.withUTF8 { bytes in bytes.baseAddress.flatMap { TimeText.timeOfDay($0, 0..<bytes.count) } }
    return time.map { .wall(seconds: seconds + $0, hasTime: true, offset: nil) }
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
      guard isWhole, !untrusted.contains(unit) else { return .refused(.wrongTime, "its epoch is not a whole second") }
      guard order.hasSessions, step >= 86_400, seconds % 86_400 != 0 else { return onGrid(seconds) }
      return .key(Instant(epochSeconds: seconds + offset(at: seconds)).day.start.epochSeconds)
    case .wall(let seconds, _, let offset):
      // The day of a market with sessions is the one that its own calendar shows, whatever the offset.
      if step >= 86_400, order.hasSessions { return .key(Instant(epochSeconds: seconds).day.start.epochSeconds) }
      if let offset { return onGrid(seconds - offset) }
      return local(seconds)
    }
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
