import Market
import Store

extension FlaggedRow {
  /// What it is for programs.
  package var json: JSONValue {
    [
      "asset": .optional(asset), "source": .string("\(series.provider)"), "symbol": .string(series.providerSymbol),
      "interval": .string(series.interval.rawValue), "at": .string(at.description), "rule": .string(rule.rawValue),
      "detail": .string(detail), "fetch_id": .integer(fetch.rawValue),
    ]
  }
}
