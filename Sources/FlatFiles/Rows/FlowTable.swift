import Market

/// The days of a table of flows, gathered whole, because a day is judged by its neighbours.
struct FlowTable {
  struct Line {
    let place: FilePlace
    let excerpt: String
  }

  private var days: [Day: [String: (flow: Int64?, line: Line)]] = [:]
  private var refusals: [Refusal] = []
  private(set) var folded = 0
  private(set) var passedOver = 0

  /// - Parameter flows: what the line says, where it can be read.
  mutating func refuse(
    _ reason: RefusalReason, _ day: Day?, _ detail: String, _ line: Line, saying flows: [String: Int64?]? = nil
  ) {
    refusals.append(
      Refusal(
        reason: reason, at: day?.start, detail: "line \(line.place.line): \(detail)", excerpt: line.excerpt,
        row: day.flatMap { day in flows.map { .flows(FlowTable.facts($0, on: day)) } }, place: line.place))
  }

  private static func facts(_ flows: [String: Int64?], on day: Day) -> [EtfFlow] {
    flows.sorted { $0.key < $1.key }.map { EtfFlow(day: day, ticker: $0.key, netFlowUSD: $0.value) }
  }

  /// Adds what a line says; of two lines that contradict each other the first is believed.
  mutating func add(_ flows: [String: Int64?], on day: Day, _ line: Line) {
    var known = days[day] ?? [:]
    let old = flows.keys.filter { known[$0] != nil }
    if !old.isEmpty {
      guard old.allSatisfy({ known[$0]?.flow == flows[$0] ?? nil }) else {
        return refuse(.contradictory, day, "\(day) came before with other values", line, saying: flows)
      }
      folded += 1
    }
    for (ticker, flow) in flows where known[ticker] == nil { known[ticker] = (flow, line) }
    days[day] = known
  }

  /// The flows by day and ticker, oldest first, with their places, and all that was refused.
  mutating func settled() -> (flows: [EtfFlow], places: [FilePlace], refusals: [Refusal]) {
    passOverWeekends()
    refuseCopies()
    var flows: [EtfFlow] = []
    var places: [FilePlace] = []
    for day in days.keys.sorted() {
      let here = days[day] ?? [:]
      flows += FlowTable.facts(here.mapValues(\.flow), on: day)
      places += here.sorted { $0.key < $1.key }.map(\.value.line.place)
    }
    return (flows, places, refusals)
  }

  /// Tables by calendar day fill weekends with zeros; no fund trades then.
  private mutating func passOverWeekends() {
    for day in days.keys.sorted() where Calendar.nyse.rest(on: day) == .weekend {
      let flows = days[day] ?? [:]
      if let line = flows.values.first(where: { ($0.flow ?? 0) != 0 })?.line {
        refuse(
          .wrongTime, day, "a flow on a weekend, when no fund trades", line, saying: flows.mapValues(\.flow))
      } else {
        passedOver += 1
      }
      days[day] = nil
    }
  }

  /// A day that is the same as another in every fund, some days away, was copied; the one that stands alone is false.
  private mutating func refuseCopies() {
    let sorted = days.keys.sorted()
    guard sorted.count > 2 else { return }
    for (index, day) in sorted.enumerated().dropLast() {
      let next = sorted[index + 1]
      guard next - day > 4, let here = days[day], let there = days[next], isCopy(here, there) else { continue }
      let before = index > 0 ? day - sorted[index - 1] : Int.max
      let after = index + 2 < sorted.count ? sorted[index + 2] - next : Int.max
      let (isFalse, original) = before >= after ? (day, next) : (next, day)
      let copy = days[isFalse] ?? [:]
      if let line = copy.values.map(\.line).min(by: { $0.place.line < $1.place.line }) {
        refuse(.contradictory, isFalse, "every flow is that of \(original)", line, saying: copy.mapValues(\.flow))
      }
      days[isFalse] = nil
    }
  }

  private func isCopy(_ a: [String: (flow: Int64?, line: Line)], _ b: [String: (flow: Int64?, line: Line)]) -> Bool {
    guard a.count == b.count, a.values.count(where: { ($0.flow ?? 0) != 0 }) >= 3 else { return false }
    return a.allSatisfy { ticker, row in b[ticker].map { $0.flow == row.flow } ?? false }
  }
}
