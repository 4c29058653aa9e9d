import Market
import Rendering

/// What a report on many assets shows in place of each of them: the day by class, and what moved most.
struct ClassTable {
  /// More assets than this are not told one by one, unless that is asked for.
  static let mostAssets = 12
  /// So many are told by name at each end.
  static let movers = 5

  let market: MarketFacts
  let asOf: Instant
  /// The line that prints every asset.
  let whole: String

  /// The daily bars of those that are drawn, by symbol.
  let courses: [String: PriceCourse]
  /// Each asset's row in the table of all.
  let rows: [[Cell]]

  /// The symbols of those whose days are drawn: all of a dozen; of more what moved most and, where each has a section, the
  /// coins, so that a page stays small enough to be sent.
  static func drawn(of assets: [AssetFacts], isByClass: Bool) -> Set<String> {
    guard assets.count > mostAssets else { return Set(assets.map(\.day.asset.symbol)) }
    let coins = isByClass ? [] : assets.filter { $0.day.asset.assetClass == .crypto }.prefix(mostAssets / 2)
    return Set((drawn(of: assets) + coins).map(\.day.asset.symbol))
  }

  /// The first few at each end.
  static func drawn(of assets: [AssetFacts]) -> [AssetFacts] {
    let ranked = assets.ranked
    return ranked.prefix(3) + ranked.dropFirst(3).suffix(3).reversed()
  }

  var blocks: [Block] {
    // Of one class that is told whole below, its table says nothing more.
    let isToldBelow = ClassDay.all(of: market.assets).count == 1 && market.assets.count <= 2 * ClassTable.movers
    return [
      isToldBelow ? nil : .table(ClassTable.byClass(market.assets, caption: "The day by class")),
      .heading("What moved most", level: 3),
      .table(ClassTable.movers(among: market.assets, caption: "The largest rises and falls")),
    ].compactMap { $0 }
      + ClassTable.drawn(of: market.assets).compactMap { asset in
        courses[asset.day.asset.symbol].map { .figure($0.figure(of: oneLine(asset.day.asset.symbol))) }
      }
      + [
        .paragraph(
          Prose([
            .plain(
              "Change: over 24 hours, of what has sessions against the one before. All \(market.assets.count) assets: "),
            .code(whole),
          ])),
        .folded(
          "All \(rows.count) assets", [.table(Table("All assets", columns: AssetSection.overviewColumns, rows: rows))]),
      ]
  }

  /// A line a class.
  static func byClass(_ assets: [AssetFacts], caption: String) -> Table {
    Table(caption, columns: classColumns, rows: ClassDay.all(of: assets).map(row))
  }

  /// The first few at each end: the best first, then the worst.
  static func movers(among assets: [AssetFacts], caption: String) -> Table {
    let ranked = assets.ranked
    let top = ranked.prefix(movers)
    let bottom = ranked.dropFirst(top.count).suffix(movers).reversed()
    return Table(caption, columns: moverColumns, rows: (top + bottom).map(mover))
  }

  private static let classColumns: [Table.Column] = [
    .text("Class"), .figure("Assets"), .figure("Up"), .figure("Down"), .figure("Median"), .text("Strongest"),
    .text("Weakest"),
  ]

  private static func row(_ day: ClassDay) -> [Cell] {
    let ranked = day.ranked
    return [
      Cell(day.noun), .count(day.assets.count), .count(day.rising), .count(day.falling), .change(day.medianChange),
      ranked.first.map(named) ?? .missing, ranked.count > 1 ? ranked.last.map(named) ?? .missing : .missing,
    ]
  }

  /// `PLTR +5.13 %`
  private static func named(_ asset: AssetFacts) -> Cell {
    Cell(oneLine(asset.day.asset.symbol) + (asset.snapshot.change24h.map { " " + percentText($0) } ?? ""))
  }

  private static let moverColumns: [Table.Column] = [
    .text("Asset"), .text("Name"), .text("Class").minor, .figure("Close"), .text("In").minor, .figure("Change"),
  ]

  private static func mover(_ asset: AssetFacts) -> [Cell] {
    [
      Cell(oneLine(asset.day.asset.symbol)), Cell(oneLine(asset.day.asset.name)),
      Cell(asset.day.asset.assetClass.noun(count: 1)), .figure(asset.snapshot.close) { priceText($0) },
      Cell(oneLine(asset.day.quoteCurrency ?? "")), .change(asset.snapshot.change24h),
    ]
  }
}
