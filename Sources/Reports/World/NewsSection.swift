import Market
import Rendering
import Store
import Telling

/// What feeds told on a day: of each of the assets that moved most what names it, and what most feeds told. It stands beside
/// the moves and is never told as their cause.
struct NewsSection {
  /// An asset, its change, and the headlines that name it.
  struct Named {
    let symbol: String
    let change: Double?
    let headlines: [ToldHeadline]
  }

  /// So many assets are told of, each with so many headlines; and so many headlines besides, so that all of it is short.
  private static let mostAssets = 3
  private static let mostOfAsset = 2
  private static let mostOthers = 3
  /// Characters of a title that are shown.
  private static let longestTitle = 120

  let span: ClosedRange<Instant>
  let named: [Named]
  let others: [ToldHeadline]

  /// - Parameters:
  ///   - assets: of the report, with their changes.
  ///   - others: how many headlines that most feeds told.
  /// - Returns: `nil` where no feed told anything.
  init?(
    in span: ClosedRange<Instant>, of assets: [AssetFacts], others most: Int = NewsSection.mostOthers, store: Store
  ) throws {
    self.span = span
    let ranked = assets.map { (symbol: $0.day.asset.symbol, change: $0.snapshot.change24h) }.sorted {
      (($1.change ?? 0).magnitude, $0.symbol) < (($0.change ?? 0).magnitude, $1.symbol)
    }
    var (named, told): ([Named], Set<Int64>) = ([], [])
    for asset in ranked where named.count < NewsSection.mostAssets {
      let found = try store.telling.headlines(
        naming: asset.symbol, in: span, limit: NewsSection.mostOfAsset + told.count)
      let new = found.filter { !told.contains($0.id) }.prefix(NewsSection.mostOfAsset)
      guard !new.isEmpty else { continue }
      told.formUnion(new.map(\.id))
      named.append(Named(symbol: asset.symbol, change: asset.change, headlines: Array(new)))
    }
    let all = try store.telling.headlines(naming: nil, in: span, limit: most + told.count)
    others = Array(all.filter { !told.contains($0.id) }.prefix(most))
    self.named = named
    if named.isEmpty, others.isEmpty { return nil }
  }

  /// What feeds told while nobody looked.
  init?(since start: Instant, until end: Instant, store: Store) throws {
    guard start <= end else { return nil }
    try self.init(in: start...end, of: [], others: NewsSection.mostAssets + NewsSection.mostOthers, store: store)
  }
}

extension NewsSection {
  /// - Parameter title: of the section; `nil` for one that stands in another, which says itself that it tells of no causes.
  func blocks(_ title: String?) -> [Block] {
    let items =
      named.flatMap { asset in
        asset.headlines.map { headline in
          Prose([.strong(oneLine(asset.symbol)), .plain(asset.change.map { " \(changeText($0))" } ?? ""), .plain(": ")])
            + NewsSection.prose(headline)
        }
      } + others.map(NewsSection.prose)
    let opening = title.map { title -> [Block] in
      [
        .heading(title, level: 2),
        .paragraph("What feeds told stands beside the figures. Nothing here says that it was their cause."),
      ]
    }
    return (opening ?? []) + [.list(items)]
  }

  /// Whose headlines they are, each once and in order.
  var tellers: [String] { Set((named.flatMap(\.headlines) + others).map(\.source)).sorted() }

  private static func prose(_ headline: ToldHeadline) -> Prose {
    let others = headline.sources > 1 ? " and \(headline.sources - 1) more" : ""
    return Prose([.plain("\(cut(oneLine(headline.title))) (\(oneLine(headline.source))\(others))")])
  }

  /// Whole words, as far as there is room.
  private static func cut(_ title: String) -> String {
    guard title.count > longestTitle else { return title }
    let start = title.prefix(longestTitle)
    let words = start.lastIndex(of: " ").map { start[..<$0] } ?? start
    return (words.count * 2 > longestTitle ? words : start) + "…"
  }

  /// For programs; an address that is none of the web is left out.
  var json: JSONValue {
    .array(
      named.flatMap { asset in asset.headlines.map { NewsSection.json($0, asset.symbol) } }
        + others.map { NewsSection.json($0, nil) })
  }

  private static func json(_ headline: ToldHeadline, _ symbol: String?) -> JSONValue {
    let isOfTheWeb = headline.url.map { $0.hasPrefix("https://") || $0.hasPrefix("http://") } ?? false
    return [
      "article_id": .integer(headline.id), "asset": .optional(symbol),
      "published_at": .string(headline.publishedAt.description), "source": .string(oneLine(headline.source)),
      "title": .string(oneLine(headline.title)), "url": .optional(isOfTheWeb ? headline.url : nil),
      "sources": .integer(Int64(headline.sources)),
    ]
  }
}
