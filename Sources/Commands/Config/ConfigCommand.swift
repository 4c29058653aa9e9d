import ArgumentParser

/// Says what can be set and what is set.
package struct ConfigCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "What can be set, what is set, and where.",
    discussion: """
      A setting is looked for among the flags, in the environment, in the file .env of the home, and last in the \
      defaults.

      EXAMPLES
        appliance config show
        appliance config init                make a .env that lists everything, to be filled in
      """,
    subcommands: [ConfigShowCommand.self, ConfigInitCommand.self], defaultSubcommand: ConfigShowCommand.self)

  package init() {}
}
