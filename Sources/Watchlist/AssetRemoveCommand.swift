import ArgumentParser
import Commands
import Following
import Market
import Rendering

struct AssetRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Ask for assets no more; what is stored of them stays.",
    discussion: """
      Rows, answers and reports stay as they are, and so does what show, export and why say. `appliance asset restore` \
      asks for it again.

      EXAMPLES
        appliance asset remove TSLA
        appliance asset remove DOGE,TRX
      """)

  @Argument(help: ArgumentHelp("Their symbols.", valueName: "symbol"), completion: .custom(NameCompletion.assets))
  var symbols: [String]

  @OptionGroup var global: GlobalOptions

  func run() throws { try StandingChange(symbols, isRemoval: true, global).perform() }
}

struct AssetRestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Ask again for assets that were removed.",
    discussion: """
      EXAMPLES
        appliance asset restore TSLA
        appliance asset list --removed
      """)

  @Argument(help: ArgumentHelp("Their symbols.", valueName: "symbol"), completion: .custom(NameCompletion.assets))
  var symbols: [String]

  @OptionGroup var global: GlobalOptions

  func run() throws { try StandingChange(symbols, isRemoval: false, global).perform() }
}

/// Assets that are asked for no more, or again.
private struct StandingChange {
  let symbols: [String]
  let isRemoval: Bool
  let options: GlobalOptions

  init(_ symbols: [String], isRemoval: Bool, _ options: GlobalOptions) {
    (self.symbols, self.isRemoval, self.options) = (symbols, isRemoval, options)
  }

  func perform() throws {
    let context = try CommandContext(options)
    let command = isRemoval ? "asset remove" : "asset restore"
    let names = FollowedNames(try context.reader(toWriteAs: command).following.assets())
    let assets = try split(symbols, flag: command).map { try names.asset($0) }
    let changed = assets.filter { ($0.removedAt == nil) == isRemoval }
    if !changed.isEmpty {
      let decisions = changed.map { asset -> CatalogueDecision in
        isRemoval ? .removeAsset(symbol: asset.asset.symbol) : .restoreAsset(symbol: asset.asset.symbol)
      }
      try context.decide(decisions, as: command)
    }
    if options.json { return try Console.output(json(assets, changed)) }
    try context.tell(.done) { style in
      assets.map { line($0, isChanged: changed.contains($0), style) + "\n" }.joined()
        + (changed.isEmpty ? "" : "Next: \(next(changed, context))\n")
    }
  }

  private func line(_ asset: FollowedAsset, isChanged: Bool, _ style: TextStyle) -> String {
    let symbol = style.bold(asset.asset.symbol)
    switch (isRemoval, isChanged) {
    case (true, true): return "\(symbol) is not asked for any more; \(kept(asset))"
    case (true, false): return "\(symbol) was removed on \(asset.removedAt?.day.description ?? "")"
    case (false, true): return "\(symbol) is asked for again"
    case (false, false): return "\(symbol) is followed; nothing to restore"
    }
  }

  private func kept(_ asset: FollowedAsset) -> String {
    asset.rowCount == 0
      ? "nothing was stored of it"
      : "its \(counted(asset.rowCount, "row")) stay\(asset.rowCount == 1 ? "s" : ""), and show, export and why go on "
        + "telling of them"
  }

  private func next(_ changed: [FollowedAsset], _ context: CommandContext) -> String {
    let symbols = changed.map { shellWord($0.asset.symbol) }.joined(separator: " ")
    return isRemoval ? context.typed("asset restore \(symbols)") + "  asks for it again" : context.typed("ingest")
  }

  private func json(_ assets: [FollowedAsset], _ changed: [FollowedAsset]) -> JSONValue {
    let objects = assets.map { asset -> JSONValue in
      [
        "symbol": .string(asset.asset.symbol), "rows_kept": .integer(Int64(asset.rowCount)),
        "changed": .bool(changed.contains(asset)),
      ]
    }
    return ["version": 1, "outcome": "done", (isRemoval ? "removed" : "restored"): .array(objects)]
  }
}
