import Market
import Rendering
import SQLite
import Schema
import Store

/// What all funds that hold an asset are worth together, on the last days on which somebody told it.
struct FundAssets {
  /// Up to six, oldest first; not empty. Whole dollars.
  let days: [(day: Day, usd: Int64)]
  /// `SoSoValue`
  let source: String
  private let provider: ProviderName

  /// `nil` where nobody tells it in the three weeks up to a day.
  init?(of symbol: String, on day: Day, store: Store, _ credits: Credits) throws {
    let found = try store.read { db in
      let rows = try Statements(db).kept(FundAssetStatements.newest)
      rows.bind(symbol, at: 1)
      rows.bind((day - FlowFacts.reach).description, at: 2)
      rows.bind(day.description, at: 3)
      var found: [(day: Day, usd: Int64, source: String)] = []
      while try rows.step() {
        if let day = Day(rows.text(0)) { found.append((day, rows.integer(1), rows.text(2))) }
      }
      return found
    }
    guard let newest = found.first else { return nil }
    days = found.reversed().map { ($0.day, $0.usd) }
    provider = ProviderName(newest.source)
    source = credits.title(of: provider)
  }

  /// Against the day before it on which it was told; `nil` for one day alone.
  var change: Double? { change(since: days.dropLast().last) }

  /// Against the first of the days.
  private var changeOverAll: Double? { days.count > 2 ? change(since: days.first) : nil }

  private func change(since earlier: (day: Day, usd: Int64)?) -> Double? {
    guard let earlier, let last = days.last, earlier.usd > 0 else { return nil }
    return Double(last.usd) / Double(earlier.usd) - 1
  }

  /// `Assets under management on 18 September: 152,310 million USD, up 1.2 % on 17 September. Source: SoSoValue.`
  var words: String {
    guard let last = days.last else { return "" }
    let steps = [
      change.flatMap { change in days.dropLast().last.map { "\(changeWords(change)) on \($0.day.short)" } },
      changeOverAll.flatMap { change in days.first.map { "\(changeWords(change)) on \($0.day.short)" } },
    ].compactMap { $0 }
    let million = Int64((Double(last.usd) / 1e6).rounded())
    return "Assets under management on \(last.day.short): "
      + (["\(groupedText(million)) million USD"] + steps).joined(separator: ", ") + ". Source: \(source)."
  }

  /// For programs: whole dollars by day.
  var json: JSONValue {
    [
      "source": .string(provider.description),
      "days": .array(
        days.map { ["day": .string($0.day.description), "net_assets_usd": .integer($0.usd)] }),
      "change": .optional(change),
    ]
  }
}
