extension NamedDataset {
  private static func means(_ text: String, _ unit: String? = nil) -> ColumnMeaning {
    ColumnMeaning(text: text, unit: unit)
  }

  /// What columns mean of what rules say of assets.
  static let analysisWords: [String: ColumnMeaning] = [
    "analysis_id": means("asset × 2^20 + days since 1970"), "date": means("newest day when it was said", "UTC day"),
    "day": means("newest day when it was said", "UTC day"), "model_name": means("rules: made by rule, by no model"),
    "trend_signal": means("as trend"),
    "key_levels": means("JSON: support and resistance, each a list", "quote currency"),
    "summary_text": means("the same in sentences, with the edition of the rule"),
    "close": means("the last close, restated for splits known then", "quote currency"),
    "trend": means(
      "Bullish: close > SMA 50 > SMA 200; Bearish: the other way round; else Neutral; empty under 200 bars"),
    "momentum": means(
      "mean of RSI 14 and of the place of the close between the lowest low and the highest high of 50 bars", "0–100"),
    "support": means("nearest pivot of 120 bars below the close", "quote currency"),
    "resistance": means("nearest pivot of 120 bars above the close", "quote currency"),
    "regime": means(
      "Turbulent: NATR 14 at 1.5 times its mean of 100 bars or more; else Trending: ADX 14 of 25 or more; else Ranging"),
    "bars": means("daily bars that were looked at, 400 at most", "bars"),
    "edition": means("which edition of the rules"), "made_at": means("when it was said", "UTC"),
    "source": means("whose bars it is made of"),
  ]

  /// What columns mean of portfolios by rule. None of it is advice.
  static let portfolioWords: [String: ColumnMeaning] = [
    "recommendation_id": means("days since 1970 × 4, plus 1, 2 or 3 by profile"),
    "date": means("last day of the week that it was made of", "UTC day"),
    "day": means("last day of the week that it was made of", "UTC day"),
    "risk_profile": means("Conservative, Moderate or Aggressive"),
    "profile": means("Conservative, Moderate or Aggressive"),
    "allocation_stocks": means("weight of stocks and funds; the three sum to 100", "per cent"),
    "allocation_crypto": means("weight of coins", "per cent"),
    "allocation_commodities": means("weight of commodities", "per cent"),
    "stocks": means("weight of stocks and funds; the three sum to 100", "per cent"),
    "crypto": means("weight of coins", "per cent"), "commodities": means("weight of commodities", "per cent"),
    "top_picks": means("JSON: its parts, each with weight and reason"),
    "sector_exposure": means("JSON: weight of its stocks and funds by sector, where that is known", "per cent"),
    "risks": means("JSON: what can be said against it, and that it is no advice"),
    "diversification_score": means("1 − w′ρw, ρ shrunk; empty under 30 common returns", "0–1"),
    "diversification": means("1 − w′ρw, ρ shrunk; empty under 30 common returns", "0–1"),
    "news_impact": means("empty: no rule tells it"), "token_count": means("empty: no model made it"),
    "candidates": means("assets that it was picked among"),
    "volatility": means(
      "deviation of log returns of 60 bars, a year; empty under 30 common returns", "fraction a year"),
    "observations": means("common returns behind score and volatility", "returns"),
    "edition": means("which edition of the rules"), "made_at": means("when it was made", "UTC"),
    "place": means("by class, within it by rank"), "class": means("stocks, crypto or commodities"),
    "weight": means("share of the whole", "per cent"),
    "close": means("last close of the week, restated for splits known then", "quote currency"),
    "change": means("over the last 60 bars", "fraction"), "momentum": means("as in asset_analysis", "0–100"),
    "trend": means("as in asset_analysis"), "regime": means("as in asset_analysis"),
    "reason": means("the figure that ranked it, and its place"), "source": means("whose bars it is made of"),
  ]
}
