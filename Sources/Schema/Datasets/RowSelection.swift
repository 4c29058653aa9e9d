import Market

/// Which rows of a dataset are wanted.
package struct RowSelection: Hashable, Sendable {
  /// Symbols; `nil` for all rows, those about no asset too. Means nothing where rows are about no asset.
  package var assets: [String]?
  /// Tickers of funds; `nil` for all rows. Means nothing where rows are about no fund.
  package var tickers: [String]?
  /// First and last instant; of daily rows, the days that these lie in. `nil` for all rows, those without an instant too.
  package var span: ClosedRange<Instant>?
  /// At most so many rows: the last ones in time, of those of one time the last in the order of the dataset. Where rows
  /// have no time, the last in that order.
  package var last: Int?

  /// All rows, but for what is narrowed; all that is given holds.
  package init(
    assets: [String]? = nil, tickers: [String]? = nil, span: ClosedRange<Instant>? = nil, last: Int? = nil
  ) {
    (self.assets, self.tickers) = (assets, tickers)
    (self.span, self.last) = (span, last)
  }
}

extension NamedDataset {
  /// What goes behind a condition so that only rows of that time are left; the empty text for all.
  package func condition(onTime span: ClosedRange<Instant>?) -> String {
    guard let span = span?.clamped(to: Instant.representable) else { return "" }
    return switch time {
    case .instant(let key): " AND \(key) BETWEEN \(span.lowerBound.epochSeconds) AND \(span.upperBound.epochSeconds)"
    case .day(let key): " AND \(key) BETWEEN '\(span.lowerBound.day)' AND '\(span.upperBound.day)'"
    case nil: ""
    }
  }
}
