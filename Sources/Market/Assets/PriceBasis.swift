/// What the prices of a series were corrected for by whoever tells them; the raw value is what the file holds.
package enum PriceBasis: String, CaseIterable, Hashable, Sendable {
  /// As they were paid at the time.
  case asTraded = "as_traded"
  /// As if all shares had always been those of today: divided by the splits since, volumes multiplied.
  case splitAdjusted = "split_adjusted"
  /// For splits and for money that was paid.
  case adjusted
}

extension PriceBasis {
  /// What the bars of a source were corrected for, where it tells them as we ask it. The one place that knows.
  package init(of source: ProviderName) {
    switch source {
    case "yahoo", "polygon": self = .splitAdjusted
    default: self = .asTraded
    }
  }
}

/// For what prices are to be restated, whatever the series holds.
package enum Adjustment: String, CaseIterable, Hashable, Sendable {
  /// For nothing: as they were paid; splits that the series was restated for are undone.
  case none
  /// For splits: every price is one of today's share.
  case splits
  /// For splits and dividends: as if each dividend had been put back into the share.
  case all

  /// What prices are then, for people.
  package var words: String {
    switch self {
    case .none: "as traded"
    case .splits: "restated for splits"
    case .all: "restated for splits and dividends"
    }
  }
}
