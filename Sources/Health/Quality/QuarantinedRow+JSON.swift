import Market
import Store

extension QuarantinedRow {
  /// What it is for programs; the row as it was sent is not among it.
  package var json: JSONValue {
    [
      "id": .integer(id.rawValue), "asset": .optional(asset), "source": .string("\(series.provider)"),
      "dataset": .string(series.dataset.rawValue), "symbol": .string(series.providerSymbol),
      "interval": .string(series.interval.rawValue), "at": .optional(at?.description),
      "reason": .optional(reason?.rawValue), "detail": .string(detail), "state": .string(state.rawValue),
      "decided_at": .optional(decidedAt?.description), "fetch_id": .integer(fetch.rawValue),
    ]
  }
}

extension AskedAnswer {
  /// What it is for programs.
  package var json: JSONValue {
    [
      "fetch_id": .integer(fetch.rawValue), "run": .integer(run.rawValue), "method": .string(method),
      "url": .string(url), "asked_at": .string(askedAt.description), "received_at": .string(receivedAt.description),
      // A file that was imported was not asked for.
      "status": .optional(method == "IMPORT" ? nil : status.map(Int64.init)), "size": .optional(size.map(Int64.init)),
    ]
  }
}
