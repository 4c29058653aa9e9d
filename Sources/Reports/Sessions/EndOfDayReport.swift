import Market
import Rendering
import Store

/// The end of a day: what moved and how broadly, and what stood beside it, never as its cause.
package struct EndOfDayReport: Sendable {
  /// The report of the day that it is made from.
  var base: DailyReport
  let assets: [Watched]
  let breadth: [ClassBreadth]
  /// Splits and money of the day.
  let events: [ShareEvent]
  /// Whose facts stand in the report, and no others.
  let sources: [SourceSection]
  /// What was told of the day.
  let agenda: Agenda
  /// The markets of what is followed that have a session on the day of which nothing is here.
  let pending: [(name: String, session: Session)]

  /// Gathers the report.
  ///
  /// - Parameters:
  ///   - day: the newest day with a snapshot where it is `nil`.
  ///   - adjustment: for what prices of shares are restated; `nil` for as they are stored.
  /// - Throws: `ReportError` where there is nothing to report on, `StoreError`.
  package init(of day: Day? = nil, adjustment: Adjustment? = nil, from store: Store) throws {
    base = try DailyReport(of: day, adjustment: adjustment, from: store)
    assets = try Watched.all(of: base, store: store)
    breadth = ClassBreadth.all(of: assets)
    events = try ShareEvent.all(in: base.day...base.day, from: store)
    let series = try store.catalogue.series()
    let prices = Set(assets.flatMap { [$0.facts.day.series, $0.course?.series.id].compactMap { $0 } })
    let acts = Set(events.map(\.symbol)).compactMap { symbol in
      series.filter { $0.asset == symbol && $0.key.dataset == .corporateAction && $0.count > 0 }
        .min { ($0.priority, $0.id.rawValue) < ($1.priority, $1.id.rawValue) }?.id
    }
    let used = try series.filter { prices.contains($0.id) } + base.seriesOfMarketText(among: series)
    let day = base.day
    agenda = try Agenda(of: day...day, from: store)
    pending = Set(series.filter { $0.isAsked && $0.key.holdsBars }.map { $0.rhythm().calendar })
      .subtracting(assets.map(\.facts.rhythm.calendar)).filter { !$0.isContinuous }
      .sorted { $0.rawValue < $1.rawValue }
      .compactMap { calendar in calendar.session(on: day).map { (calendar.rawValue, $0) } }
    let themes = Set((base.themes?.series ?? []).map(\.id))
    sources = try Credits(store).sections(
      of: SeriesInReport(all: used + series.filter { acts.contains($0.id) || themes.contains($0.id) }),
      events: agenda.shown)
  }
}

extension EndOfDayReport: WrittenReport {
  /// Of what it is.
  package var order: ReportOrder {
    ReportOrder(kind: .eod, day: base.day, symbols: nil, isWhole: false, adjustment: base.prices.adjustment)
  }
  /// The end of the day or the last run, whichever is earlier.
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
        ("version", 1), ("report", "eod"), ("day", .string(base.day.description)),
        ("as_of", .string(asOf.description)), ("is_running", .bool(base.isRunning)),
      ] + base.prices.json + [
        ("breadth", .array(breadth.map(\.json))),
        (
          "assets",
          .array(
            assets.map { asset in
              [
                "asset": .string(asset.facts.day.asset.symbol), "close": .number(asset.last),
                "change_24h": .optional(asset.facts.snapshot.change24h), "sma_50": .optional(asset.fifty),
              ]
            })
        ),
        ("missing", base.missing.json),
      ] + (agenda.events.isEmpty ? [] : [("calendar", agenda.json)])
        + (events.isEmpty ? [] : [("events", .array(events.map(\.json)))])
        + (base.news.map { [("headlines", $0.json)] } ?? [])
        + (base.themes.map { [("themes", $0.json)] } ?? []) + (base.quality.map { [("quality", $0.json)] } ?? []))
  }

  /// With the day that it is made from.
  package var facts: JSONValue { ["report": json(), "day": base.facts] }
}

extension EndOfDayReport {
  /// The report as a page, to be shown in any form.
  package var document: Document {
    Document(
      "End of day, \(base.day.weekdayName), \(base.day.spelled)",
      description: "What moved, how broadly, and what stood beside it, from the record of an appliance.",
      blocks: base.opening + troublesFirst + moved + breadthBlocks + agenda.came + beside
        + (base.quality?.blocks ?? []) + [.heading("Sources", level: 2)]
        + sourceBlocks(of: sources, headlines: base.news, naming: base.isByClass ? ClassTable.mostAssets : .max)
        + base.marketTrace)
  }

  /// What is missing is said first; where nothing is, that is one line.
  private var troublesFirst: [Block] {
    let waiting = pending.map { name, session in
      asOf < session.close
        ? "\(name) closes at \(session.close.spelled): its session is not over, and nothing of it stands here."
        : "\(name) closed at \(session.close.spelled): nothing of that session is in the record yet."
    }
    return (waiting.isEmpty ? [] : [.paragraph(waiting.joined(separator: " "))]) + base.missing.blocks
  }

  private var moved: [Block] {
    let ranked = assets.filter { $0.facts.snapshot.change24h != nil }.sorted {
      ($1.facts.snapshot.change24h ?? 0, $0.symbol) < ($0.facts.snapshot.change24h ?? 0, $1.symbol)
    }
    let top = ranked.prefix(ClassTable.movers)
    let ends = top + ranked.dropFirst(top.count).suffix(ClassTable.movers)
    let columns: [Table.Column] = [
      .text("Asset"), .text("Class").minor, .figure("Close"), .text("In").minor, .figure("Change"), .curve("14 days"),
      .figure("From SMA 50"),
    ]
    let opening: [Block] = [.heading("What moved", level: 2)] + base.texts.market(base.market).blocks
    guard !ranked.isEmpty else { return opening }
    return opening + [
      .figure(changes(ranked)), .table(Table("The largest rises and falls", columns: columns, rows: ends.map(row))),
      .paragraph(
        "Change: over 24 hours, of what has sessions against the one before. SMA 50: the mean of 50 daily closes."),
    ]
  }

  private func row(_ asset: Watched) -> [Cell] {
    [
      Cell(asset.symbol), Cell(asset.facts.day.asset.assetClass.noun(count: 1)),
      .figure(asset.last) { priceText($0) }, Cell(oneLine(asset.facts.day.quoteCurrency ?? "")),
      .change(asset.facts.snapshot.change24h), Cell(curve: asset.closes),
      .change(asset.fifty.flatMap { $0 > 0 ? asset.last / $0 - 1 : nil }),
    ]
  }

  private func changes(_ ranked: [Watched]) -> DrawnFigure {
    let amounts = ranked.map { asset in
      let change = asset.facts.snapshot.change24h
      return Drawing.Amount(asset.symbol, change.map { $0 * 100 }, change.map { percentText($0) } ?? "–")
    }
    let rising = ranked.filter { ($0.facts.snapshot.change24h ?? 0) > 0 }.count
    let numbers = Table(
      "Change of each asset", columns: [.text("Asset"), .figure("Change")],
      rows: ranked.map { [Cell($0.symbol), .change($0.facts.snapshot.change24h)] })
    return DrawnFigure(
      "The change of each asset in per cent, best first. Hollow: rose; filled: fell.",
      alternative: "\(rising) of \(ranked.count) assets rose.", drawing: .bars(amounts), numbers: numbers)
  }

  private var breadthBlocks: [Block] {
    let columns: [Table.Column] = [
      .text("Class"), .figure("Up"), .figure("Down"), .figure("Median"), .figure("Above SMA 50"),
      .figure("New highs"), .figure("New lows"),
    ]
    let rows = breadth.map { breadth in
      [
        Cell("\(breadth.day.assets.count) \(breadth.day.noun)"), .count(breadth.day.rising),
        .count(breadth.day.falling),
        .change(breadth.day.medianChange),
        breadth.known == 0 ? .missing : Cell("\(breadth.above) of \(breadth.known)"), .count(breadth.highs),
        .count(breadth.lows),
      ]
    }
    return [
      .heading("How broadly", level: 2), .table(Table("Breadth by class", columns: columns, rows: rows)),
      .paragraph("New highs and lows: beyond those of the \(PriceCourse.sessions) daily bars before."),
    ]
  }

  private var beside: [Block] {
    let flows = base.assets.compactMap { section in
      section.flows.map { (oneLine(section.facts.day.asset.symbol), $0) }
    }
    return [
      .heading("Beside it", level: 2),
      .paragraph("What follows stood beside the moves. Nothing here says that it was their cause."),
      .list(rests),
    ] + (base.news?.blocks(nil) ?? []) + eventBlocks
      + (base.sentiment?.blocks(asOf: asOf) ?? []).filter { !$0.isHeading }
      + flows.flatMap { $0.1.blocks(of: $0.0, asOf: asOf) } + (base.themes?.table ?? [])
  }

  /// What each share did on the day that it was traded without it.
  private var eventBlocks: [Block] {
    guard !events.isEmpty else { return [] }
    let changes = Dictionary(assets.map { ($0.facts.day.asset.symbol, $0.facts.snapshot.change24h) }) { first, _ in
      first
    }
    return [
      .table(
        Table(
          "Splits and dividends of the day", columns: [.text("Asset"), .text("What"), .figure("Change")],
          rows: events.map { [Cell(oneLine($0.symbol)), Cell($0.words), .change(changes[$0.symbol] ?? nil)] }))
    ]
  }

  private var rests: [Prose] {
    // Those of the assets, with what the file has noted of them.
    let calendars = Set(assets.map(\.facts.rhythm.calendar))
    return [Calendar.nyse, .cmes].compactMap { known in calendars.first { $0.rawValue == known.rawValue } }.map {
      calendar in
      let name = calendar.rawValue
      guard let session = calendar.session(on: base.day) else {
        return Prose("\(name) was closed: \(calendar.rest(on: base.day) == .weekend ? "a weekend" : "a holiday").")
      }
      return Prose("\(name) \(session.isShort ? "closed early, at" : "closed at") \(session.close.spelled).")
    }
  }
}
