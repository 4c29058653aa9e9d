extension NamedDataset {
  /// What columns of the familiar shapes mean, by dataset and column or by column alone.
  static let familiarWords: [String: (String, String?)] = [
    "asset_id": ("number of the asset", nil), "symbol": ("symbol of the asset", nil),
    "asset_class": ("CRYPTO, STOCKS, ETF, COMMODITIES, INDEX or CURRENCY", nil), "name": ("name in full", nil),
    "static_metadata": ("JSON: sector, currency, calendar, groups, and what the user noted", nil),
    "date_id": ("the day as YYYYMMDD", nil), "full_date": ("the day", "UTC day"), "year": ("year of the day", nil),
    "quarter": ("quarter of the year", "1–4"), "month": ("month of the year", "1–12"),
    "week": ("week by ISO 8601", "1–53"), "day_of_week": ("1 is Monday", "1–7"),
    "day_name": ("name of the weekday", nil), "is_weekend": ("1 on Saturdays and Sundays", "0 or 1"),
    "is_us_market_open": ("1 where the New York Stock Exchange has a session", "0 or 1"),
    "is_crypto_open": ("1: coins are traded every day", "0 or 1"),
    "fact_id": ("series × 2^36 + (open time + 2^35)", nil), "id": ("series × 2^36 + (open time + 2^35)", nil),
    "timestamp": ("instant at which the bar opens; of a day, its session's date", "UTC"),
    "price_open": ("first price of the interval", "quote currency"), "price_high": ("highest price", "quote currency"),
    "price_low": ("lowest price", "quote currency"), "price_close": ("last price of the interval", "quote currency"),
    "dynamic_metadata": (
      "JSON: rsi, sma_20, sma_50, sma_200, macd of a day, pct_change against the bar before, and market_cap of the day",
      nil
    ),
    "open_price": ("first price of the interval", "quote currency"), "high_price": ("highest price", "quote currency"),
    "low_price": ("lowest price", "quote currency"), "close_price": ("last price of the interval", "quote currency"),
    "created_at": ("when the row was first told", "UTC"), "updated_at": ("when its present values were told", "UTC"),
    "time": ("instant at which the bar opens", "seconds since 1970, UTC"),
    "avg": ("average price weighted by volume where it is told, else (high + low + close) ÷ 3", "quote currency"),
    "sale": ("last price of the interval", "quote currency"),
    "meta": ("JSON: source, interval, prices, volume, previous close, trades, average price", nil),
    "pct_change": ("close ÷ close of the bar before − 1", "fraction"),
    "from_date": ("seven days before the newest day", "UTC day"), "to_date": ("the newest day", "UTC day"),
    "first_close": ("last close on or before the first day", "quote currency"),
    "last_close": ("close of the newest day", "quote currency"),
    "return_7d": ("last close ÷ first close − 1", "fraction"),
    "high_7d": ("highest price of the days between", "quote currency"),
    "low_7d": ("lowest price of the days between", "quote currency"),
    "sessions": ("days with a bar between them", "days"),
    "rsi": ("relative strength index over 14 days, of split-adjusted closes; empty for the first 14", "0–100"),
    "macd": ("exponential average over 12 days less that over 26; empty for the first 33", "quote currency"),
    "sma_20": ("mean of the last 20 split-adjusted closes; empty for the first 19", "quote currency"),
    "sma_50": ("mean of the last 50 split-adjusted closes; empty for the first 49", "quote currency"),
    "sma_200": ("mean of the last 200 split-adjusted closes; empty for the first 199", "quote currency"),
    "return_1d": ("natural logarithm of close ÷ close of the bar before; empty from or to a price ≤ 0", "log return"),
    "volatility_30d": (
      "sample standard deviation (n − 1) of the last 30 daily log returns × √365, or √252 for markets with sessions; "
        + "empty with fewer bars", "fraction a year"
    ),
    "observations": ("returns that it is made of; one from or to a price ≤ 0 is none", "returns"),
    "symbol_a": ("symbol of the first asset by name", nil), "symbol_b": ("symbol of the second", nil),
    "correlation": (
      "Pearson's, of log returns between the days that both have, in the 90 days up to the earlier of both last days; "
        + "no row under 30 returns", "−1 to 1"
    ),
  ]
}
