import ArgumentParser
import Market
import Rendering
import Store
import Threads

/// Says how much the kept answers take.
package struct VaultCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "vault", _superCommandName: Program.name,
    abstract: "How much the kept answers take, by provider, and how fast that grows.",
    discussion: """
      EXAMPLES
        appliance vault
        appliance vault --last 7d
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Option(name: .long, help: ArgumentHelp("The time that growth is measured over.", valueName: "span"))
  var last = TimeSpan.days(30)

  @OptionGroup var global: GlobalOptions

  /// Prints bytes kept by provider, and their growth over `--last`.
  package func run() async throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let since = try context.clock(of: store).now - last.seconds
    let use = try await blocking { try store.vault.use(since: since) }
    if global.json { return try Console.output(json(use)) }
    guard !use.isEmpty else { return context.console.say("no answer is kept yet; `appliance ingest` brings some") }
    let table = RowFormat.table.encoder(table: "vault", on: context.console.screen)
    table.begin(
      [Column("provider", .text)]
        + ["requests", "bodies", "stored", "unpacked", "last \(last)", "a year at this rate"].map { Column($0, .text) })
    for line in use { row(line.source ?? "(brought by hand)", line, table) }
    if use.count > 1 { row("all", VaultUse.sum(use), table) }
    table.finish()
    try Console.output(table.output.text)
  }

  private func row(_ name: String, _ use: VaultUse, _ table: any RowEncoder) {
    table.text(name)
    table.text(groupedText(Int64(use.fetches)))
    table.text(groupedText(Int64(use.bodies)))
    for bytes in [use.storedBytes, use.unpackedBytes, use.recentBytes, aYear(use)] {
      table.text(humanSize(bytes: bytes))
    }
    table.endRow()
  }

  private func aYear(_ use: VaultUse) -> Int64 {
    Int64(exactly: (Double(use.recentBytes) * 31_557_600 / Double(last.seconds)).rounded()) ?? 0
  }

  private func json(_ use: [VaultUse]) -> JSONValue {
    [
      "version": 1, "since_seconds": .integer(last.seconds),
      "providers": .array(use.map(\.json)),
    ]
  }
}
