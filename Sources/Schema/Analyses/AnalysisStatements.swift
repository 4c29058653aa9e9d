/// The SQL of what rules say of assets and of portfolios when days and weeks are over.
package enum AnalysisStatements {
  /// The instant as of which something is made: that of the newest answer or of the run's start, so that it is known no
  /// earlier than the facts that it is made from.
  package static let instant = """
    SELECT max(coalesce((SELECT started_at FROM run ORDER BY run_id DESC LIMIT 1), 0),
      coalesce((SELECT received_at FROM fetch ORDER BY fetch_id DESC LIMIT 1), 0))
    """

  /// The prices by the day.
  private static let prices = """
    price_choice_current AS choice
    JOIN series ON series.series_id = choice.series_id
    JOIN asset ON asset.asset_id = choice.asset_id
    WHERE choice.interval = '1d' AND series.row_count > 0
    """

  // MARK: Assets

  /// The price of each asset whose newest day nothing is said of yet: asset, symbol, class, series and time of that day.
  package static let due = """
    SELECT choice.asset_id, asset.symbol, asset.class, choice.series_id, series.last_time FROM \(prices)
    AND NOT EXISTS (SELECT 1 FROM asset_analysis AS said
      WHERE said.asset_id = choice.asset_id AND said.day >= date(series.last_time, 'unixepoch'))
    ORDER BY choice.asset_id
    """

  /// Binds a series, a time and a number: so many of its last bars up to then, the newest first.
  package static let bars = """
    SELECT open_time, open, high, low, close, volume FROM bar
    WHERE series_id = ? AND open_time <= ? ORDER BY open_time DESC LIMIT ?
    """

  /// Binds an asset, a series, an edition, an instant, how many bars, a day, trend, regime and text, then momentum, support,
  /// resistance and close.
  package static let keep = """
    INSERT INTO asset_analysis (asset_id, series_id, edition, made_at, bars, day, trend, regime, text, momentum, support,
      resistance, close)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  // MARK: Portfolios

  /// Binds a day: whether portfolios are kept of the week that it ends.
  package static let hasPortfolios = "SELECT EXISTS (SELECT 1 FROM portfolio WHERE day = ?)"

  /// Binds two times and an instant: the price of each asset that has a day from the first time on, with the second, up to
  /// which its days count. By what had been decided at the instant, as a rebuild knows the decisions of later.
  package static let candidates = """
    SELECT choice.asset_id, asset.symbol, asset.class, choice.series_id, ?2 FROM \(prices) AND series.last_time >= ?1
      AND coalesce((SELECT kind FROM decision
        WHERE subject = asset.symbol AND kind IN ('asset.add', 'asset.remove', 'asset.restore') AND decided_at <= ?3
        ORDER BY decision_id DESC LIMIT 1), '') <> 'asset.remove'
    ORDER BY choice.asset_id
    """

  /// Binds three weights, an edition, an instant, how many candidates and observations, a day, a profile, the risks, then
  /// diversification and volatility.
  package static let keepPortfolio = """
    INSERT INTO portfolio (stocks, crypto, commodities, edition, made_at, candidates, observations, day, profile, risks,
      diversification, volatility)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  /// Binds a place, an asset, a series and a weight, a day, a profile, class, trend, regime and reason, then close,
  /// volatility, change and momentum.
  package static let keepPick = """
    INSERT INTO portfolio_pick (place, asset_id, series_id, weight, day, profile, class, trend, regime, reason, close,
      volatility, change, momentum)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  /// Binds a day: the portfolios of the week that it ends, the least risk first.
  package static let portfolios = """
    SELECT profile, stocks, crypto, commodities, edition, made_at, candidates, diversification, volatility, observations,
      risks
    FROM portfolio WHERE day = ?
    ORDER BY CASE profile WHEN 'Conservative' THEN 1 WHEN 'Moderate' THEN 2 ELSE 3 END
    """

  /// Binds a day and a profile: the parts by place.
  package static let picks = """
    SELECT asset.symbol, asset.sector, pick.series_id, pick.class, pick.weight, pick.close, pick.reason
    FROM portfolio_pick AS pick JOIN asset ON asset.asset_id = pick.asset_id
    WHERE pick.day = ? AND pick.profile = ? ORDER BY pick.place
    """

  /// Binds a series and a time: its last close up to then.
  package static let closeUpTo = """
    SELECT open_time, close FROM bar WHERE series_id = ? AND open_time <= ? ORDER BY open_time DESC LIMIT 1
    """
}
