import ArgumentParser
import Market
import Rendering
import Retention
import Store
import Threads

/// Says how much the kept answers take.
package struct VaultCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "vault", _superCommandName: Program.name,
    abstract: "How much the kept answers take, by provider, and how fast that grows.",
    discussion: """
      Answers stay for ever, but for those of feeds: unless KEEP_FEED_BODIES is \
      forever, a run lets go of bytes of which no article is younger than 90 days, \
      and of what brought nothing new after a week. What they said stays.

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
    let (use, letGo) = try await blocking { (try store.vaultUse(since: since), try store.letGo()) }
    if global.json { return try Console.output(json(use, letGo)) }
    if use.isEmpty {
      context.console.say("no answer is kept; `appliance ingest` brings some")
    } else {
      try Console.output(table(use, on: context.console.screen))
    }
    guard letGo.answers > 0 else { return }
    context.console.say(
      "not counted: \(counted(letGo.answers, "answer")) of feeds whose bytes, \(humanSize(bytes: letGo.bytes)), were let go; "
        + "with KEEP_FEED_BODIES=forever no more go")
  }

  private func table(_ use: [VaultUse], on screen: TableScreen) -> String {
    let table = RowFormat.table.encoder(table: "vault", on: screen)
    table.begin(
      [Column("provider", .text)]
        + ["requests", "bodies", "stored", "unpacked", "last \(last)", "a year at this rate"].map { Column($0, .text) })
    for line in use { row(line.source ?? "(brought by hand)", [line], table) }
    if use.count > 1 { row("all", use, table) }
    table.finish()
    return table.output.text
  }

  /// What lines come to together.
  private func row(_ name: String, _ use: [VaultUse], _ table: any RowEncoder) {
    func sum(_ value: (VaultUse) -> Int64) -> Int64 { use.reduce(0) { $0 + value($1) } }
    table.text(name)
    table.text(groupedText(sum { Int64($0.fetches) }))
    table.text(groupedText(sum { Int64($0.bodies) }))
    let recent = sum(\.recentBytes)
    let aYear = Int64(exactly: (Double(recent) * 31_557_600 / Double(last.seconds)).rounded()) ?? 0
    for bytes in [sum(\.storedBytes), sum(\.unpackedBytes), recent, aYear] { table.text(humanSize(bytes: bytes)) }
    table.endRow()
  }

  private func json(_ use: [VaultUse], _ letGo: (answers: Int, bytes: Int64)) -> JSONValue {
    [
      "version": 1, "since_seconds": .integer(last.seconds),
      "providers": .array(use.map(\.json)),
      "let_go": ["answers": .integer(Int64(letGo.answers)), "bytes": .integer(letGo.bytes)],
    ]
  }
}

extension VaultUse {
  fileprivate var json: JSONValue {
    [
      "source": .optional(source), "requests": .integer(Int64(fetches)), "bodies": .integer(Int64(bodies)),
      "stored_bytes": .integer(storedBytes), "unpacked_bytes": .integer(unpackedBytes),
      "recent_bytes": .integer(recentBytes),
    ]
  }
}
