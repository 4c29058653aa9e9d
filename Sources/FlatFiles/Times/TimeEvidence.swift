import Formats
import Market

/// What the first rows of a file tell of its times, held against what was said of them.
struct TimeEvidence {
  /// What a date of three numbers begins with; `nil` where there are none.
  private(set) var dateOrder: ImportOrder.DateOrder?
  /// Units of epochs that are rounded in this file: nearly none sits on the interval.
  private(set) var untrusted: Set<EpochUnit> = []
  private(set) var isDescending = false
  /// What was found, for people: `times in ms`.
  private(set) var words = ""

  private let order: ImportOrder
  private let plan: ColumnPlan
  private let rows: [[String]]
  private let time: Int
  private let text: Int?
  private var reader: TimeText { TimeText(order: dateOrder) }

  /// - Throws: what is refused, or asked.
  init(_ plan: ColumnPlan, rows: [[String]], header: [String], order: ImportOrder) throws(FileRefusal) {
    self.order = order
    self.plan = plan
    self.rows = rows
    time = plan[.time] ?? 0
    text = plan[.text]
    dateOrder = order.dateOrder
    try DateOrderEvidence(rows, [time, text].compactMap { $0 }, order).find(&dateOrder)
    try look(header)
  }

  private struct Seen {
    var units: [EpochUnit: (on: Int, off: Int)] = [:]
    var epochs: [(seconds: Int64, unit: EpochUnit, text: Int64?)] = []
    var keys: [Int64] = []
    var walls = 0
    var needsZone = false
    var isLocal = false
  }

  private mutating func look(_ header: [String]) throws(FileRefusal) {
    var seen = Seen()
    for row in rows { note(row, &seen) }
    if seen.isLocal, order.timeZone == nil { try LocalHeader(plan, header).check() }
    if seen.needsZone, order.timeZone == nil {
      throw FileRefusal(
        "its times bear no offset from UTC, and the asset is of a market with opening hours",
        hint: "Say whose clock they are: --time-zone America/New_York")
    }
    untrusted = Set(seen.units.filter { $0.value.off > $0.value.on && $0.value.off > 2 }.keys)
    // What the rounded ones mean, the text beside them says.
    let keys =
      seen.keys
      + seen.epochs.compactMap { untrusted.contains($0.unit) && text != nil ? $0.text : $0.seconds }
    let likely = keys.filter { BarCheck.earliest <= $0 }
    try IntervalEvidence(likely, order).check(closings: plan.closing.map { openAndClose($0) } ?? [])
    try checkTrust(seen)
    isDescending = (keys.first ?? 0) > (keys.last ?? 0)
    let units = ["s", "ms", "µs", "ns"]
    words =
      seen.units.isEmpty
      ? "times as text"
      : "times in " + seen.units.keys.map(\.rawValue).sorted().map { units[$0] }.joined(separator: " and ")
  }

  private func note(_ row: [String], _ seen: inout Seen) {
    let step = order.interval.seconds
    switch written(row) {
    case .epoch(let seconds, let isWhole, let unit):
      let isEnd = DayEnd.isStamped(seconds, step)
      let isOn = isEnd || isWhole && (order.rhythm.grid.opens(at: seconds) || order.wantsDays)
      seen.units[unit, default: (0, 0)].on += isOn ? 1 : 0
      seen.units[unit, default: (0, 0)].off += isOn ? 0 : 1
      if order.wantsDays, order.hasSessions, seconds % 86_400 != 0, !isEnd { seen.needsZone = true }
      seen.epochs.append((seconds, unit, text.flatMap { wall(row, $0) }))
    case .wall(let seconds, let hasTime, let offset):
      seen.walls += 1
      if step < 86_400, offset == nil, order.hasSessions { seen.needsZone = true }
      if offset == nil, hasTime || !order.wantsDays { seen.isLocal = true }
      seen.keys.append(seconds - (step < 86_400 ? offset ?? 0 : 0))
    case nil: break
    }
  }

  private func wall(_ row: [String], _ column: Int) -> Int64? {
    if case .wall(let seconds, _, let offset) = read(row, column) { seconds - (offset ?? 0) } else { nil }
  }

  private func checkTrust(_ seen: Seen) throws(FileRefusal) {
    let read = seen.units.values.reduce(0) { $0 + $1.on + $1.off } + seen.walls
    if read == 0, let serial = serialDay {
      let day = Day(daysSinceEpoch: Int32(serial) - 25_569)
      throw FileRefusal(
        "its times are days as a spreadsheet counts them (\(Int(serial)) is \(day), or four years later on old Macs)",
        hint: "Give the column the form of a date there, such as 2025-03-03, and write the file anew")
    }
    if read == 0, rows.count > 2 {
      throw FileRefusal(
        "not one time in its first \(rows.count) rows can be read (\(Excerpt.of(rows[0].joined(separator: ", "), limit: 80)))",
        hint: "Name the column that holds it: --map time=NAME")
    }
    guard seen.walls == 0, text == nil, !untrusted.isEmpty, untrusted.count == seen.units.count else { return }
    let off = seen.units.values.reduce(0) { $0 + $1.off }
    throw FileRefusal(
      "\(off) of the first \(read) times do not open a bar of \(order.interval)",
      hint: "They may be rounded, which no reader can undo, or of another interval than --interval \(order.interval)")
  }

  /// A time that is written as a spreadsheet's own number, the days since the end of 1899, where most are: of 1980 to 2060.
  private var serialDay: Double? {
    let serials = rows.compactMap { row in time < row.count ? Double(row[time].replacing(",", with: ".")) : nil }
      .filter { (29_221..<58_441).contains($0) }
    return serials.count * 2 > rows.count ? serials.first : nil
  }

  // MARK: Cells

  private func openAndClose(_ closing: Int) -> [Int64] {
    rows.compactMap { row in
      guard let open = instant(written(row)), let close = instant(read(row, closing)) else { return nil }
      return close - open
    }
  }

  private func instant(_ written: WrittenTime?) -> Int64? {
    switch written {
    case .epoch(let seconds, _, _): seconds
    case .wall(let seconds, _, let offset): seconds - (offset ?? 0)
    case nil: nil
    }
  }

  private func read(_ row: [String], _ column: Int?) -> WrittenTime? {
    guard let column, column < row.count else { return nil }
    var field = row[column]
    return field.withUTF8 { bytes in bytes.baseAddress.flatMap { reader.read($0, 0..<bytes.count) } }
  }

  private func written(_ row: [String]) -> WrittenTime? {
    guard let main = read(row, time) else { return read(row, text) }
    guard let clock = plan[.clock], clock < row.count, case .wall(let seconds, false, _) = main else { return main }
    var field = row[clock]
    let time = field.withUTF8 { bytes in bytes.baseAddress.flatMap { TimeText.timeOfDay($0, 0..<bytes.count) } }
    return time.map { .wall(seconds: seconds + $0, hasTime: true, offset: nil) }
  }
}

/// Days that are stamped with their last second.
enum DayEnd {
  /// Whether an instant is the last second of a UTC day, where bars of a day are read.
  @inline(__always)
  static func isStamped(_ seconds: Int64, _ step: Int64) -> Bool { step == 86_400 && seconds % 86_400 == 86_399 }
}

extension ImportOrder {
  /// Whether a row is keyed by the day that its own clocks show, and not by an instant.
  var wantsDays: Bool { interval.seconds >= 86_400 && (dataset != .bar || hasSessions) }
}
