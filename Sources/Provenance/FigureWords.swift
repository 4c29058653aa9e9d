import Market
import Rendering
import Store

/// What figures are called where people read of them; programs are told the names of columns.
extension FigureField {
  /// `time of day`
  var words: String {
    switch self {
    case .forecast: "expected"
    case .forecastValue: "expected, as a number"
    case .previous: "the time before"
    case .previousValue: "the time before, as a number"
    case .url: "address"
    case .isWithdrawn: "withdrawn"
    case .isScheduled: "scheduled"
    case .netFlowUSD: "net flow"
    case .netAssetsUSD: "net assets"
    default: rawValue.replacing("_", with: " ")
    }
  }

  /// A value of it: of instants what clocks show, and of what is so or not yes or no.
  func words(_ value: FigureValue) -> String {
    guard case .whole(let number) = value else { return value.text }
    return switch self {
    case .at, .publishedAt: Instant(epochSeconds: number).description
    case .isWithdrawn, .isScheduled: number == 0 ? "no" : "yes"
    default: value.text
    }
  }
}

extension FactExplanation {
  /// What a row of a table that has no question of its own is: `filing 0001193125-15-354756 of AAPL`.
  var rowTitle: String {
    let symbol = fact.series.key.providerSymbol
    let texts = fact.key.parts.compactMap { part in if case .text(let text) = part { text } else { nil } }
    guard fact.series.key.dataset == .eventItem, texts.count == 3 else {
      return "\(fact.series.key.dataset.rawValue.replacing("_", with: " ")) \(symbol) \(fact.key.spelled)"
    }
    let (country, title, number) = (texts[0], texts[1], texts[2])
    if title == EventItem.filingTitle { return "filing \(number) of \(symbol)" }
    let day = fact.key.parts.first.map { part in if case .day(let day) = part { " of the week of \(day)" } else { "" } }
    return "\(title) (\(country))\(number == "1" ? "" : ", number \(number)")\(day ?? "")"
  }

  /// The figures of such a row, as far as they say more than its title and each other.
  var told: [String] {
    let there = figures.filter { $0.value != .absent }
    func has(_ field: FigureField) -> Bool { there.contains { $0.field == field } }
    let isEvent = fact.series.key.dataset == .eventItem
    return there.compactMap { figure in
      let value = figure.field.words(figure.value)
      switch figure.field {
      case .kind where isEvent: return nil
      case .day where isEvent: return has(.at) ? nil : "on \(value)"
      case .at, .publishedAt: return "at \(value)"
      case .forecastValue where has(.forecast), .previousValue where has(.previous): return nil
      case .unit where has(.forecast) || has(.previous): return nil
      case .isWithdrawn: return figure.value.whole == 0 ? nil : "withdrawn"
      case .isScheduled: return figure.value.whole == 0 ? "not scheduled" : "scheduled"
      case .importance: return "of \(value) importance"
      case .url: return "to be read at \(value)"
      default: return "\(figure.field.words) \(value)"
      }
    }
  }
}

/// By how much a figure moved, in brackets behind both values; empty where that says nothing.
struct FigureMove {
  let old: FigureValue
  let new: FigureValue
  let field: FigureField
  let series: StoredSeries

  /// ` (+0.02 %)`; of what is itself in per cent, or on a scale, ` (−0.01 points)`.
  var text: String {
    guard case .number(let old) = old, case .number(let new) = new else { return "" }
    if isOnScale { return " (\(pointsText(from: old, to: new)))" }
    // What a text beside it tells is told once, and of what was below zero nobody reads a share.
    guard series.key.dataset != .eventItem, old > 0 else { return "" }
    return " (\(percentText(new / old - 1)))"
  }

  private var isOnScale: Bool {
    field == .value && (series.key.holdsMood || series.macro?.isPerCent == true)
  }

  /// With the decimals of the value that has more of them.
  private func pointsText(from old: Double, to new: Double) -> String {
    let decimals = [old, new].map { NumberText.text($0).split(separator: ".").dropFirst().first?.count ?? 0 }
    let points = fixedText((new - old).magnitude, decimals: min(decimals.max() ?? 0, 6))
    return "\(new < old ? "−" : "+")\(points) point\(points == "1" ? "" : "s")"
  }
}
