import ArgumentParser
import Commands

/// Holds the record against its checks, and sets what is let pass.
package struct QualityCommand: AsyncParsableCommand {
  /// Its name, help and subcommands.
  package static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "How good the record is: each check, what is let pass, and how it came to that.",
    discussion: """
      Each `ingest` looks at what is new: is a coin's day the sum of its hours, do two sources agree, do funds add up to \
      their total, is what was due there. What is found is kept day by day (show quality_result). Where a check finds \
      more than is let pass, this ends with 6, and so does status --gate where it is days, sources or funds; ingest only \
      tells it.

      EXAMPLES
        appliance quality
        appliance quality --since 30d --asset BTC,ETH
        appliance quality --coverage --last 60d     a character a day and asset
        appliance quality gates                     what each check means
        appliance quality set fold=0.2% late=3      let pass more, or less
        appliance quality --quiet || echo "look at it"
      """,
    subcommands: [ShowQualityCommand.self, QualityGatesCommand.self, SetQualityCommand.self],
    defaultSubcommand: ShowQualityCommand.self)

  /// Empty; the parser fills it in.
  package init() {}
}
