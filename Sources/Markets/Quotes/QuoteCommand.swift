import ArgumentParser
import Commands
import Following
import Market
import Rendering
import Store

/// Asks what something costs now.
package struct QuoteCommand: AsyncParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "quote", _superCommandName: Program.name,
    abstract: "Ask what assets cost now; nothing of it is stored.",
    discussion: """
      The asset's first source is asked, within its limits, and the next one where that does not answer. The change is \
      against the close of the session before, of coins against that of the UTC day before. A price that runs is no fact: \
      nothing is stored but what was used of limits, and `appliance ingest` brings the bar once it is over.

      EXAMPLES
        appliance quote BTC
        appliance quote AAPL MSFT GC=F
        appliance quote BTC,ETH --json
      """)

  /// Empty; the parser fills it in.
  package init() {}

  @Argument(
    help: ArgumentHelp("Symbols of assets that are followed.", valueName: "symbol"),
    completion: .custom(NameCompletion.assets))
  var symbols: [String]

  @OptionGroup var global: GlobalOptions

  /// Asks, tells, and notes what was used of limits.
  package func run() async throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    if try store.origin() == .demo {
      throw Failure(.failed, "this record is a demo: all its numbers are invented, and nobody is asked beside them")
    }
    let assets = try assets(context, store)
    let desk = try QuoteDesk(context, store)
    defer { desk.close() }
    try context.sayRemark(on: store)
    let answers = try await Interruption.cancelling { await desk.answers(about: assets) }
    await desk.noteQuotas()
    let report = QuoteReport(
      answers: answers, notes: ClosureNotes(try store.following.closures()), now: try context.clock(of: store).now)
    try report.print(context)
    if report.status != .done { throw Failure(report.status) }
  }

  /// Each once, in the order in which they were named.
  private func assets(_ context: CommandContext, _ store: Store) throws -> [FollowedAsset] {
    let names = FollowedNames(try store.following.assets())
    var seen: Set<String> = []
    return try split(symbols, flag: "the symbols").compactMap { typed in
      guard names.holds(typed) else { throw names.notFollowed(typed, KnownListings(context.wiring.listings)) }
      let asset = try names.followed(typed)
      return seen.insert(asset.asset.symbol).inserted ? asset : nil
    }
  }
}
