import ArgumentParser
import Commands
import Following
import Market
import Rendering

struct AssetListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The assets that are followed.",
    discussion: """
      EXAMPLES
        appliance asset list
        appliance asset list --group quantum
        appliance asset list --class fund --format csv
        appliance asset list --removed
      """)

  @Option(
    name: .long, help: ArgumentHelp("Only those of this group.", valueName: "group"),
    completion: .custom(NameCompletion.groups))
  var group: [String] = []

  @Option(name: .customLong("class"), help: ArgumentHelp("Only those of this class.", valueName: "class"))
  var assetClass: AssetClass?

  @Flag(name: .long, help: "Only those that were removed.")
  var removed = false

  @OptionGroup var list: ListArguments
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let names = FollowedNames(try store.following.assets())
    let groups = try split(group, flag: "--group")
    if !removed { for group in groups { _ = try names.members(ofGroup: group) } }
    let assets = names.assets.filter { asset in
      (asset.removedAt != nil) == removed && (assetClass.map { $0 == asset.asset.assetClass } ?? true)
        && (groups.isEmpty || !Set(groups.map { $0.lowercased() }).isDisjoint(with: asset.groups))
    }
    try context.sayRemark(on: store)
    context.console.say(heading(assets.count, names), marked: context.console.talkStyle.dim)
    let columns = FollowedAsset.columns + (removed ? [FollowedAsset.removalColumn] : [])
    try FollowedList(
      name: "assets", columns: columns, objects: assets.map(\.json),
      rows: assets.map { asset in { asset.write(to: $0, withRemoval: removed) } }
    ).print(context, list)
  }

  private func heading(_ count: Int, _ names: FollowedNames) -> String {
    if removed { return count == 0 ? "no asset was removed" : "\(counted(count, "asset")) removed" }
    let others = names.assets.count { $0.removedAt != nil }
    return count == 1 ? "1 asset" : "\(count) assets" + (others > 0 ? "; \(others) removed (--removed shows them)" : "")
  }
}
