import Market
import Store
import Telling

/// What the report says about an asset of which there are no bars on the day, only sampled prices.
struct SampledSection {
  let day: SampledDay
  let first: PricePoint
  let last: PricePoint
  /// The lowest and the highest sample, which need not be the lowest and the highest price.
  let low: Double
  let high: Double
  /// `CoinGecko bitcoin`
  let source: String
  /// `nil` where no funds are followed.
  let flows: FlowTable?

  /// `nil` without a sample.
  init?(_ day: SampledDay, flows: FlowFacts?, store: Store, _ credits: Credits) throws {
    let prices = day.points.map(\.price)
    guard let first = day.points.first, let last = day.points.last, let low = prices.min(), let high = prices.max()
    else { return nil }
    (self.day, self.first, self.last, self.low, self.high) = (day, first, last, low, high)
    source = credits.title(of: day.series.key)
    self.flows = try flows.map { try FlowTable($0, store: store, credits) }
  }

  var symbol: String { day.asset.symbol }
}
