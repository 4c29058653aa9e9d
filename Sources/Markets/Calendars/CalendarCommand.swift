import ArgumentParser
import Commands
import Following
import Market
import Rendering

/// Prints the sessions of a calendar, or how a market stands at an instant; notes a closure that no rule knows.
package struct CalendarCommand: ParsableCommand {
  /// Its name, and what `--help` says of it, with the calendars.
  package static let configuration = CommandConfiguration(
    commandName: "calendar", _superCommandName: Program.name,
    abstract: "Print when a market opens and closes; note a closure.",
    discussion: """
      Sessions with their opening and their close, in UTC; without --from and --to those of the next two weeks. With \
      --at or --check: whether the market is open then, since when and until when by your own clocks. It needs no file.

      A closure that no rule knows, as for a day of mourning, is noted in the file with `close`, and taken back with \
      `open`. Prices of such a day are neither due nor missing.

      CALENDARS
        NYSE       stocks, funds, indices; its holidays are known for \(Calendar.knownYears.lowerBound) to \
      \(Calendar.knownYears.upperBound)
        CMES       futures: from 18:00 of the evening before to 17:00 in New York
        24/7       coins
        weekdays   currencies: Monday to Friday of UTC

      EXAMPLES
        appliance calendar NYSE
        appliance calendar NYSE --from 2026-11-23 --to 2026-11-30 --format csv
        appliance calendar NYSE --at 2026-11-27T18:30Z
        appliance calendar NYSE --check           exit 0 if it is open, 20 if not
        appliance calendar NYSE close 2027-03-01 --reason "day of mourning"
        appliance calendar NYSE close 2027-03-02 --early 13:00 --reason storm
        appliance calendar NYSE open 2027-03-01   takes it back
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Argument(help: ArgumentHelp("Whose sessions.", valueName: "calendar"))
  var name: Market.Calendar

  @Argument(
    help: ArgumentHelp("close DAY, or open DAY: it is as the rules have it.", valueName: "change"),
    completion: .list(ClosureVerb.allCases.map(\.rawValue)))
  var change: [String] = []

  @Option(name: .long, help: ArgumentHelp("When it closes early, on the market's own clock.", valueName: "time"))
  var early: String?

  @Option(name: .long, help: ArgumentHelp("Why it is closed.", valueName: "text"))
  var reason: String?

  @Option(name: .long, help: ArgumentHelp("The first session.", valueName: "day"))
  var from: Moment?

  @Option(name: .long, help: ArgumentHelp("The last session.", valueName: "day"))
  var to: Moment?

  @Option(name: .long, help: ArgumentHelp("How the market stands at this instant.", valueName: "instant"))
  var at: Moment?

  @Flag(name: .long, help: "How it stands, now or --at: exit 0 if it is open, 20 if it is closed.")
  var check = false

  @Option(name: .long, help: ArgumentHelp("How sessions are written.", valueName: "format"))
  var format: RowFormat = .table

  @OptionGroup var global: GlobalOptions

  /// Refuses flags that do not go together.
  package func validate() throws {
    if at != nil || check, from != nil || to != nil || format != .table {
      throw ValidationError("--from, --to and --format go with sessions; leave them away with --at and --check")
    }
    try validateChange()
    if format == .ledger { throw ValidationError("--format ledger: sessions are no prices") }
  }

  private func validateChange() throws {
    guard let word = change.first else {
      if early != nil || reason != nil { throw ValidationError("--early and --reason go with close DAY") }
      return
    }
    // Another word may be the value of a flag that nobody knows, which the parser tells first.
    guard let verb = ClosureVerb(rawValue: word) else { return }
    guard change.count == 2 else { throw ValidationError("\(verb): name one day, like 2027-03-01") }
    if at != nil || check || from != nil || to != nil || format != .table {
      throw ValidationError("close and open note something of one day; leave the flags of questions away")
    }
    if verb == .close, reason == nil { throw ValidationError("--reason: say why it is closed") }
    if verb == .open, early != nil || reason != nil {
      throw ValidationError("a day is opened as the rules have it; leave --early and --reason away")
    }
  }

  /// Prints sessions, or with `--at` or `--check` the state of the market.
  package func run() throws {
    let context = try CommandContext(global)
    if global.json, format != .table, format != .json {
      throw Failure(.usage, "--json prints one object, and so no \(format.rawValue); leave one of them away")
    }
    if let word = change.first {
      guard let verb = ClosureVerb(rawValue: word) else {
        throw Failure(.usage, "'\(shown(word))' changes no calendar; there are close DAY and open DAY")
      }
      return try ClosureChange(calendar: name, verb: verb, early: early).make(change[1], reason, context)
    }
    let (now, notes) = try context.recordOfMarkets()
    let calendar = notes.applied(to: name)
    guard at != nil || check else { return try printSessions(of: calendar, notes, at: now, context) }
    let state = MarketState(of: calendar, at: at?.first(at: now) ?? now)
    try print(state, notes, context)
    context.noteYears(state.at.day...state.at.day, of: name)
    if check, !state.isOpen { throw Failure(.closed) }
  }

  private func print(_ state: MarketState, _ notes: ClosureNotes, _ context: CommandContext) throws {
    let notes = notes.about(state)
    if global.json {
      try Console.output(.object([("version", 1)] + state.members + [("closures", notes.json)]))
    } else if !check {
      var details = state.details
      for line in notes.lines { details.add("noted", line) }
      try Console.output(
        "\(name.rawValue) is \(state.words)\n" + details.text(width: Console.width(), style: context.console.style))
    } else {
      context.console.say("\(name.rawValue) is \(state.words)")
    }
  }

  private func printSessions(
    of calendar: Market.Calendar, _ notes: ClosureNotes, at now: Instant, _ context: CommandContext
  ) throws {
    let first = from?.first(at: now).day ?? to.map { $0.last(at: now).day - 13 } ?? now.day
    let last = to?.last(at: now).day ?? first + 13
    let days = try ordered(first, last)
    context.noteYears(days, of: name)
    let notes = notes.about(calendar, days)
    let rows = SessionRows(calendar: calendar, days: days)
    let sink = Console.rowSink(for: global.json ? .json : format)
    if global.json {
      let head = JSONValue.object([("version", 1), ("calendar", .string(name.rawValue))]).compact
      try sink.write(head.dropLast() + ",\"sessions\":")
    }
    let encoder = (global.json ? .json : format).encoder(table: "session", on: context.console.screen)
    try rows.write(to: encoder) { try sink.write($0) }
    if global.json { try sink.write(",\"closures\":\(notes.json.compact)}\n") }
    if !global.json { for line in notes.lines { context.console.say("noted: \(line)") } }
  }
}

/// The sessions of some days as rows.
private struct SessionRows {
  let calendar: Market.Calendar
  let days: ClosedRange<Day>

  func write(to encoder: any RowEncoder, take: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    encoder.begin([
      Column("session", .text, meaning: .day), Column("open", .text, meaning: .instant),
      Column("close", .text, meaning: .instant),
    ])
    let rows = EncodedRows(encoder, take: take)
    for day in days {
      guard let session = calendar.session(on: day) else { continue }
      encoder.text(day.description)
      rows.instant(session.open)
      rows.instant(session.close)
      try rows.endRow()
    }
    try rows.finish()
  }
}

extension CommandContext {
  /// Now by the clock of the record, where there is one that can be read: that of a demo stands still; and what it has
  /// noted of the markets' days.
  fileprivate func recordOfMarkets() throws -> (now: Instant, notes: ClosureNotes) {
    guard let store = try? readerIfThere() else {
      if clock.isSet { console.say(console.talkStyle.yellow("the clock was set: now is \(clock.now)")) }
      return (clock.now, ClosureNotes([]))
    }
    try sayRemark(on: store)
    return (try clock(of: store).now, ClosureNotes(try store.following.closures()))
  }

  /// Says where no holidays are known.
  fileprivate func noteYears(_ days: ClosedRange<Day>, of calendar: Market.Calendar) {
    let (years, known) = (days.lowerBound.parts.year...days.upperBound.parts.year, Market.Calendar.knownYears)
    guard calendar.hasHolidays, !known.contains(years.lowerBound) || !known.contains(years.upperBound)
    else { return }
    console.say("holidays are known for \(known.lowerBound) to \(known.upperBound); other years are told without them")
  }
}
