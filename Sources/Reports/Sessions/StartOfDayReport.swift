import Market
import Metrics
import Rendering
import Store

/// The start of a day: what is missing, what happened on the day before, which markets open, and prices to watch.
package struct StartOfDayReport: Sendable {
  /// The report of the newest day before it.
  var base: DailyReport
  /// The day that starts.
  let day: Day
  let assets: [Watched]
  /// The markets of what is asked for, each with its session of the day; `nil` where it is closed.
  let markets: [(name: String, session: Session?)]
  /// What feeds told since that day began; `nil` where they told nothing.
  let news: NewsSection?

  /// Gathers the report.
  ///
  /// - Parameter day: that of the last run where it is `nil`.
  /// - Throws: `ReportError` where no day before has prices, `StoreError`.
  package init(of day: Day? = nil, from store: Store) throws {
    let last = try store.runs.lastRun().map { ($0.run.finishedAt ?? $0.run.startedAt).day }
    let newest = try store.snapshots.newestSnapshotDay()
    let day = day ?? last ?? newest.map { $0 + 1 }
    let before = try day.flatMap { day in
      try store.snapshots.snapshotStretches().last { $0.lowerBound < day }.map { min($0.upperBound, day - 1) }
    }
    let base = try DailyReport(of: before ?? day.map { $0 - 1 }, from: store)
    let start = day ?? base.day + 1
    let calendars = Set(
      try store.catalogue.series().filter { $0.isAsked && $0.key.holdsBars }.map { $0.rhythm().calendar })
    self.base = base
    self.day = start
    assets = try Watched.all(of: base, store: store)
    news = try NewsSection(since: base.day.start, until: DailyReport.instant(of: start, store), store: store)
    markets = calendars.filter { !$0.isContinuous }.sorted { $0.rawValue < $1.rawValue }.map {
      ($0.rawValue, $0.session(on: start))
    }
  }
}

extension StartOfDayReport: WrittenReport {
  /// Of what it is.
  package var order: ReportOrder { ReportOrder(kind: .sod, day: day, symbols: nil, isWhole: false) }
  /// The end of the newest day told, or the last run, whichever is earlier.
  package var asOf: Instant { base.asOf }
  /// The instant at which all this was known so; `nil` for what is known now.
  package var knownOn: Instant? {
    get { base.knownOn }
    set { base.knownOn = newValue }
  }

  /// The same content for programs. `version` is 1 until a member changes its meaning or goes.
  package func json() -> JSONValue {
    .object(
      [
        ("version", 1), ("report", "sod"), ("day", .string(day.description)),
        ("newest_day", .string(base.day.description)),
        ("as_of", .string(asOf.description)),
        (
          "markets",
          .array(
            markets.map { name, session in
              [
                "calendar": .string(name), "is_open": .bool(session != nil),
                "open": .optional(session?.open.description), "close": .optional(session?.close.description),
                "is_short": .bool(session?.isShort ?? false),
              ]
            })
        ),
        (
          "levels",
          .array(
            watched.map { asset in
              [
                "asset": .string(asset.facts.day.asset.symbol), "last": .number(asset.last),
                "high_20": .optional(asset.extremes(of: 20)?.high), "low_20": .optional(asset.extremes(of: 20)?.low),
                "sma_50": .optional(asset.fifty),
              ]
            })
        ),
        ("missing", base.missing.json),
      ] + (news.map { [("headlines", $0.json)] } ?? []))
  }

  /// With the day that it is made from.
  package var facts: JSONValue { ["report": json(), "day": base.facts] }
}

extension StartOfDayReport {
  /// The report as a page, to be shown in any form.
  package var document: Document {
    Document(
      "Start of day, \(day.weekdayName), \(day.spelled)",
      description: "What happened since, what opens, and prices to watch, from the record of an appliance.",
      blocks: base.opening + base.missing.blocks + since + (news?.blocks("While you were away") ?? []) + today + levels
        + base.sourceList + base.traces)
  }

  private var since: [Block] {
    let columns: [Table.Column] = [
      .text("Class"), .figure("Assets"), .figure("Up"), .figure("Down"), .figure("Median"),
    ]
    let rows = ClassDay.all(of: base.market.assets).map { day in
      [
        Cell(day.noun), .count(day.assets.count), .count(day.rising), .count(day.falling), .change(day.medianChange),
      ]
    }
    return [
      .heading("The day before: \(base.day.weekdayName), \(base.day.spelled)", level: 2)
    ] + base.texts.market(base.market).blocks + [
      .table(Table("The day by class", columns: columns, rows: rows))
    ]
  }

  private var today: [Block] {
    let items = markets.map { name, session in
      guard let session else { return Prose("\(name): closed.") }
      return Prose(
        "\(name): open from \(session.open.spelled) to \(session.close.spelled)\(session.isShort ? ", a short day" : "")."
      )
    }
    return [
      .heading("On today", level: 2),
      items.isEmpty
        ? .paragraph("What is followed trades all day.")
        : .list(items),
    ]
  }

  /// All of a few; of many the coins, and what moved most.
  private var watched: [Watched] {
    guard assets.count > ClassTable.mostAssets else { return assets }
    let movers = Set(ClassTable.drawn(of: assets.map(\.facts)).map(\.day.asset.symbol))
    return assets.filter {
      $0.facts.day.asset.assetClass == .crypto || movers.contains($0.facts.day.asset.symbol)
    }
  }

  private var levels: [Block] {
    let columns: [Table.Column] = [
      .text("Asset"), .figure("Last"), .curve("14 days"), .figure("Highest of 20"), .figure("Lowest of 20"),
      .figure("SMA 50"), .text("Stands").minor,
    ]
    let rows = watched.map { asset in
      let extremes = asset.extremes(of: 20)
      let decimals = priceDecimals([asset.last])
      func price(_ value: Double?) -> Cell { .figure(value) { roundedPriceText($0, decimals: decimals) } }
      return [
        Cell(asset.symbol), price(asset.last), Cell(curve: asset.closes), price(extremes?.high), price(extremes?.low),
        price(asset.fifty), Cell(stand(asset, extremes)),
      ]
    }
    return [
      .heading("Prices to watch", level: 2), .table(Table("Levels of the daily bars", columns: columns, rows: rows)),
      .paragraph(
        "Highest and lowest: of the 20 daily bars before that day. They are what was, not what will be, and no advice."),
    ]
  }

  private func stand(_ asset: Watched, _ extremes: (high: Double, low: Double)?) -> String {
    guard let extremes else { return "–" }
    if asset.last > extremes.high { return "above its highest" }
    if asset.last < extremes.low { return "below its lowest" }
    guard let fifty = asset.fifty else { return "within" }
    return asset.last >= fifty ? "within, above SMA 50" : "within, below SMA 50"
  }
}
