import Market

// What is computed from a few kinds is asked for by what they hold; everybody else goes by the description.

extension SeriesKey {
  /// Open, high, low and close, from which snapshots are computed.
  package var holdsBars: Bool { dataset == .bar }
  /// Sampled prices, which stand in where there are no bars.
  package var holdsSamples: Bool { dataset == .pricePoint }
  /// What it answers: of the series of one asset and interval, those of one answer stand in for each other, as samples do
  /// for bars.
  package var answered: Dataset { holdsSamples ? .bar : dataset }
  /// The mood of a whole market, which stands beside the prices of a day.
  package var holdsMood: Bool { dataset == .sentiment }
  /// The mood of the stock market, which stands beside that of coins and for itself.
  package var holdsMoodOfStocks: Bool { holdsMood && provider == "cnn" }
  /// Values of an economic series.
  package var holdsEconomics: Bool { dataset == .macroObservation }
  /// What is written about a theme.
  package var holdsThemes: Bool { dataset == .themeValue }
  /// What is told beside something else, or looked up for it, and is never late by itself.
  package var isBeside: Bool {
    dataset == .macroRelease || dataset == .moodComponent || dataset == .eventItem && !holdsWeekOfEvents
  }
  /// The events of each week, of which one is to come; filings and earnings come as they come.
  package var holdsWeekOfEvents: Bool { dataset == .eventItem && provider == "calendar" }
  /// What went into and out of the funds of an asset, by day.
  package var holdsFlows: Bool { dataset == .etfFlow }
}
