/// For what the prices of a series were restated before we were told them. A series has one basis and keeps it.
package enum PriceBasis: String, CaseIterable, Hashable, Sendable {
  /// What was paid on the day.
  case asTraded = "as_traded"
  /// For every split up to the day of asking; volumes too.
  case splitAdjusted = "split_adjusted"
  /// For splits, and for dividends as if they had been put back into the share.
  case adjusted

  /// What a source gives where nobody says otherwise; files bear the name of whoever made them.
  package init(of source: ProviderName) {
    let isRestated = ["yahoo", "yahoo-archive", "polygon", "polygon-archive"].contains(source.description)
    self = isRestated ? .splitAdjusted : .asTraded
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
}
