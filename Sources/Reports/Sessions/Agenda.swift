import Market
import Rendering
import Store
import Telling

/// What calendars tell of some days: all events of shares that are followed, and of others those that matter.
struct Agenda {
  /// In the order of their times, filings behind them; none that was withdrawn.
  let events: [ToldEvent]
  /// How many of little importance stand beside them.
  let others: Int

  /// Rows of a table at most.
  private static let longest = 40

  init(of days: ClosedRange<Day>, from store: Store) throws {
    let all = try store.telling.events(EventSelection(days)).filter { $0.shownDay != nil && !$0.isWithdrawn }
    // What was filed has no time, and there is much of it: it stands behind what has one.
    let noteworthy = all.filter(\.isNoteworthy)
    events = noteworthy.filter { $0.kind != .filing } + noteworthy.filter { $0.kind == .filing }
    others = all.count - events.count
  }

  /// Those that stand in a report.
  var shown: [ToldEvent] { Array(events.prefix(Agenda.longest)) }

  /// The events of a day, and those of the days behind it.
  func parted(at day: Day) -> (today: [ToldEvent], later: [ToldEvent]) {
    (events.filter { $0.shownDay == day }, events.filter { $0.shownDay.map { $0 > day } ?? false })
  }

  /// For programs.
  var json: JSONValue { .array(events.map(\.json)) }
}

extension Agenda {
  /// What is expected of a day and of the rest of its week.
  func coming(at day: Day) -> [Block] {
    let (today, later) = parted(at: day)
    guard !events.isEmpty else { return [] }
    let columns: [Table.Column] = [.text("Time"), .text("Event"), .text("Of"), .text("Expected"), .text("Before")]
    func row(_ event: ToldEvent) -> [Cell] {
      [
        Cell(event.time), Cell(event.name), Cell(event.subject), Cell(event.forecast.map(oneLine) ?? "–"),
        Cell(event.previous.map(oneLine) ?? "–"),
      ]
    }
    let table = Table("Events of the day", columns: columns, rows: today.prefix(Agenda.longest).map(row))
    let week = Table(
      "Events of the week", columns: [.text("Day")] + columns,
      rows: later.prefix(Agenda.longest).map { [Cell($0.shownDay?.description ?? "")] + row($0) })
    return [.heading("What is expected", level: 2)]
      + (today.isEmpty ? [.paragraph("No event of importance is told of today.")] : [.table(table)])
      + (later.isEmpty ? [] : [.table(week)])
      + [.paragraph("Times are UTC. \(rest)")]
  }

  /// What came of a day against what was expected.
  var came: [Block] {
    guard !events.isEmpty else { return [] }
    let columns: [Table.Column] = [
      .text("Time"), .text("Event"), .text("Of"), .text("Expected"), .text("Came"), .figure("Beyond it"),
      .text("Before").minor,
    ]
    let rows = events.prefix(Agenda.longest).map { event in
      [
        Cell(event.time), Cell(event.name), Cell(event.subject), Cell(event.forecast.map(oneLine) ?? "–"),
        Cell(event.actual.map(oneLine) ?? "–"), event.beyond, Cell(event.previous.map(oneLine) ?? "–"),
      ]
    }
    return [
      .heading("What was expected and what came", level: 2),
      .table(Table("Events of the day", columns: columns, rows: rows)),
      .paragraph(
        "Came: what FRED published first, where it is known which of its series that is. Times are UTC. \(rest)"),
    ]
  }

  private var rest: String {
    let left = max(0, events.count - Agenda.longest)
    return (left > 0 ? "\(left) more of importance, and " : "")
      + "\(others) of less importance are left out; the command events lists them."
  }
}

extension ToldEvent {
  /// What is about a followed share always, of the others what matters.
  fileprivate var isNoteworthy: Bool {
    kind != .economic || importance == .high || importance == .medium || importance == .holiday
  }

  fileprivate var time: String {
    at.map { String($0.description.dropFirst(11).prefix(5)) } ?? timeOfDay.map(oneLine) ?? "–"
  }
  fileprivate var name: String { oneLine(title) }
  /// The share, else the currency.
  fileprivate var subject: String { oneLine(asset ?? country ?? "") }

  /// By how much it came above or below what was expected, with the digits of what came.
  fileprivate var beyond: Cell {
    guard let surprise, let actual else { return .missing }
    let fraction = actual.split(separator: ".").dropFirst().first.map { $0.prefix { $0.isNumber }.count } ?? 0
    let text = fixedText(surprise, decimals: fraction)
    return Cell(
      (surprise > 0 && text.contains { ("1"..."9").contains($0) } ? "+" : "") + text, value: .number(surprise))
  }
}
