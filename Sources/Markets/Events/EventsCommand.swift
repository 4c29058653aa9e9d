import ArgumentParser
import Commands
import Following
import Market
import Rendering
import Store
import Telling

/// Shows what is to happen and what came.
package struct EventsCommand: ParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "events", _superCommandName: Program.name,
    abstract: "What is to happen, what is expected of it, and what came.",
    discussion: """
      The economic calendar of the week, days on which FRED publishes figures, earnings of the shares that are followed, \
      and what their companies filed with the SEC (with SEC_CONTACT in .env; form, numbers of what it is about, and where \
      it can be read): from today on for a week, unless said otherwise; of --kind filing alone the last seven days. Days \
      and times are UTC; a day without a time is its source's. What came is what FRED published first, where it is known \
      which of its series that is (`appliance show event_figure`). An event that its source left out before its time is \
      marked as withdrawn.

      EXAMPLES
        appliance events
        appliance events --importance high --country USD
        appliance events --from 2024-09-09 --to 2024-09-13
        appliance events --asset AAPL --kind earnings
        appliance events --kind filing
        appliance events --kind filing,earnings --from 90d
        appliance events --json | jq '.events[] | select(.actual)'
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Option(
    name: .long,
    help: ArgumentHelp("The first day; today unless said otherwise, of filings a week ago.", valueName: "day"))
  var from: Moment?

  @Option(
    name: .long,
    help: ArgumentHelp("The last day; a week from today on unless said otherwise, of filings today.", valueName: "day"))
  var to: Moment?

  @Option(
    name: .long, help: ArgumentHelp("Only what is about these assets.", valueName: "symbol"),
    completion: .custom(NameCompletion.assets))
  var asset: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only such: \(EventItem.Kind.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "kind"),
    completion: .list(EventItem.Kind.allCases.map(\.rawValue)))
  var kind: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only such: \(EventItem.Importance.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "importance"),
    completion: .list(EventItem.Importance.allCases.map(\.rawValue)))
  var importance: [String] = []

  @Option(name: .long, help: ArgumentHelp("Only of these currencies: USD, EUR.", valueName: "currency"))
  var country: [String] = []

  @OptionGroup var past: AsOfOption
  @OptionGroup var global: GlobalOptions

  /// Reads and prints.
  package func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader(past)
    let selection = try selection(in: store, at: context.now(of: store))
    let events = try store.telling.events(selection)
    try context.sayRemark(on: store)
    if global.json {
      return try Console.output([
        "version": 1, "from": .string(selection.days.lowerBound.description),
        "to": .string(selection.days.upperBound.description), "events": .array(events.map(\.json)),
      ])
    }
    if events.isEmpty { return try sayWhyEmpty(selection, store, context) }
    try print(events, context)
  }

  // MARK: What is asked

  private func selection(in store: Store, at now: Instant) throws -> EventSelection {
    let today = LocalClock("America/New_York")?.day(at: now) ?? now.day
    func day(_ moment: Moment?) -> Day? { moment.map { $0.day(at: now) ?? $0.first(at: now).day } }
    let kinds = Set(try named(kind, "--kind") as [EventItem.Kind])
    let last = day(to)
    // What was filed is told of what was.
    let back = kinds == [.filing] ? 7 : 0
    let first = day(from) ?? min(today, last ?? today) - back
    let end = last ?? max(first, today) + (7 - back)
    guard first <= end else { throw Failure(.usage, "--from \(first) lies behind --to \(end); swap the two") }
    var selection = EventSelection(first...end)
    selection.assets = try store.symbols(asset)
    selection.kinds = kinds
    selection.importances = Set(try named(importance, "--importance"))
    selection.countries = Set(try split(country, flag: "--country").map { $0.uppercased() })
    return selection
  }

  private func named<Name: RawRepresentable & CaseIterable>(_ values: [String], _ flag: String) throws -> [Name]
  where Name.RawValue == String {
    let all = Name.allCases.map(\.rawValue)
    return try split(values, flag: flag).map { text in
      guard let name = Name(rawValue: text.lowercased()) else {
        throw Failure(
          .usage,
          "\(flag): '\(shown(text))' is none\(meantText(text, among: all)); there are \(all.joined(separator: ", "))")
      }
      return name
    }
  }

  // MARK: What is printed

  private func sayWhyEmpty(_ selection: EventSelection, _ store: Store, _ context: CommandContext) throws {
    let series = try store.catalogue.series().filter { $0.key.dataset == .eventItem }
    let days = "\(selection.days.lowerBound) to \(selection.days.upperBound)"
    if series.allSatisfy({ $0.count == 0 }) {
      let why = series.isEmpty ? "no calendar is followed; add events to UNIVERSE, then" : "nothing was told yet;"
      return context.console.say("\(why) `\(context.typed("ingest --only events"))` asks")
    }
    // What was filed is asked of one source alone, which wants to know who asks.
    if selection.kinds == [.filing], !series.contains(where: { $0.key.provider == "sec" && $0.count > 0 }) {
      return context.console.say(
        "no filing was ever told: SEC_CONTACT=you@example.org in .env has `\(context.typed("ingest --only events"))` ask the "
          + "SEC for those of the shares that are followed")
    }
    let others = try nearest(to: selection, store).map { "\($0): " } ?? ""
    context.console.say("nothing of that from \(days); \(others)--from and --to name other days")
  }

  /// On which days the nearest of them are; `nil` where there is none within a quarter.
  private func nearest(to selection: EventSelection, _ store: Store) throws -> String? {
    let (first, last) = (selection.days.lowerBound, selection.days.upperBound)
    var around = selection
    around.days = first - 100...last + 100
    let days = try store.telling.events(around).compactMap(\.shownDay)
    let before = days.last { $0 < first }.map { "the last before on \($0)" }
    let after = days.first { $0 > last }.map { "the next on \($0)" }
    let found = [before, after].compactMap { $0 }.joined(separator: ", ")
    return found.isEmpty ? nil : found
  }

  /// A column of the list: those that no event of it fills are left out.
  private struct Cells {
    let column: Column
    let text: (ToldEvent) -> String?

    init(_ name: String, _ rank: Column.Rank = .usual, _ text: @escaping (ToldEvent) -> String?) {
      (column, self.text) = (Column(name, .text, rank), text)
    }
  }

  /// What came and what was expected stay where there is little room, before what was the time before.
  private static var cells: [Cells] {
    [
      Cells("day") { $0.shownDay?.description ?? "in week" },
      Cells("time", .name) { event in
        event.at.map { String($0.description.dropFirst(11).prefix(5)) + "Z" } ?? event.timeOfDay
      },
      Cells("of") { $0.asset ?? $0.country },
      Cells("title") { $0.title + ($0.isWithdrawn ? " (withdrawn)" : "") },
      Cells("forecast") { $0.forecast }, Cells("actual") { $0.actual }, Cells("previous", .minor) { $0.previous },
      Cells("importance", .minor) { $0.importance?.rawValue },
    ]
  }

  private func print(_ events: [ToldEvent], _ context: CommandContext) throws {
    let encoder = RowFormat.table.encoder(table: "market_event", on: context.console.screen)
    let cells = Self.cells.filter { cell in events.contains { cell.text($0) != nil } }
    let hasLinks = events.contains { $0.url != nil }
    encoder.begin(
      cells.map(\.column) + [Column("event_id", .integer, .reference)]
        + (hasLinks ? [Column("url", .text, .reference)] : []))
    for event in events {
      for cell in cells { encoder.text(cell.text(event) ?? "") }
      encoder.integer(event.id)
      if hasLinks { encoder.text(event.url ?? "") }
      encoder.endRow()
    }
    try Console.show(encoder, as: .table)
    context.console.sayHidden(encoder.hiddenColumns)
  }
}
