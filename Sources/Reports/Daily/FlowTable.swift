import Market
import Metrics
import Provenance
import Store

/// The last reporting days of one asset's funds.
struct FlowTable {
  let facts: FlowFacts
  /// Up to five, oldest first, none after the day of the report.
  let days: [FlowDay]
  /// In the order in which the funds were first seen.
  let tickers: [String]
  private let entries: [Key: FlowEntry]
  /// `Farside Investors`
  let source: String
  /// When the newest of the figures shown came.
  let fetchedAt: Instant?

  /// What the funds are worth; `nil` where nobody tells it.
  let assets: FundAssets?

  private struct Key: Hashable {
    let day: Day
    let ticker: String
  }

  init(_ facts: FlowFacts, store: Store, _ credits: Credits) throws {
    let stretch = facts.day - FlowFacts.reach...facts.day
    let judged = Array(try store.flows.judgedFlowDays(of: facts.series.id, in: stretch).suffix(5))
    let shown = Set(judged.map(\.day))
    let entries = try store.flows.entries(of: facts.series.id, in: stretch).filter { shown.contains($0.day) }
    self.facts = facts
    days = judged
    self.entries = Dictionary(entries.map { (Key(day: $0.day, ticker: $0.ticker), $0) }) { first, _ in first }
    let known = Set(entries.map(\.ticker))
    let inOrder = try facts.series.asset.map { try store.catalogue.tickers(ofFundsHolding: $0) } ?? []
    tickers = inOrder.filter(known.contains)
    source = credits.title(of: facts.series.key.provider)
    fetchedAt = entries.map(\.fetchedAt).max()
    assets = try facts.series.asset.flatMap { try FundAssets(of: $0, on: facts.day, store: store, credits) }
  }

  /// What a fund reported; `nil` where it has not.
  func flow(of ticker: String, on day: Day) -> Int64? {
    entries[Key(day: day, ticker: ticker)]?.netFlowUSD
  }
}
