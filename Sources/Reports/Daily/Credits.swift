import Market
import Store
import Telling

/// Who the sources are, for people.
struct Credits {
  private let byName: [ProviderName: SourceCredit]

  init(_ store: Store) throws {
    byName = Dictionary(try store.telling.sourceCredits().map { ($0.name, $0) }) { first, _ in first }
  }

  /// `Binance`; the plain name of a source without a title.
  func title(of provider: ProviderName) -> String {
    let title = oneLine(byName[provider]?.title ?? "")
    return title.isEmpty ? oneLine(provider.description) : title
  }

  /// `Binance BTCUSDT`
  func title(of series: SeriesKey) -> String {
    "\(title(of: series.provider)) \(oneLine(series.providerSymbol))"
  }

  func homepage(of provider: ProviderName) -> String { byName[provider]?.homepage ?? "" }

  /// What each source contributed, by title.
  ///
  /// - Parameter events: of a calendar that stand in the report.
  func sections(of series: SeriesInReport, events: [ToldEvent] = []) -> [SourceSection] {
    let keys = Dictionary(grouping: series.all.map(\.key)) { $0.provider }
    // What came of an event is a figure of FRED's.
    let tellers = Set(events.flatMap { [ProviderName($0.source)] + ($0.print == nil ? [] : ["fred"]) })
    return Set(keys.keys).union(tellers).map { provider in
      SourceSection(
        provider: provider, title: title(of: provider), homepage: homepage(of: provider), series: keys[provider] ?? [],
        tellsEvents: tellers.contains(provider))
    }.sorted { ($0.title, $0.provider) < ($1.title, $1.provider) }
  }
}

/// A source with what it contributed.
struct SourceSection {
  let provider: ProviderName
  let title: String
  let homepage: String
  let series: [SeriesKey]
  /// Whether events of a calendar that stand in the report are from it.
  var tellsEvents = false
}

/// The series whose facts stand in a report: prices, the index, flows.
struct SeriesInReport {
  let all: [StoredSeries]

  init(all: [StoredSeries]) { self.all = all }

  /// - Parameter told: what stands beside prices and flows.
  init(
    _ market: MarketFacts, _ sampled: [SampledSection], others told: [StoredSeries], store: Store
  ) throws {
    let prices = Set(market.assets.map(\.day.series) + sampled.map(\.day.series.id))
    let flows = market.assets.compactMap { $0.flows?.series.id } + sampled.compactMap { $0.flows?.facts.series.id }
    let others = Set(flows + told.map(\.id))
    let series = try store.catalogue.series()
    all = series.filter { prices.contains($0.id) } + series.filter { others.contains($0.id) }
  }
}
