extension AnalysisStatements {
  /// The tables as they are held against those of a file that was made anew. The sentences of analyses are not: they follow
  /// from the figures beside them, and a later version may put them otherwise.
  package static let compared = [
    IndicatorStatements.Compared(
      table: "asset_analysis", key: "asset_id, day",
      values: "series_id, edition, made_at, trend, momentum, support, resistance, regime, close, bars",
      settled: "true"),
    IndicatorStatements.Compared(
      table: "portfolio", key: "day, profile",
      values: """
        edition, made_at, stocks, crypto, commodities, candidates, diversification, volatility, observations, risks
        """, settled: "true"),
    IndicatorStatements.Compared(
      table: "portfolio_pick", key: "day, profile, place",
      values: "asset_id, series_id, class, weight, close, volatility, change, momentum, trend, regime, reason",
      settled: "true"),
  ]

  /// The statements that leave on a connection only what had been said by an instant.
  package static func asKnown(at seconds: Int64) -> String {
    """
    CREATE TEMP VIEW asset_analysis AS SELECT * FROM main.asset_analysis WHERE made_at <= \(seconds);
    CREATE TEMP VIEW portfolio AS SELECT * FROM main.portfolio WHERE made_at <= \(seconds);
    CREATE TEMP VIEW portfolio_pick AS SELECT * FROM main.portfolio_pick AS pick WHERE EXISTS (
      SELECT 1 FROM main.portfolio AS kept
      WHERE kept.day = pick.day AND kept.profile = pick.profile AND kept.made_at <= \(seconds));
    """
  }
}
