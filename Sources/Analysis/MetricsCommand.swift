import ArgumentParser
import Commands

/// Computes what prices mean: indicators, risk and return, correlations.
package struct MetricsCommand: ParsableCommand {
  /// Its name, help and subcommands; `metrics BTC` is `metrics values BTC`.
  package static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Compute indicators, risk and return, and correlations from the prices in the record.",
    discussion: """
      Nothing is asked of anybody, and nothing is stored. Prices come from the source that was chosen for an asset, \
      restated for splits unless --adjust says otherwise.

      EXAMPLES
        appliance metrics BTC            the usual indicators, a row for every bar
        appliance metrics BTC --indicator rsi:14 --indicator macd:12/26/9
        appliance metrics --list         all indicators: formula, source, warm-up
        appliance metrics risk SPY BTC
        appliance metrics correlation BTC ETH SPY --from 2025-01-01
      """,
    subcommands: [MetricValuesCommand.self, MetricRiskCommand.self, MetricCorrelationCommand.self],
    defaultSubcommand: MetricValuesCommand.self)

  /// Empty; the parser fills it in.
  package init() {}
}
