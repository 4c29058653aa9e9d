/// What a column means.
package struct ColumnMeaning: Hashable, Sendable {
  /// In a few words; a formula, or who says so.
  package let text: String
  /// `nil` where there is none.
  package let unit: String?

  /// What a column means, in words, and in what its cells are counted.
  package init(text: String, unit: String?) {
    self.text = text
    self.unit = unit
  }
}

extension NamedDataset {
  /// What a column of this dataset means. The empty text where nobody has written it down, which a test finds.
  package func meaning(of column: DatasetColumn) -> ColumnMeaning {
    if let own = meanings[column.name] { return own }
    let found =
      NamedDataset.special["\(name).\(column.name)"] ?? NamedDataset.general[column.name]
      ?? NamedDataset.familiarWords[column.name]
    return ColumnMeaning(text: found?.0 ?? "", unit: found?.1)
  }

  private typealias Meaning = (text: String, unit: String?)

  /// By dataset and column, where it means something of its own there.
  private static let special: [String: Meaning] = [
    "daily_market_snapshot.open": ("price of the day's first stored bar", "quote currency"),
    "daily_market_snapshot.high": ("highest price of the day's bars", "quote currency"),
    "daily_market_snapshot.low": ("lowest price of the day's bars", "quote currency"),
    "daily_market_snapshot.close": ("close of the day's last stored bar", "quote currency"),
    "daily_market_snapshot.volume": ("sum over the day's bars", "units of the asset"),
    "daily_market_snapshot.source": ("whose bars the day was computed from", nil),
    "asset.name": ("name in full", nil), "asset.class": ("crypto, stock, fund or commodity", nil),
    "etf.name": ("name of the fund in full", nil), "step.name": ("name of the step, as ingest --only takes it", nil),
    "etf_flow_day.net_flow_usd": ("sum over the asset's funds; empty until the day is final", "US dollars"),
    "gap.fetch_id": ("the answer that proves the gap", nil), "gap.reason": ("why rows are missing", nil),
    "body_expiry.rule": ("by which rule they were let go", nil),
    "gap.quarantine_id": ("the refused row that leaves the gap", nil),
    "gap.step_id": ("the step that failed to fill it", nil),
    "quarantine.reason": ("why the row was refused", nil), "quarantine.detail": ("the same in words", nil),
    "quarantine.quarantine_id": ("number of the refused row", nil),
    "quarantine.ts_utc": ("instant that the refused row speaks of", "UTC"),
    "quarantine.fetch_id": ("the answer that the row stood in", nil),
    "summary.summary_id": ("number of the text, which `why summary` takes", nil),
    "summary.kind": ("what the text is about: day", nil),
    "summary.profile": ("for whom it was written; mostly empty", nil),
    "summary.call_id": ("the call of the model whose answer it is; empty for rules", nil),
    "summary.is_current": ("0 where a model wrote it from facts that are others by now", "0 or 1"),
    "model_call.call_id": ("number of the call", nil), "model_call.fetch_id": ("its request and its answer", nil),
    "model_call.provider": ("who was asked", nil), "model_call.model": ("the model that was asked", nil),
    "model_call.purpose": ("what the text was wanted for", nil),
    "model_call.outcome": ("complete, length, context, refused, blocked, failed or unknown", nil),
    "model_call.tokens_in": ("read by the model, cached ones included", "tokens"),
    "model_call.tokens_out": ("written by it, without those of its thinking", "tokens"),
    "model_call.tokens_reasoning": ("spent on thinking", "tokens"),
    "model_call.cost": ("by the price that was set; empty without one", "10⁻¹² US dollars"),
    "model_call.price": ("the price that was set", "US dollars per million tokens"),
    "model_call.is_estimate": ("1 where the tokens are the most that it can have been", "0 or 1"),
    "model_call.input_sha256": ("SHA-256 of what was sent", "hexadecimal"),
    "model_call.dropped": ("sentences that were not believed, and why, as JSON", nil),
    "summary.text": ("sentences about the day", nil), "summary.facts": ("the figures behind them, as JSON", nil),
    "run.outcome": ("done, partial, failed or interrupted", nil),
    "run.started_at": ("when the run began", "UTC"), "step.started_at": ("when the step began", "UTC"),
    "step.reason": ("why it did not end well", nil), "step.detail": ("the same in words", nil),
    "step.outcome": ("done, partial, failed, skipped or interrupted", nil),
    "source.title": ("name in full", nil), "fetch.fetch_id": ("number of the answer", nil),
    "run.run_id": ("number of the run", nil), "step.step_id": ("number of the step", nil),
    "fetch.source": ("who was asked", nil), "series.dataset": ("which facts the series holds", nil),
    "series.interval": ("length of a bar, or how often a row comes", nil),
    "decision.decision_id": ("number of the decision", nil), "decision.kind": ("what was decided", nil),
    "decision.subject": ("what it is about: an asset, a series, a refused row, a market", nil),
    "decision.detail": ("the rest of it, as JSON or in words", nil),
    "market_closure.calendar": ("the market's calendar", nil),
    "market_closure.close_time": ("when it closed early, on its own clock; empty: all day", nil),
    "market_closure.reason": ("why, as you said", nil),
  ]

  /// By column, wherever it stands.
  private static let general: [String: Meaning] = [
    "decided_at": ("when you decided", "UTC"), "decision_id": ("the decision that noted it", nil),
    "asset": ("symbol of the asset", nil), "source": ("name of the provider", nil),
    "provider_symbol": ("what the provider calls it", nil), "interval": ("length of a bar", nil),
    "quote_currency": ("currency that prices are in", nil), "dataset": ("which facts are concerned", nil),
    "ts_utc": ("instant of the row; of a bar, at which it opens", "UTC"), "as_of_date": ("day of the row", "UTC day"),
    "open": ("first price of the interval", "quote currency"), "high": ("highest price", "quote currency"),
    "low": ("lowest price", "quote currency"), "close": ("last price of the interval", "quote currency"),
    "volume": ("traded in the interval", "units of the asset"),
    "session": ("day part by the opening hour: ASIA 00–08, EUROPE 08–16, US 16–24 UTC", nil),
    "fng_value": ("Crypto Fear & Greed Index, of that date only; 0 extreme fear, 100 extreme greed", "0–100"),
    "classification": ("the provider's word for the value", nil),
    "fng_classification": ("alternative.me's word for the value", nil),
    "ticker": ("ticker of the fund", nil),
    "net_flow_usd": ("net flow of the day; empty while unreported, 0 when reported as zero", "US dollars"),
    "net_assets_usd": ("assets under management, where the source gives them", "US dollars"),
    "change_24h": ("last close ÷ close of the bar exactly 24 h earlier − 1; empty without that bar", "fraction"),
    "volatility_7d": (
      "sample standard deviation (n − 1) of log returns between bars one hour apart over the 168 h that end with the "
        + "day's last bar, × √8760; empty under 160 returns", "fraction a year"
    ),
    "asia_return": ("last close of 00–08 UTC ÷ its first open − 1; empty without a bar", "fraction"),
    "europe_return": ("last close of 08–16 UTC ÷ its first open − 1; empty without a bar", "fraction"),
    "us_return": ("last close of 16–24 UTC ÷ its first open − 1; empty without a bar", "fraction"),
    "etf_net_flow_usd": ("sum over the asset's funds; empty until the day is final", "US dollars"),
    "etf_net_flow_5d_usd": ("sum over the last five final reporting days up to that date", "US dollars"),
    "bars": ("bars stored of the day", "bars"), "bars_expected": ("bars that a whole day has", "bars"),
    "is_complete": ("1 when the day is over and every expected bar is there", "0 or 1"),
    "price": ("price at the instant", "quote currency"),
    "market_cap": ("market value at the instant", "quote currency"),
    "volume_24h": ("traded in the 24 h before the instant", "quote currency"),
    "value": ("value of the index", "0–100"), "kind": ("fund, or total of all funds", nil),
    "finality": ("provisional, final or not_reporting", nil), "replaced_at": ("when a later answer replaced it", "UTC"),
    "fetch_id": ("the answer that taught it", nil), "replaced_by_fetch_id": ("the answer that replaced it", nil),
    "from_utc": ("first missing instant", "UTC"), "to_utc": ("last missing instant", "UTC"),
    "missing": ("rows missing between them", "rows"), "excerpt": ("the refused row as it stood", nil),
    "homepage": ("address for people", nil), "price_basis": ("as_traded, split_adjusted or adjusted", nil),
    "priority": ("1 is asked first", nil), "row_count": ("rows stored", "rows"),
    "first_utc": ("oldest row", "UTC"), "last_utc": ("newest row", "UTC"),
    "since_run_id": ("the run from which on it is the price", nil), "maker": ("the rule or model that wrote it", nil),
    "run_id": ("the run it belongs to", nil), "command": ("what was run", nil),
    "finished_at": ("when it ended; empty while it runs", "UTC"), "version": ("of the appliance", nil),
    "rows_new": ("rows that were not there before", "rows"), "rows_changed": ("rows that got other values", "rows"),
    "rows_unchanged": ("rows that came again as they were", "rows"), "rows_refused": ("rows not believed", "rows"),
    "requests": ("requests sent", nil), "bytes": ("bytes received", "bytes"), "seconds": ("how long it took", "s"),
    "method": ("GET or POST", nil), "url": ("what was asked, without keys", nil),
    "asked_at": ("when it was asked", "UTC"), "received_at": ("when the answer was there", "UTC"),
    "elapsed_ms": ("from question to answer", "ms"), "status": ("HTTP status; empty without an answer", nil),
    "wire_bytes": ("bytes as they came over the network", "bytes"), "error": ("why there is no answer", nil),
    "read_outcome": (
      "read (in part, or how much was left out), superseded, or why it holds no facts; empty until it is read", nil
    ),
    "body_bytes": ("length of the answer, unpacked", "bytes"),
    "expired_at": ("when the bytes of an answer were let go", "UTC"),
    "body_sha256": ("SHA-256 of the answer, unpacked", "hexadecimal"),
  ]
}
