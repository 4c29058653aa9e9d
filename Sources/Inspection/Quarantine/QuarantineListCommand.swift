import ArgumentParser
import Commands
import Health
import Market
import Rendering
import Store

struct QuarantineListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The rows that were refused and that nobody has decided about.",
    discussion: """
      EXAMPLES
        appliance quarantine list --asset BTC --reason impossible_range
        appliance quarantine list --all      those that were released or dropped too
        appliance quarantine list --flags    rows that are stored although something about them is odd
      """)

  @Option(name: .long, help: ArgumentHelp("Only these assets.", valueName: "symbol"))
  var asset: [String] = []

  @Option(name: .long, help: ArgumentHelp("Only rows refused for this.", valueName: "reason"))
  var reason: RefusalReason?

  @Flag(name: .long, help: "Also rows that were decided about.")
  var all = false

  @Flag(name: .long, help: "Stored rows that are marked, in place of refused ones.")
  var flags = false

  @Option(name: .long, help: ArgumentHelp("Only rows marked by this rule; with --flags.", valueName: "rule"))
  var rule: FlagRule?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if flags, all || reason != nil { throw ValidationError("--all and --reason are about refused rows, not --flags.") }
    if !flags, rule != nil { throw ValidationError("--rule goes with --flags.") }
  }

  func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let assets = try store.symbols(asset) ?? []
    try context.sayRemark(on: store)
    if flags {
      try print(try store.judgement.flaggedRows(assets: assets, rule: rule), context)
    } else {
      let rows = try store.judgement.quarantinedRows(
        assets: assets, reason: reason, states: all ? Set(QuarantinedRow.State.allCases) : [.held])
      try print(rows, context)
    }
  }

  private func print(_ rows: [QuarantinedRow], _ context: CommandContext) throws {
    if global.json { return try Console.output(["version": 1, "rows": .array(rows.map(\.json))]) }
    if rows.isEmpty { return context.console.say(all ? "nothing was ever refused" : "no refused row waits for you") }
    let table = RowFormat.table.encoder(table: "quarantine", on: context.console.screen)
    var columns = [
      Column("id", .integer), Column("asset", .text), Column("source", .text), Column("at", .text),
      Column("reason", .text), Column("detail", .text),
    ]
    if all { columns.append(Column("state", .text)) }
    table.begin(columns)
    for row in rows {
      table.integer(row.id.rawValue)
      table.text(row.asset ?? "")
      table.text("\(row.series.provider)")
      table.text(row.at?.description ?? "")
      table.text(row.reason?.rawValue ?? "")
      table.text(row.detail)
      if all { table.text(row.state.rawValue) }
      table.endRow()
    }
    table.finish()
    try Console.output(table.output.text)
  }

  private func print(_ rows: [FlaggedRow], _ context: CommandContext) throws {
    if global.json { return try Console.output(["version": 1, "flags": .array(rows.map(\.json))]) }
    if rows.isEmpty { return context.console.say("no stored row is marked") }
    let table = RowFormat.table.encoder(table: "flag", on: context.console.screen)
    table.begin(["asset", "source", "at", "rule", "detail"].map { Column($0, .text) })
    for row in rows {
      table.text(row.asset ?? "")
      table.text("\(row.series.provider)")
      table.text(row.at.description)
      table.text(row.rule.rawValue)
      table.text(row.detail)
      table.endRow()
    }
    table.finish()
    try Console.output(table.output.text)
  }
}

extension RefusalReason: ExpressibleByArgument {}
extension FlagRule: ExpressibleByArgument {}
