import ArgumentParser
import Commands
import Following
import Market
import Rendering

/// Says what markets do.
package struct MarketCommand: ParsableCommand {
  /// Its name, help and subcommands; `market` alone is `market status`.
  package static let configuration = CommandConfiguration(
    commandName: "market",
    abstract: "Which markets are open.",
    discussion: """
      EXAMPLES
        appliance market status
      """,
    subcommands: [MarketStatusCommand.self], defaultSubcommand: MarketStatusCommand.self)

  /// Empty; the parser fills it in.
  package init() {}
}

struct MarketStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Print which markets are open, since when and until when.",
    discussion: """
      A line a calendar, by your own clocks (the zone of the machine, or of TZ); with --json in UTC. `appliance calendar \
      NYSE` lists sessions.

      EXAMPLES
        appliance market status
        appliance market status --json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let now = try context.clock(of: store).now
    let notes = ClosureNotes(try store.following.closures())
    // The days of currencies are no market's.
    let markets = Calendar.allCases.filter { $0 != .weekdays }
    let states = markets.map { MarketState(of: notes.applied(to: $0), at: now) }
    if global.json {
      let calendars = states.map { state in JSONValue.object(state.members.filter { $0.0 != "at" }) }
      return try Console.output(["version": 1, "at": .string(now.description), "calendars": .array(calendars)])
    }
    try context.sayRemark(on: store)
    var lines = LabelledText()
    for state in states { lines.add(state.calendar.rawValue, state.words(because: notes.reason(for: state))) }
    try Console.output(lines.text(width: Console.width(), style: context.console.style))
  }
}
