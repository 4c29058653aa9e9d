import Market
import Rendering
import Store
import Telling

/// The newest session of what has sessions, in a report on a day of which there is none of it: it is not over yet, or the
/// markets are closed.
struct LastSession {
  /// The date of the session.
  let day: Day
  /// By symbol; not empty.
  let assets: [AssetFacts]

  /// So many days back a session is looked for: the longest that markets were ever closed, and a few.
  private static let reach = 10

  /// `nil` where all that has sessions has one on the day, or none shortly before it.
  ///
  /// - Parameter shown: the symbols of what the report tells of the day itself.
  init?(
    before today: Day, besides shown: Set<String>, asOf: Instant, store: Store, _ prices: PriceRestatement
  ) throws {
    let known = try store.telling.assetDays(in: today - LastSession.reach...today - 1)
      .filter { $0.asset.assetClass != .crypto && !shown.contains($0.asset.symbol) }
    guard let newest = known.map(\.snapshot.day).max() else { return nil }
    let symbols = Set(known.filter { $0.snapshot.day == newest }.map(\.asset.symbol))
    let facts = try FactsOfDays(newest...newest, store: store, prices).market(on: newest, now: asOf)?.assets ?? []
    day = newest
    assets = facts.filter { symbols.contains($0.day.asset.symbol) }
    if assets.isEmpty { return nil }
  }

  var blocks: [Block] {
    [
      .heading("The last session, \(day.weekdayName), \(day.spelled)", level: 2),
      .paragraph(
        Prose([
          .plain("Of \(counted(assets.count, "asset")) with sessions there is no later one yet. All of that day: "),
          .code("appliance report daily --date \(day)"),
        ])),
      .table(ClassTable.byClass(assets, caption: "The last session by class")),
      .table(ClassTable.movers(among: assets, caption: "What moved most in it")),
    ]
  }

  var json: JSONValue {
    [
      "day": .string(day.description),
      "assets": .array(
        assets.map { asset in
          [
            "asset": .string(asset.day.asset.symbol), "close": .number(asset.snapshot.close),
            "change_24h": .optional(asset.snapshot.change24h),
          ]
        }),
    ]
  }
}
