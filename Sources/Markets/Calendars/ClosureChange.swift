import Commands
import Following
import Market
import Rendering

/// What can be noted of a day.
enum ClosureVerb: String, CaseIterable {
  case close, open
}

/// Notes a closure, or takes one back.
struct ClosureChange {
  let calendar: Market.Calendar
  let verb: ClosureVerb
  /// When it closes, as it was typed; `nil`: all day.
  let early: String?

  /// - Parameters:
  ///   - typed: the day.
  ///   - reason: why it is closed.
  func make(_ typed: String, _ reason: String?, _ context: CommandContext) throws {
    guard let day = Day(typed) else { throw Failure(.usage, "'\(shown(typed))' is no day; write it like 2027-03-01") }
    let store = try context.reader(toWriteAs: "calendar \(verb)")
    let notes = ClosureNotes(try store.following.closures())
    let now = try context.clock(of: store).now
    let known = notes.note(of: calendar, on: day)
    switch verb {
    case .close:
      try checkYear(of: day)
      let closure = Closure(calendar: calendar, day: day, close: try early.map(time))
      if let objection = calendar.objection(to: closure) { throw refusal(of: closure, objection) }
      let noted = NotedClosure(closure, reason: try plainLine(reason ?? ""))
      if known != noted { try context.change(as: "calendar close") { try $0.following.decide(.close(noted), at: now) } }
      try tell(noted, isChanged: known != noted, context)
    case .open:
      guard let known else { throw nothingNoted(day) }
      try context.change(as: "calendar open") {
        try $0.following.decide(.open(Closure(calendar: calendar, day: day)), at: now)
      }
      try tellOpened(known, context)
    }
  }

  /// Of other years it is not known which days are sessions.
  private func checkYear(of day: Day) throws {
    let known = Calendar.knownYears
    guard !known.contains(day.parts.year) else { return }
    throw Failure(
      .usage, "\(day) cannot be closed: the sessions of \(known.lowerBound) to \(known.upperBound) are known")
  }

  private func time(_ typed: String) throws -> ClosingTime {
    guard let time = ClosingTime(typed) else {
      throw Failure(.usage, "--early: '\(shown(typed))' is no time of day; write it like 13:00")
    }
    return time
  }

  private func refusal(of closure: Closure, _ objection: ClosureObjection) -> Failure {
    let name = calendar.rawValue
    return switch objection {
    case .neverCloses: Failure(.usage, "\(name) never closes; there is nothing to note of \(closure.day)")
    case .rests(.weekend): Failure(.usage, "\(closure.day) is no session of \(name): it is a weekend")
    case .rests(.holiday): Failure(.usage, "\(closure.day) is no session of \(name): it is a holiday by its rules")
    case .outsideSession(let times):
      Failure(
        .usage,
        "--early \(closure.close?.description ?? ""): the session of \(closure.day) can end early from "
          + "\(times.lowerBound) to \(times.upperBound) on the market's own clock")
    }
  }

  private func nothingNoted(_ day: Day) -> Failure {
    let byRule =
      switch calendar.rest(on: day) {
      case nil: "open by its rules already"
      case .weekend: "a weekend, which nothing opens"
      case .holiday: "a holiday by its rules, which nothing opens"
      }
    return Failure(.usage, "nothing is noted of \(calendar.rawValue) on \(day): it is \(byRule)")
  }

  private func tell(_ noted: NotedClosure, isChanged: Bool, _ context: CommandContext) throws {
    if context.options.json { return try Console.output(json(noted, state: "closed", isChanged: isChanged)) }
    let undo = context.typed("calendar \(calendar.rawValue) open \(noted.closure.day)")
    try context.tell(.done) { style in
      "\(style.bold(calendar.rawValue)) \(noted.words)\(isChanged ? "" : " (as it was)")\nTake it back: \(undo)\n"
    }
  }

  private func tellOpened(_ noted: NotedClosure, _ context: CommandContext) throws {
    if context.options.json { return try Console.output(json(noted, state: "open", isChanged: true)) }
    try context.tell(.done) { style in
      "\(style.bold(calendar.rawValue)) \(noted.closure.day) is open as its rules have it; taken back: "
        + "\(TerminalText.escaped(noted.reason))\nNext: \(context.typed("ingest")) asks for what is missing of it\n"
    }
  }

  private func json(_ noted: NotedClosure, state: String, isChanged: Bool) -> JSONValue {
    .object(
      [("version", 1), ("outcome", "done"), ("changed", .bool(isChanged)), ("calendar", .string(calendar.rawValue))]
        + [("state", .string(state)), ("closure", noted.json)])
  }
}
