/// An asset as the catalogue describes it before anything was asked: what is known of it beyond its name, and who is
/// asked for it.
package struct Listing: Hashable, Sendable {
  /// What it is called, and its class.
  package let asset: Asset
  /// `Health Care`; `nil` where nobody says.
  package let sector: String?
  /// Of its prices, as people name it: `USD`; a series may have another one.
  package let currency: String?
  /// Whose days it has; `nil`: those of its class.
  package let calendar: Calendar?
  /// Names under which it is found together with others: lower-case letters, digits and hyphens.
  package let groups: [String]
  /// Names that it once had, for those who search.
  package let formerSymbols: [String]
  /// In no order that matters: `priority` counts.
  package let series: [SeriesDefinition]

  /// A listing; series should be about the asset.
  package init(
    _ asset: Asset, sector: String? = nil, currency: String? = nil, calendar: Calendar? = nil, groups: [String] = [],
    formerSymbols: [String] = [], series: [SeriesDefinition] = []
  ) {
    self.asset = asset
    self.sector = sector
    self.currency = currency
    self.calendar = calendar
    self.groups = groups
    self.formerSymbols = formerSymbols
    self.series = series
  }
}

extension Listing {
  /// The same with some of its series.
  package func keeping(_ isKept: (SeriesDefinition) -> Bool) -> Listing {
    Listing(
      asset, sector: sector, currency: currency, calendar: calendar, groups: groups, formerSymbols: formerSymbols,
      series: series.filter(isKept))
  }
}
