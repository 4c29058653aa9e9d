import Market
import Rendering
import Store

extension SeriesKey {
  /// The command that shows the newest rows of this series at a glance, without the program; `nil` where none does.
  ///
  /// - Parameter asset: symbol of its asset.
  package func showing(of asset: String?) -> String? {
    if holdsMood { return "show \(provider == "cnn" ? "fact_sentiment_index" : "sentiment_daily")" }
    if holdsEconomics { return "show \(shellWord(providerSymbol))" }
    if holdsThemes { return "show theme_day" }
    if holdsFlows { return "show etf_flows_daily" }
    guard holdsBars else { return nil }
    return asset.map { "show \(shellWord($0)) --last \(interval.seconds < 86_400 ? "24h" : "30d")" }
  }
}
