import Formats
import Market
import Store

/// Turns the facts that stand with a text of the rules into figures as a model may write them. Pure.
struct FactReader {
  private let scalars: [[String]: JSONScalar]
  private let row: SummaryRow

  /// `nil` where the facts are no JSON.
  init?(_ row: SummaryRow) {
    guard let scalars = try? JSONCursor.scalars(in: Array(row.facts.utf8)) else { return nil }
    self.row = row
    self.scalars = Dictionary(scalars.map { ($0.path, $0) }) { first, _ in first }
  }

  private func text(_ path: String...) -> String? { scalars[path]?.text }
  private func number(_ path: [String]) -> ExactDecimal? { scalars[path]?.text.flatMap { ExactDecimal($0) } }
  private func number(_ name: String) -> ExactDecimal? { number([name]) }

  /// Whether the day was not over when they were gathered.
  var isRunning: Bool { text("is_running") == "true" }

  /// What the asset is called; `nil` for the market's.
  var name: String? { text("name").map(FactReader.cleaned) }

  /// What a model is told.
  ///
  /// - Parameters:
  ///   - names: what assets are called, by symbol.
  ///   - language: in English.
  func data(names: [String: String], language: String) -> PromptData {
    let figures = (row.asset.map(figures) ?? marketFigures) + moodFigures
    let spoken = Set(figures.compactMap(\.asset) + [row.asset].compactMap { $0 })
    return PromptData(
      asset: row.asset, day: row.day, isRunning: isRunning, until: text("last_bar_end").flatMap { Instant($0) },
      language: language,
      names: spoken.reduce(into: [:]) { $0[$1] = names[$1].map(FactReader.cleaned) ?? $1 }, days: otherDays,
      notes: notes, figures: figures)
  }

  private var otherDays: [Day] {
    let five = (0..<5).compactMap { text("etf_five_days", "\($0)").flatMap { Day($0) } }
    return Set(five + [row.day - 1]).subtracting([row.day]).sorted()
  }

  private var notes: [String: String] {
    var notes: [String: String] = [:]
    if let mood = text("fng_classification") { notes["mood"] = FactReader.cleaned(mood) }
    if row.asset != nil, let finality = text("etf_finality") { notes["fund flows of the day"] = finality }
    return notes
  }

  /// One line without what could be taken for the end of the data, and not longer than a name is.
  static func cleaned(_ name: String) -> String {
    let plain = name.unicodeScalars.map { scalar -> Character in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: " "
      default: Character(scalar)
      }
    }
    return String(String(plain).split(separator: " ").joined(separator: " ").prefix(longestName))
  }

  private static let longestName = 80
}

// MARK: - Of one asset

extension FactReader {
  private func figures(of asset: String) -> [SuppliedFigure] {
    let currency = text("quote_currency").map(FactReader.cleaned) ?? ""
    var figures: [SuppliedFigure] = []
    func add(_ name: String, _ what: FigureLabel, _ unit: SuppliedFigure.Unit, shift: Int = 0) {
      guard let value = number(name) else { return }
      figures.append(SuppliedFigure(asset: asset, what: what, value: value.shifted(by: shift), unit: unit))
    }
    add("close", isRunning ? .lastPrice : .close, .price(currency))
    add("change_24h", .change, .change, shift: 2)
    add("open", .open, .price(currency))
    add("high", .high, .price(currency))
    add("low", .low, .price(currency))
    add("asia_return", .asianChange, .change, shift: 2)
    add("europe_return", .europeanChange, .change, shift: 2)
    add("us_return", .americanChange, .change, shift: 2)
    add("volatility_7d", .volatility, .volatility, shift: 2)
    add("etf_net_flow_usd", .flow, .flow("USD"))
    add("etf_net_flow_5d_usd", .flowOfFiveDays, .flow("USD"))
    return figures + counts(of: asset)
  }

  private func counts(of asset: String) -> [SuppliedFigure] {
    var figures: [SuppliedFigure] = []
    func add(_ value: ExactDecimal, _ what: FigureLabel, _ unit: SuppliedFigure.Unit) {
      let size = value.isNegative ? value.negated : value
      figures.append(SuppliedFigure(asset: asset, what: what, value: size, unit: unit))
    }
    if let streak = number("streak_days"), abs(Int(streak.text) ?? 0) >= 3 {
      add(streak, streak.isNegative ? .lowerCloses : .higherCloses, .days)
    }
    if let days = number("extreme_close_days"), !days.isZero {
      add(days, days.isNegative ? .lowestClose : .highestClose, .days)
    }
    if let bars = number("bars"), let expected = number("bars_expected"), bars != expected {
      add(bars, .bars, .bars)
      add(expected, .expectedBars, .bars)
    }
    return figures
  }
}

// MARK: - Of the market

extension FactReader {
  /// Up to so many assets are all told; of more, those that moved most.
  private static let mostAssets = 12

  private struct AssetLine {
    let place: String
    let symbol: String
    let change: ExactDecimal?
  }

  private var lines: [AssetLine] {
    var lines: [AssetLine] = []
    while let symbol = text("assets", "\(lines.count)", "asset") {
      let place = "\(lines.count)"
      lines.append(AssetLine(place: place, symbol: symbol, change: number(["assets", place, "change_24h"])))
    }
    return lines
  }

  private var marketFigures: [SuppliedFigure] {
    let lines = lines
    let known = lines.filter { $0.change != nil }.sorted { a, b in
      (FactReader.double(b.change), a.symbol) < (FactReader.double(a.change), b.symbol)
    }
    let rising = known.count { FactReader.double($0.change) > 0 }
    let falling = known.count { FactReader.double($0.change) < 0 }
    var figures = [(FigureLabel.assets, known.count), (.risers, rising), (.fallers, falling)]
      .map {
        SuppliedFigure(asset: nil, what: $0.0, value: ExactDecimal(mantissa: Int128($0.1), exponent: 0), unit: .assets)
      }
    let isMany = lines.count > FactReader.mostAssets
    let told = Set((isMany ? known.prefix(5) + known.suffix(5) : lines[...]).map(\.symbol))
    for line in isMany ? known : lines where told.contains(line.symbol) { figures += self.figures(of: line) }
    for line in lines {
      guard let flow = number(["assets", line.place, "etf_net_flow_usd"]) else { continue }
      figures.append(
        SuppliedFigure(asset: line.symbol, what: .flow, value: flow, unit: .flow("USD")))
    }
    if let total = number("etf_net_flow_usd") {
      figures.append(
        SuppliedFigure(asset: nil, what: .flowOfAll, value: total, unit: .flow("USD")))
    }
    return figures
  }

  private func figures(of line: AssetLine) -> [SuppliedFigure] {
    let currency = text("assets", line.place, "quote_currency").map(FactReader.cleaned) ?? ""
    let close = number(["assets", line.place, "close"]).map {
      SuppliedFigure(asset: line.symbol, what: isRunning ? .lastPrice : .close, value: $0, unit: .price(currency))
    }
    let change = line.change.map {
      SuppliedFigure(
        asset: line.symbol, what: .change, value: $0.shifted(by: 2), unit: .change)
    }
    return [close, change].compactMap { $0 }
  }

  private static func double(_ value: ExactDecimal?) -> Double { value.flatMap { Double($0.text) } ?? 0 }

  private var moodFigures: [SuppliedFigure] {
    var figures: [SuppliedFigure] = []
    let (today, before) = (number("fng_value"), number("fng_value_day_before"))
    if let today { figures.append(SuppliedFigure(asset: nil, what: .index, value: today, unit: .index)) }
    if let before {
      figures.append(SuppliedFigure(asset: nil, what: .index, value: before, unit: .index, day: row.day - 1))
    }
    if let moved = before.flatMap({ today?.minus($0) }) {
      figures.append(
        SuppliedFigure(asset: nil, what: .indexChange, value: moved, unit: .points))
    }
    return figures
  }
}
