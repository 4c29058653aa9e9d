import ArgumentParser
import Commands
import Market

/// Lists what is followed, and changes it.
package struct AssetCommand: ParsableCommand {
  /// Its name, help and subcommands; `asset` alone is `asset list`.
  package static let configuration = CommandConfiguration(
    commandName: "asset",
    abstract: "List, add, edit, remove and restore the assets that are followed.",
    discussion: """
      What UNIVERSE names is followed, and what was added here; what was removed here is not. Each change is kept as a \
      decision, which stands over what later versions of the program follow by themselves.

      EXAMPLES
        appliance asset list
        appliance asset add Cameco
        appliance asset add --group wide
        appliance asset remove TSLA
      """,
    subcommands: [
      AssetListCommand.self, AssetAddCommand.self, AssetEditCommand.self, AssetRemoveCommand.self,
      AssetRestoreCommand.self,
    ], defaultSubcommand: AssetListCommand.self)

  /// Empty; the parser fills it in.
  package init() {}
}
