import Market
import Rendering
import SQLite
import Schema
import Store

/// A split, a dividend or a capital gain, on the first day that a share is traded without it.
struct ShareEvent {
  let day: Day
  let symbol: String
  let kind: CorporateActionKind
  /// New shares for an old one, or money for a share.
  let value: Double
  /// The currency of money.
  let unit: String

  /// Those of a stretch of days, by day.
  ///
  /// - Parameter symbol: of the asset; `nil` for all.
  static func all(in days: ClosedRange<Day>, of symbol: String? = nil, from store: Store) throws -> [ShareEvent] {
    try store.read { db in
      let rows = try Statements(db).kept(symbol == nil ? EventStatements.onDays : EventStatements.ofAsset)
      rows.bind(days.lowerBound.description, at: 1)
      rows.bind(days.upperBound.description, at: 2)
      if let symbol { rows.bind(symbol, at: 3) }
      var events: [ShareEvent] = []
      while try rows.step() {
        guard let day = Day(rows.text(0)), let kind = CorporateActionKind(rawValue: rows.text(2)) else { continue }
        events.append(
          ShareEvent(day: day, symbol: rows.text(1), kind: kind, value: rows.real(3), unit: rows.text(4)))
      }
      return events
    }
  }

  /// `dividend of 0.25 USD a share`
  var words: String {
    switch kind {
    case .split: "split, \(NumberText.text(value)) new for each old share"
    case .dividend: "dividend of \(NumberText.text(value)) \(oneLine(unit)) a share"
    case .capitalGain: "capital gain of \(NumberText.text(value)) \(oneLine(unit)) a share"
    }
  }

  /// For programs.
  var json: JSONValue {
    [
      "day": .string(day.description), "asset": .string(symbol), "kind": .string(kind.rawValue),
      "value": .number(value), "unit": .string(unit),
    ]
  }
}
