import Market

/// A dataset as market prices: the same rows and, behind their columns, the currency that prices are in.
package struct PriceLines: Sendable {
  /// The dataset that was asked for, with `quote_currency` added where it has no such column.
  package let dataset: NamedDataset
  /// The names of the columns.
  package let asset = "asset"
  /// Of the instant or the UTC day of a row: `ts_utc` or `as_of_date`.
  package let time: String
  /// `close`, or `price` where samples are listed.
  package let price: String
  /// Of the currency that the price is in; its cells may be null.
  package let currency = "quote_currency"
  /// From the instant of a row to the one at which its price held: the last second of a bar.
  package let secondsToPrice: Int64
}

extension NamedDataset {
  /// Its rows as prices of assets; `nil` where they are none, or where several sources stand side by side.
  package var priceLines: PriceLines? {
    if name == NamedDataset.snapshotName {
      return PriceLines(
        dataset: adding(NamedDataset.snapshotCurrency), time: "as_of_date", price: "close", secondsToPrice: 0)
    }
    if name == "price_point" { return PriceLines(dataset: self, time: "ts_utc", price: "price", secondsToPrice: 0) }
    guard let interval = Interval.allCases.first(where: { NamedDataset.prices($0) == self }) else { return nil }
    return PriceLines(
      dataset: adding(.ofSeries("quote_currency", "series.quote_currency")), time: "ts_utc", price: "close",
      secondsToPrice: interval.seconds - 1)
  }

  private static let snapshotName = "daily_market_snapshot"

  /// The view does not have it.
  private static let snapshotCurrency = DatasetColumn.fact(
    "quote_currency", .text,
    """
    (SELECT series.quote_currency FROM market_snapshot JOIN series ON series.series_id = market_snapshot.series_id
    WHERE market_snapshot.day = daily_market_snapshot.as_of_date AND market_snapshot.asset_id =
    (SELECT asset_id FROM asset AS named WHERE named.symbol = daily_market_snapshot.asset))
    """)

  private func adding(_ column: DatasetColumn) -> NamedDataset {
    NamedDataset(
      name: name, title: title, columns: columns + [column], rhythm: rhythm, layout: layout, asset: asset, time: time
    ).restated(like: self)
  }
}
