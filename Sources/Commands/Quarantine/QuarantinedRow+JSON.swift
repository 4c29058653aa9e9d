import Market
import Rendering
import Store

extension QuarantinedRow {
  var json: JSONValue {
    [
      "id": .integer(id.rawValue), "asset": .optional(asset), "source": .string("\(series.provider)"),
      "dataset": .string(series.dataset.rawValue), "symbol": .string(series.providerSymbol),
      "interval": .string(series.interval.rawValue), "at": .optional(at?.description),
      "reason": .optional(reason?.rawValue), "detail": .string(detail), "state": .string(state.rawValue),
      "decided_at": .optional(decidedAt?.description), "fetch_id": .integer(fetch.rawValue),
    ]
  }
}
