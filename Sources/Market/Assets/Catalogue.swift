/// What a file follows when nobody says otherwise.
package struct Catalogue: Sendable {
  /// Which one it is: another text where anything in it is another. A file that bears it is not looked through again.
  package let edition: String
  /// All that have prices.
  package let listings: [Listing]
  /// All whose flows are followed.
  package let funds: [Fund]
  /// What is asked for besides the series of the listings, in no order that matters: `priority` counts.
  package let others: [SeriesDefinition]
  /// How what came of events is told; none where nobody says.
  package let events: EventRules

  /// A catalogue; series should be about assets that are in it.
  package init(
    edition: String, listings: [Listing], funds: [Fund], others: [SeriesDefinition], events: EventRules = .none
  ) {
    self.events = events
    self.edition = edition
    self.listings = listings
    self.funds = funds
    self.others = others
  }

  /// One of assets of which no more than the name and the class is known, each with its series.
  package init(assets: [Asset], funds: [Fund], series: [SeriesDefinition]) {
    let symbols = assets.map(\.symbol).joined(separator: " ")
    self.init(
      edition: "\(symbols) \(funds.count) \(series.map(\.key.description).joined(separator: " "))",
      listings: assets.map { asset in Listing(asset, series: series.filter { $0.asset == asset.symbol }) },
      funds: funds, others: series.filter { series in !assets.contains { $0.symbol == series.asset } })
  }

  /// All that have prices, by what they are called.
  package var assets: [Asset] { listings.map(\.asset) }
  /// All that is asked for.
  package var series: [SeriesDefinition] { listings.flatMap(\.series) + others }
}
