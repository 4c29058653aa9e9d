import Market
import Metrics
import Rendering
import Store
import Telling

/// The start of a day: what is missing, what happened since the last trading day of each class, which markets open, and
/// prices to watch.
package struct StartOfDayReport: Sendable {
  /// The report of the newest day before it, looked back at from this one.
  var base: DailyReport
  /// The day that starts.
  let day: Day
  /// What became of each class since it traded last.
  let classes: [ClassSince]
  /// Those of the classes, each on its last day.
  let assets: [Watched]
  /// What is late of all that is followed, and what else the newest day lacks.
  let missing: MissingFacts
  /// Whose facts stand in the report, and no others.
  let sources: [SourceSection]
  /// The markets of what is asked for, each with its session of the day; `nil` where it is closed.
  let markets: [(name: String, session: Session?)]
  /// What is told of the day and the six behind it.
  let agenda: Agenda
  /// What feeds told since that day began; `nil` where they told nothing.
  let news: NewsSection?

  /// Gathers the report.
  ///
  /// - Parameters:
  ///   - day: that of the last run where it is `nil`.
  ///   - adjustment: for what prices of shares are restated; `nil` for as they are stored.
  /// - Throws: `ReportError` where no day before has prices, `StoreError`.
  package init(of day: Day? = nil, adjustment: Adjustment? = nil, from store: Store) throws {
    let last = try store.runs.lastRun().map { ($0.run.finishedAt ?? $0.run.startedAt).day }
    let newest = try store.telling.newestSnapshotDay()
    let day = day ?? last ?? newest.map { $0 + 1 }
    let before = try day.flatMap { day in
      try store.telling.snapshotStretches().last { $0.lowerBound < day }.map { min($0.upperBound, day - 1) }
    }
    let base = try DailyReport(
      of: before ?? day.map { $0 - 1 }, adjustment: adjustment, lookedAtOn: day, from: store)
    let start = day ?? base.day + 1
    let series = try store.catalogue.series()
    let calendars = Set(series.filter { $0.isAsked && $0.key.holdsBars }.map { $0.rhythm().calendar })
    let classes = try ClassSince.all(before: start, asOf: base.asOf, store: store, base.prices)
    self.base = base
    self.day = start
    self.classes = classes
    let told = classes.flatMap(\.assets)
    let assets = try StartOfDayReport.watched(told).map { try Watched($0, asOf: base.asOf, store: store, base.prices) }
    self.assets = assets
    let credits = try Credits(store)
    let prices = Set(told.map(\.day.series) + assets.compactMap(\.course?.series.id))
    let used = SeriesInReport(
      all: series.filter { prices.contains($0.id) } + (try base.seriesOfMarketText(among: series)))
    let followed = try StartOfDayReport.followed(series, store)
    missing = try MissingFacts(
      of: base.market, base.sampled, asOf: base.asOf,
      series: SeriesInReport(all: followed + used.all.filter { used in !followed.contains { $0.id == used.id } }),
      store: store, credits)
    let agenda = try Agenda(of: start...start + 6, from: store)
    self.agenda = agenda
    sources = credits.sections(of: used, events: agenda.shown)
    news = try NewsSection(since: base.day.start, until: DailyReport.instant(of: start, store), store: store)
    markets = calendars.filter { !$0.isContinuous }.sorted { $0.rawValue < $1.rawValue }.map {
      ($0.rawValue, $0.session(on: start))
    }
  }

  /// All of a few; of many the coins, and what moved most.
  private static func watched(_ assets: [AssetFacts]) -> [AssetFacts] {
    let assets = assets.sorted { $0.day.asset.symbol < $1.day.asset.symbol }
    guard assets.count > ClassTable.mostAssets else { return assets }
    let movers = Set(ClassTable.drawn(of: assets).map(\.day.asset.symbol))
    return assets.filter { $0.day.asset.assetClass == .crypto || movers.contains($0.day.asset.symbol) }
  }

  /// The series that are the prices of what is asked for.
  private static func followed(_ series: [StoredSeries], _ store: Store) throws -> [StoredSeries] {
    let asked = series.filter { $0.isAsked && $0.key.holdsBars }
    return try Set(asked.compactMap(\.asset)).sorted().flatMap { asset in
      try Set(asked.filter { $0.asset == asset }.map(\.key.interval)).sorted { $0.seconds < $1.seconds }.compactMap {
        try store.catalogue.chosenPrice(of: asset, interval: $0)
      }
    }.filter(\.isAsked)
  }
}

extension DailyReport {
  /// What stands behind the text of the market besides prices: the index of mood and flows.
  func seriesOfMarketText(among series: [StoredSeries]) throws -> [StoredSeries] {
    let flows = Set(market.assets.compactMap { $0.flows?.series.id })
    return series.filter { flows.contains($0.id) || $0.id == sentiment?.series.id }
  }
}

extension StartOfDayReport: WrittenReport {
  /// Of what it is.
  package var order: ReportOrder {
    ReportOrder(kind: .sod, day: day, symbols: nil, isWhole: false, adjustment: base.prices.adjustment)
  }
  /// The end of the day that starts, or the last run, whichever is earlier.
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
      ] + base.prices.json + [
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
            assets.map { asset in
              [
                "asset": .string(asset.facts.day.asset.symbol), "day": .string(asset.facts.snapshot.day.description),
                "last": .number(asset.last),
                "high_20": .optional(asset.extremes(of: 20)?.high), "low_20": .optional(asset.extremes(of: 20)?.low),
                "sma_50": .optional(asset.fifty),
              ]
            })
        ),
        ("since", .array(classes.map(\.json))), ("missing", missing.json),
      ] + (agenda.events.isEmpty ? [] : [("calendar", agenda.json)]) + (news.map { [("headlines", $0.json)] } ?? []))
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
      blocks: base.opening(saying: state) + missing.blocks + since + (news?.blocks("While you were away") ?? []) + today
        + agenda.coming(at: day) + levels
        + [.heading("Sources", level: 2)] + sourceBlocks(of: sources, headlines: news, naming: ClassTable.mostAssets)
        + base.marketTrace)
  }

  private var state: String {
    asOf >= day.end
      ? "The day is over; ages are measured to its end. All hours are UTC."
      : "The record was last brought up to date at \(asOf.spelled); ages are measured to that time. All hours are UTC."
  }

  private var since: [Block] {
    let isDayBefore = base.day == day - 1
    return [
      .heading(
        (isDayBefore ? "The day before: " : "The newest day: ") + "\(base.day.weekdayName), \(base.day.spelled)",
        level: 2)
    ] + base.texts.market(base.market).blocks + [
      .heading("Since each class traded last", level: 3),
      .table(Table("Since each class traded last", columns: ClassSince.columns, rows: classes.map(\.row))),
      .paragraph(
        "Of what has sessions its last one, against the one before; of coins the days since the last session of the "
          + "others: of one day the change over 24 hours, of several that of their closes."),
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

  private var levels: [Block] {
    let columns: [Table.Column] = [
      .text("Asset"), .text("Of"), .figure("Last"), .curve("14 days"), .figure("Highest of 20"),
      .figure("Lowest of 20"),
      .figure("SMA 50"), .text("Stands").minor,
    ]
    let rows = assets.map { asset in
      let extremes = asset.extremes(of: 20)
      let decimals = priceDecimals([asset.last])
      func price(_ value: Double?) -> Cell { .figure(value) { roundedPriceText($0, decimals: decimals) } }
      return [
        Cell(asset.symbol), Cell(asset.facts.snapshot.day.short), price(asset.last), Cell(curve: asset.closes),
        price(extremes?.high), price(extremes?.low),
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
