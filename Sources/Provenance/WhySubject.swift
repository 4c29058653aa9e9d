import Market
import Rendering

/// What can be asked `why`, as the command spells it.
package enum WhySubject: Hashable, Sendable {
  /// A bar or a sampled price: of the chosen series unless a source is named.
  case price(asset: String, at: Instant, interval: Interval?, source: ProviderName?, field: FigureField?)
  /// A day of a sentiment index, by the name that its series has: `fng`.
  case sentiment(index: String, day: Day, source: ProviderName? = nil, field: FigureField?)
  case flow(ticker: String, day: Day, source: ProviderName?, field: FigureField?)
  /// What was published last of a period of an economic series, by its id and the first day of the period.
  case macro(id: String, day: Day, source: ProviderName? = nil)
  /// What is told of a theme on a day, by its name or its query.
  case theme(name: String, day: Day, measure: ThemeValue.Measure, source: ProviderName? = nil)
  /// A row of any other kind, by the name of its series and the parts of its key as they are spelled.
  case row(dataset: Dataset, symbol: String, key: FactKey, source: ProviderName?, field: FigureField?)
  case snapshot(asset: String, day: Day, field: SnapshotField)
  /// `figure` is the name of one of the facts that the text was made from.
  case summary(id: Int64, figure: String?)
}

extension WhySubject: CustomStringConvertible {
  /// The words after `appliance why` that ask this.
  package var description: String {
    switch self {
    case .price(let asset, let at, let interval, let source, let field):
      words(asset, at.short, field?.rawValue)
        + flag("interval", interval.flatMap { $0 == .hour1 ? nil : $0.rawValue }) + flag("source", source?.description)
    case .sentiment(let index, let day, let source, let field):
      words(index, day.description, field?.rawValue) + flag("source", source?.description)
    case .flow(let ticker, let day, let source, let field):
      words("flow", ticker, day.description, field?.rawValue) + flag("source", source?.description)
    case .macro(let id, let day, let source):
      words("macro", id, day.description) + flag("source", source?.description)
    case .theme(let name, let day, let measure, let source):
      words("theme", shellWord(name), day.description, measure.rawValue) + flag("source", source?.description)
    case .row(let dataset, let symbol, let key, let source, let field):
      words(dataset.rawValue, symbol, key.spelled, field?.rawValue) + flag("source", source?.description)
    case .snapshot(let asset, let day, let field): words("snapshot", asset, day.description, field.rawValue)
    case .summary(let id, let figure): words("summary", "\(id)", figure)
    }
  }

  /// The command and its words, without the program; the same question about the past where the file is shown as of an
  /// instant.
  package func command(asOf: Instant?) -> String {
    "why \(self)" + flag("as-of", asOf?.short)
  }

  private func words(_ words: String?...) -> String { words.compactMap { $0 }.joined(separator: " ") }
  private func flag(_ name: String, _ value: String?) -> String { value.map { " --\(name) \($0)" } ?? "" }
}

extension FactKey {
  /// Its parts, a word each: `41 2025-09-19`.
  var spelled: String {
    parts.map { part in
      switch part {
      case .instant(let instant): instant.short
      case .day(let day): day.description
      case .text(let text): shellWord(text)
      }
    }.joined(separator: " ")
  }
}

extension Instant {
  /// `2025-09-19T13:00Z`; with seconds where there are any.
  var short: String {
    epochSeconds % 60 == 0 ? String(description.dropLast(4)) + "Z" : description
  }
}

/// A column of `daily_market_snapshot` that is a figure.
package enum SnapshotField: String, CaseIterable, Hashable, Sendable {
  case open, high, low, close, volume
  case change24h = "change_24h"
  case volatility7d = "volatility_7d"
  case asiaReturn = "asia_return"
  case europeReturn = "europe_return"
  case usReturn = "us_return"
  case fngValue = "fng_value"
  case fngClassification = "fng_classification"
  case etfNetFlow = "etf_net_flow_usd"
  case etfNetFlow5d = "etf_net_flow_5d_usd"
  case bars
  case barsExpected = "bars_expected"
  case isComplete = "is_complete"

  /// Those that a single bar has too.
  package static let dayPrices: [SnapshotField] = [.open, .high, .low, .close, .volume]
}
