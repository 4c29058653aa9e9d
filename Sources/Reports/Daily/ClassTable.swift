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

  var markdown: [String] {
    let ranked = market.assets.ranked
    let top = ranked.prefix(ClassTable.movers)
    let bottom = ranked.dropFirst(top.count).suffix(ClassTable.movers).reversed()
    return [
      PaddedTable(columns: ClassTable.classColumns, rows: ClassDay.all(of: market.assets).map(row)).text,
      Markdown.heading("What moved most", level: 3),
      PaddedTable(columns: ClassTable.moverColumns, rows: (top + bottom).map(mover)).text,
      Markdown.paragraph(
        "Change: over 24 hours, of what has sessions against the one before. All \(market.assets.count) assets: ")
        + "`\(whole)`",
    ]
  }

  private static let classColumns: [Column] = [
    .text("Class"), .figure("Assets"), .figure("Up"), .figure("Down"), .figure("Median"), .text("Strongest"),
    .text("Weakest"),
  ]

  private func row(_ day: ClassDay) -> [String] {
    let ranked = day.ranked
    return [
      day.noun, "\(day.assets.count)", "\(day.rising)", "\(day.falling)",
      day.medianChange.map { percentText($0) } ?? "–", ranked.first.map(named) ?? "–",
      ranked.count > 1 ? ranked.last.map(named) ?? "–" : "–",
    ]
  }

  /// `PLTR +5.13 %`
  private func named(_ asset: AssetFacts) -> String {
    oneLine(asset.day.asset.symbol) + (asset.snapshot.change24h.map { " " + percentText($0) } ?? "")
  }

  private static let moverColumns: [Column] = [
    .text("Asset"), .text("Name"), .text("Class"), .figure("Close"), .text("In"), .figure("Change"),
  ]

  private func mover(_ asset: AssetFacts) -> [String] {
    [
      oneLine(asset.day.asset.symbol), oneLine(asset.day.asset.name), asset.day.asset.assetClass.noun(count: 1),
      priceText(asset.snapshot.close), oneLine(asset.day.quoteCurrency ?? ""),
      asset.snapshot.change24h.map { percentText($0) } ?? "–",
    ]
  }
}
