import ArgumentParser
import Commands
import Datasets
import Market
import Rendering
import Schema
import Store

/// Prints what is missing of each series, and why.
package struct GapsCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it, with the reasons of gaps.
  package static let configuration = CommandConfiguration(
    commandName: "gaps", _superCommandName: Program.name,
    abstract: "Print what is missing of each series, and why.",
    discussion: """
      A gap is a run of hours or days that should be there, between the first and the last that are. Without --all: \
      those that may yet come, because nobody asked (not_asked), the answer did not come (failed) or was not believed \
      (refused). With --all also those that are proven: the provider has nothing there (provider_empty), the market \
      was closed, the asset was not listed.

      With --fill a second source that has a key is asked for the bars that are missing, into a series of its own, which \
      is not followed beyond that: what two sources say is never put into one series. It says first what that costs.

      EXAMPLES
        appliance gaps
        appliance gaps --asset BTC --all
        appliance gaps --fill --dry-run   who could add what, and the cost
        appliance gaps --fill --asset AAPL
        appliance ingest                  asks again for what failed, and for the last 14 days
        appliance ingest --since DAY      asks for what was never asked
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Option(name: .long, help: ArgumentHelp("Only these assets.", valueName: "symbol"))
  var asset: [String] = []

  @Flag(name: .long, help: "Proven gaps too.")
  var all = false

  @Flag(name: .long, help: "Ask a second source for what is missing, into a series of its own.")
  var fill = false

  @Flag(name: .long, help: "With --fill: say what would be asked and what it costs; change nothing.")
  var dryRun = false

  @Option(name: .long, help: ArgumentHelp("How rows are written.", valueName: "format"))
  var format: RowFormat = .table

  @OptionGroup var global: GlobalOptions

  /// Refuses flags that do not go together.
  package func validate() throws {
    if fill, all || format != .table {
      throw ValidationError("--fill: it asks and lists nothing; leave --all and --format away")
    }
    if dryRun, !fill { throw ValidationError("--dry-run goes with --fill") }
  }

  /// Prints the gaps, open ones or with `--all` proven ones too, and says how many there are.
  package func run() async throws {
    let context = try CommandContext(global)
    if fill { return try await GapFilling(context, assets: asset).perform(isRehearsal: dryRun) }
    if global.json, format != .table, format != .json {
      throw Failure(.usage, "--json prints one object, and so no \(format.rawValue); leave one of them away")
    }
    let store = try context.reader()
    let selection = RowSelection(assets: try store.symbols(asset))
    try context.sayRemark(on: store)
    let head = try context.jsonHead(.gap, store)
    let late = try context.lateSeries(in: store, of: selection.assets)
    try store.datasets.read { reader in
      let open = try reader.count(of: .openGap, selection)
      let proven = try reader.count(of: .gap, selection) - open
      context.console.say(heading(open: open, proven: proven, late: late), marked: context.console.talkStyle.dim)
      let export = RowExport(
        dataset: all ? .gap : .openGap, selection: selection, format: format,
        screen: context.console.screen)
      let sink = Console.rowSink(for: format)
      if global.json {
        let counts = [("open", open), ("proven", proven), ("late_series", late)].map { name, count in
          (name, JSONValue.integer(Int64(count)))
        }
        _ = try export.writeObject(head + counts, rowsAs: "gaps", reader, to: sink)
      } else if open > 0 || all && proven > 0 || format != .table {
        if let hint = try export.write(reader, to: sink).hint("`appliance show gap --columns` takes them") {
          context.console.say(hint)
        }
      }
    }
  }

  private func heading(open: Int, proven: Int, late: Int) -> String {
    var parts = [
      open > 0
        ? counted(open, "gap")
        : late > 0 ? "nothing is missing among what is stored" : "nothing is missing that may yet come"
    ]
    if proven > 0 {
      parts.append("\(proven) more \(proven == 1 ? "is" : "are") proven" + (all ? "" : " (--all shows them)"))
    }
    if late > 0 {
      parts.append("\(late) series \(late == 1 ? "does" : "do") not reach what was due: `appliance status`")
    }
    return parts.joined(separator: "; ")
  }
}
