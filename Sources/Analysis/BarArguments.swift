import ArgumentParser
import Commands
import Market
import Rendering
import Store

/// The flags that say which bars are computed from.
struct BarArguments: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Bars of this length.", valueName: "interval"))
  var interval: Interval?

  @Option(
    name: .long,
    help: ArgumentHelp("From this day, instant or age on: 2025-09-19, yesterday, 90d.", valueName: "day"))
  var from: Moment?

  @Option(name: .long, help: ArgumentHelp("Up to this instant, or to the end of this day.", valueName: "day"))
  var to: Moment?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Prices as traded (none), restated for splits, or for dividends too (all).", valueName: "for"))
  var adjust: Adjustment = .splits

  @Option(
    name: .long,
    help: ArgumentHelp("What was known at that instant, or at the end of that day.", valueName: "instant"))
  var asOf: Moment?

  /// The record, as it was known then, and what the time is.
  func record(_ context: CommandContext) throws -> (store: Store, now: Instant) {
    let newest = try context.reader()
    let now = try context.clock(of: newest).now
    guard let instant = asOf?.last(at: now) else { return (newest, now) }
    return (try Store.reading(context.databasePath, asOf: instant), min(instant, now))
  }

  /// The instants that are wanted.
  func span(at now: Instant) throws -> ClosedRange<Instant> {
    try Commands.span(from: from, to: to, at: now) ?? Instant.representable
  }
}

/// How a table of figures is written.
struct FigureArguments: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("How rows are written: on a terminal as a table, else as csv.", valueName: "format"))
  var format: RowFormat?

  func validate() throws {
    if format == .ledger { throw ValidationError("--format ledger: these are no prices") }
  }

  /// - Throws: wrong usage, where one object is wanted and another form too.
  func chosen(_ context: CommandContext) throws -> RowFormat {
    guard context.options.json else { return format ?? (context.console.screen.isForPeople ? .table : .csv) }
    guard let format, format != .json else { return .json }
    throw Failure(.usage, "--json prints one object, and so no \(format.rawValue); leave one of them away")
  }
}
