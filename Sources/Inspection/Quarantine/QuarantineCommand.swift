import ArgumentParser
import Commands

/// Shows rows that were refused, and takes decisions about them.
package struct QuarantineCommand: AsyncParsableCommand {
  /// Its name, help and subcommands.
  package static let configuration = CommandConfiguration(
    commandName: "quarantine",
    abstract: "Rows that were refused, rows that are odd, and what you decide about them.",
    discussion: """
      A row that cannot be is refused, and never stops the good ones beside it. A row that is merely odd is stored and \
      marked (list --flags).

      EXAMPLES
        appliance quarantine list
        appliance quarantine show 3          the row as it was sent, and the answer that held it
        appliance quarantine release 3       it is right after all: store it
        appliance quarantine drop 3 4        it is nothing: stop showing it
      """,
    subcommands: [
      QuarantineListCommand.self, QuarantineShowCommand.self, QuarantineReleaseCommand.self,
      QuarantineDropCommand.self,
    ])

  /// Empty; the parser fills it in.
  package init() {}
}
