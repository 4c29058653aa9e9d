import Market
import Metrics
import Rendering
import Store
import Telling

/// What became of one class since a reader was last there: of what has sessions its last one, of coins all days after the
/// last session of the others, so that a Monday tells Friday's shares and the coins' weekend.
struct ClassSince {
  let assetClass: AssetClass
  /// The days that are told; of what has sessions one.
  let days: ClosedRange<Day>
  /// By symbol, as of the last of the days; not empty.
  let assets: [AssetFacts]
  /// Over all of the days, of each asset; `nil` where it is not known.
  let changes: [Double?]

  /// So many days back a session is looked for: the longest that markets were ever closed, and a few.
  private static let reach = 10

  /// A line for each class that has a day before `today`, in a fixed order.
  static func all(before today: Day, asOf: Instant, store: Store, _ prices: PriceRestatement) throws -> [ClassSince] {
    let reach = today - ClassSince.reach...today - 1
    let known = try store.telling.assetDays(in: reach)
    let newest = Dictionary(known.map { ($0.asset.assetClass, $0.snapshot.day) }, uniquingKeysWith: max)
    guard let first = newest.values.min(), let last = newest.values.max() else { return [] }
    let facts = try FactsOfDays(first...last, store: store, prices)
    let session = newest.filter { $0.key != .crypto }.values.max()
    return AssetClass.allCases.compactMap { assetClass in
      guard let newest = newest[assetClass] else { return nil }
      let first = assetClass == .crypto ? session.map { min($0 + 1, newest) } ?? newest : newest
      let assets = (facts.market(on: newest, now: asOf)?.assets ?? []).filter {
        $0.day.asset.assetClass == assetClass
      }
      guard !assets.isEmpty else { return nil }
      let changes = assets.map { asset -> Double? in
        guard first < newest else { return asset.snapshot.change24h }
        return facts.snapshot(like: asset.day, on: first - 1).flatMap {
          simpleReturn(from: $0.close, to: asset.snapshot.close)
        }
      }
      return ClassSince(assetClass: assetClass, days: first...newest, assets: assets, changes: changes)
    }
  }

  /// Those whose change is known, best first.
  private var ranked: [(symbol: String, change: Double)] {
    zip(assets, changes).compactMap { asset, change in change.map { (oneLine(asset.day.asset.symbol), $0) } }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  private var known: [Double] { changes.compactMap { $0 } }

  static let columns: [Table.Column] = [
    .text("Class"), .text("Of"), .figure("Assets").minor, .figure("Up"), .figure("Down"), .figure("Median"),
    .text("Strongest"), .text("Weakest"),
  ]

  var row: [Cell] {
    let ranked = ranked
    return [
      Cell(assetClass.noun(count: assets.count)), Cell(daysText), .count(assets.count),
      .count(known.count { $0 > 0 }), .count(known.count { $0 < 0 }), .change(median(known)),
      ranked.first.map(ClassSince.named) ?? .missing,
      ranked.count > 1 ? ranked.last.map(ClassSince.named) ?? .missing : .missing,
    ]
  }

  private static func named(_ asset: (symbol: String, change: Double)) -> Cell {
    Cell("\(asset.symbol) \(percentText(asset.change))")
  }

  /// `Fri 20 Sep`, `Sat 21 Sep to Sun 22 Sep`
  private var daysText: String {
    func text(_ day: Day) -> String { "\(day.weekdayName.prefix(3)) \(day.short)" }
    let first = text(days.lowerBound)
    return days.lowerBound == days.upperBound ? first : "\(first) to \(text(days.upperBound))"
  }

  var json: JSONValue {
    [
      "class": .string(assetClass.rawValue), "from": .string(days.lowerBound.description),
      "to": .string(days.upperBound.description), "assets": .integer(Int64(assets.count)),
      "up": .integer(Int64(known.count { $0 > 0 })), "down": .integer(Int64(known.count { $0 < 0 })),
      "median_change": .optional(median(known)),
      "changes": .array(
        zip(assets, changes).map { asset, change in
          ["asset": .string(asset.day.asset.symbol), "change": .optional(change)]
        }),
    ]
  }
}
