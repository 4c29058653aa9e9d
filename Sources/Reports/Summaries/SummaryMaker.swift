import Market
import Rendering
import Store

/// Writes the summaries of a day by rule: plain English with the figures, and the facts that they were made from.
///
/// Nothing is guessed: what is missing is said to be missing, what is provisional is called so. Equal facts give equal
/// text, and no clock but `now` is read, which only decides whether the day is over.
package struct SummaryMaker: Sendable {
  /// Under which name the summaries are stored. Another edition of the rules is another maker.
  package static let maker = "rule-1"

  /// Holds nothing: all that it says comes with the call.
  package init() {}

  /// The summary of the market, then one an asset by symbol; empty for a day without a snapshot.
  ///
  /// - Throws: `StoreError`.
  package func summaries(of day: Day, store: Store, now: Instant) throws -> [SummaryRow] {
    summaries(of: day, try FactsOfDays(day...day, store: store), now: now)
  }

  func summaries(of day: Day, _ facts: FactsOfDays, now: Instant) -> [SummaryRow] {
    guard let market = facts.market(on: day, now: now) else { return [] }
    let summary = MarketSummary(facts: market)
    return [row(day, asset: nil, summary.text, summary.json)]
      + market.assets.map { asset in
        let summary = AssetSummary(facts: asset)
        return row(day, asset: asset.day.asset.symbol, summary.text, summary.json)
      }
  }

  private func row(_ day: Day, asset: String?, _ text: String, _ facts: JSONValue) -> SummaryRow {
    SummaryRow(day: day, asset: asset, maker: SummaryMaker.maker, text: text, facts: facts.compact)
  }
}
