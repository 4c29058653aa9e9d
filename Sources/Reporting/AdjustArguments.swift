import ArgumentParser
import Commands
import Market

/// The flag that says for what prices of shares are restated.
struct AdjustArguments: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Prices of shares as traded (none), restated for splits, or for dividends too (all); without it as stored.",
      valueName: "for"))
  var adjust: Adjustment?
}
