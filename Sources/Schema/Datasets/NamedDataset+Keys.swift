extension NamedDataset {
  /// The columns that tell rows apart; empty where one of them may be null.
  package var key: [String] { identity ?? NamedDataset.keys[name] ?? [] }

  /// By dataset. A summary of the market has no asset, and so no key.
  private static let keys: [String: [String]] = [
    "ohlc_hourly": ["asset", "ts_utc"], "daily_bar": ["asset", "ts_utc"], "sentiment_daily": ["as_of_date"],
    "etf_flows_daily": ["as_of_date", "ticker"],
    "daily_market_snapshot": ["as_of_date", "asset"],
    "gap": ["source", "dataset", "provider_symbol", "interval", "from_utc"], "quarantine": ["quarantine_id"],
    "asset": ["asset"], "source": ["source"], "series": ["source", "dataset", "provider_symbol", "interval"],
    "etf": ["asset", "ticker"], "price_choice": ["asset", "interval", "since_run_id"],
    "model_call": ["call_id"], "run": ["run_id"], "step": ["step_id"], "fetch": ["fetch_id"],
  ]
}

/// A column that names a row of another dataset by its key.
package struct DatasetReference: Hashable, Sendable {
  /// The column that refers, in the dataset that has it: `since_run_id`.
  package let column: String
  /// The name of the dataset referred to: `run`.
  package let dataset: String
  /// The key there.
  package let key: String
}

extension NamedDataset {
  /// The columns that name rows of other datasets.
  package var references: [DatasetReference] {
    columns.compactMap { column in
      guard let (dataset, key) = NamedDataset.named[column.name], dataset != name else { return nil }
      return DatasetReference(column: column.name, dataset: dataset, key: key)
    }
  }

  /// By column: it means the same wherever it stands.
  private static let named: [String: (dataset: String, key: String)] = [
    "asset": ("asset", "asset"), "source": ("source", "source"), "run_id": ("run", "run_id"),
    "since_run_id": ("run", "run_id"), "step_id": ("step", "step_id"), "fetch_id": ("fetch", "fetch_id"),
    "replaced_by_fetch_id": ("fetch", "fetch_id"), "quarantine_id": ("quarantine", "quarantine_id"),
    "call_id": ("model_call", "call_id"),
  ]

  /// Datasets in an order in which every one comes after those it refers to.
  package static func inOrderOfReference(_ datasets: [NamedDataset]) -> [NamedDataset] {
    var ordered: [NamedDataset] = []
    var waiting = datasets
    while !waiting.isEmpty {
      let names = Set(waiting.map(\.name))
      let ready = waiting.filter { dataset in !dataset.references.contains { names.contains($0.dataset) } }
      // No two datasets name each other; if ever they do, they go as they stand.
      ordered += ready.isEmpty ? waiting : ready
      waiting = ready.isEmpty ? [] : waiting.filter { dataset in !ready.contains(dataset) }
    }
    return ordered
  }
}
