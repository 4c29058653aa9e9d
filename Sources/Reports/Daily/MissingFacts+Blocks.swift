import Health
import Market
import Rendering
import Store

extension MissingFacts {
  var blocks: [Block] {
    let heading = Block.heading("What is missing or stale", level: 2)
    guard !isEmpty else {
      return [
        heading,
        .paragraph(
          "Nothing: every series that this report tells of reaches what was due, without gaps, refused or restated rows."
        ),
      ]
    }
    let items = absences + lateItems + gaps.map(\.sentence)
    return [heading] + (items.isEmpty ? [] : [.list(items.map { Prose($0) })]) + refusedTable + restatedTable
      + markedTable
  }

  /// What the section below holds, in a line that stands first; `nil` where there is nothing to tell.
  var remark: Block? {
    let assets =
      assetsWithoutDay.count + assetsWithDayOnly.count + assetsWithoutBars.count + assetsWithoutPrices.count
    let kinds = [
      (assets, "asset without prices", "assets without prices"),
      (late.count, "late series", "late series"), (gaps.count, "gap", "gaps"),
      (refused.count, "row refused", "rows refused"),
      (restated.count, "figure restated", "figures restated"), (marked.count, "odd row", "odd rows"),
    ]
    let told = kinds.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
    return told.isEmpty
      ? nil : .note(Prose([.strong("Missing or stale:"), .plain(" \(enumeration(told)); see below.")]))
  }

  /// A line for all that are late alike.
  private var lateItems: [String] {
    var groups: [[LateSeries]] = []
    for series in late {
      if let index = groups.firstIndex(where: { $0[0].isAlike(series) }) {
        groups[index].append(series)
      } else {
        groups.append([series])
      }
    }
    return groups.map { $0[0].sentence(title: named($0.map { title(of: $0.key) })) }
  }

  private var absences: [String] {
    [
      (assetsWithoutDay, "No prices on this day, though on others:"),
      (assetsWithDayOnly, "Bars are stored, and the day waits to be computed (appliance ingest --offline):"),
      (assetsWithoutBars, "Only sampled prices on this day, no bars (appliance ingest asks for them):"),
      (assetsWithoutPrices, "No prices at all yet:"),
    ].compactMap { assets, words in
      assets.isEmpty ? nil : "\(words) \(named(assets))."
    }
  }

  private var refusedTable: [Block] {
    guard !refused.isEmpty else { return [] }
    let rows = refused.map { row in
      [
        title(of: row.series), row.at.map { row.series.keyText($0) } ?? "unknown",
        oneLine(row.reason).replacing("_", with: " "), oneLine(row.detail), shortened(row.excerpt),
        row.fetchedAt.spelled,
      ]
    }
    let columns = ["Series", "Time", "Why", "Detail", "As sent", "Fetched"].map(Table.Column.text)
    return [.heading("Rows refused", level: 3), .table(Table("Rows refused", columns: columns, rows: rows.map(cells)))]
  }

  private var markedTable: [Block] {
    guard !marked.isEmpty else { return [] }
    let rows = marked.map { row in
      [
        title(of: row.series), row.series.keyText(row.at), row.rule.rawValue.replacing("_", with: " "),
        oneLine(row.detail),
      ]
    }
    return [
      .heading("Rows that look odd and count all the same", level: 3),
      .table(
        Table(
          "Rows that are marked", columns: ["Series", "Time", "Mark", "Detail"].map(Table.Column.text),
          rows: rows.map(cells))),
    ]
  }

  private var restatedTable: [Block] {
    guard !restated.isEmpty else { return [] }
    let columns: [Table.Column] = [
      .text("Series"), .text("Time"), .text("Figure"), .figure("Before"), .figure("Now"), .text("Changed at"),
    ]
    let rows = restated.map { figure in
      [
        Cell(title(of: figure.series)), Cell(figure.series.keyText(figure.at)), Cell(oneLine(figure.field)),
        .figure(figure.old) { text($0, figure) }, .figure(figure.new) { text($0, figure) },
        Cell(figure.replacedAt.spelled),
      ]
    }
    return [
      .heading("Figures restated by their source", level: 3),
      .table(Table("Figures restated", columns: columns, rows: rows)),
    ]
  }

  private func cells(_ texts: [String]) -> [Cell] { texts.map { Cell($0) } }

  private func text(_ value: Double, _ figure: RestatedFigure) -> String {
    switch figure.unit {
    case .quoteCurrency: priceText(value)
    case .fixed: moneyText(usd: Int64(exactly: value) ?? 0)
    case .none: NumberText.text(value)
    }
  }

  /// A dozen of them, and how many more.
  private func named(_ assets: [String]) -> String {
    let shown = assets.prefix(ClassTable.mostAssets).map(oneLine)
    return enumeration(shown + (assets.count > shown.count ? ["\(assets.count - shown.count) more"] : []))
  }

  private func title(of key: SeriesKey) -> String { titles[key] ?? oneLine(key.description) }

  private func shortened(_ excerpt: String) -> String { TerminalText.truncated(oneLine(excerpt), to: 60) }
}

extension SeriesKey {
  /// `2025-09-19 13:00 UTC` for a bar within the day, else the day.
  fileprivate func keyText(_ key: Instant) -> String {
    holdsBars && interval.seconds < 86_400 ? key.spelled : key.day.description
  }
}

extension LateSeries {
  /// Whether the same can be said of both.
  fileprivate func isAlike(_ other: LateSeries) -> Bool {
    (newest, due, age) == (other.newest, other.due, other.age) && key.interval == other.key.interval
      && key.holdsBars == other.key.holdsBars
  }

  fileprivate func sentence(title: String) -> String {
    let step = key.interval.seconds
    let age = humanDuration(seconds: age)
    guard key.holdsBars, step < 86_400 else {
      return "\(title): late; the newest day is \(newest.day.spelled), \(age) old, and \(due.day.spelled) was due."
    }
    return "\(title): late; the newest bar closed \((newest + step).spelled), \(age) earlier, and the one that closed "
      + "\((due + step).spelled) was due."
  }
}

extension GapInReport {
  var sentence: String {
    guard key.holdsBars, key.interval.seconds < 86_400 else {
      return "\(title): nothing for \(span.lowerBound.day.spelled): \(reason.words)."
    }
    let day = span.lowerBound.day
    let stretch = "\(span.lowerBound.minute) to \(end.minute(within: day))"
    let noun = key.interval == .hour1 ? counted(missing, "hour") : counted(missing, "bar")
    return "\(title): \(noun) missing, \(stretch): \(reason.words)."
  }
}

extension GapReason {
  /// The reason as the end of a sentence.
  var words: String {
    switch self {
    case .marketClosed: "the market was closed"
    case .beforeListing: "the source begins later"
    case .afterDelisting: "it is no longer traded"
    case .providerEmpty: "the source answered and had nothing there"
    case .refused: "what the source sent was refused"
    case .failed: "the request failed"
    case .notAsked: "it was not asked for yet"
    }
  }
}
