import Market
import Rendering
import Store

extension AssetSummary {
  /// The facts used, by the names of the columns of `daily_market_snapshot`; fractions, not per cent.
  var json: JSONValue {
    let row = facts.snapshot
    var members: [(String, JSONValue)] = [
      ("day", .string(row.day.description)), ("asset", .string(facts.day.asset.symbol)),
      ("name", .string(facts.day.asset.name)), ("quote_currency", .optional(facts.day.quoteCurrency)),
      ("source", .string(facts.day.key.provider.description)), ("is_running", .bool(facts.isRunning)),
      ("last_bar_end", .optional(facts.lastClose?.description)), ("open", .number(row.open)),
      ("high", .number(row.high)),
      ("low", .number(row.low)), ("close", .number(row.close)), ("change_24h", .optional(row.change24h)),
      ("volatility_7d", .optional(row.volatility7d)), ("asia_return", .optional(row.asiaReturn)),
      ("europe_return", .optional(row.europeReturn)), ("us_return", .optional(row.usReturn)),
      ("bars", .integer(Int64(row.bars))), ("bars_expected", .integer(Int64(facts.barsExpected))),
      ("streak_days", .integer(Int64(facts.streak))), ("extreme_close_days", .integer(Int64(facts.extremeOverDays))),
    ]
    if let mood = facts.mood { members += mood.json }
    if let flows = facts.flows { members += flows.json }
    return .object(members)
  }
}

extension MarketSummary {
  /// The facts used.
  var json: JSONValue {
    let assets = facts.assets.map { asset -> JSONValue in
      [
        "asset": .string(asset.day.asset.symbol), "close": .number(asset.snapshot.close),
        "quote_currency": .optional(asset.day.quoteCurrency), "change_24h": .optional(asset.snapshot.change24h),
        "etf_net_flow_usd": .optional(asset.flows?.totalUSD),
        "etf_finality": asset.flows.map { .string($0.finalityText) } ?? .null,
      ]
    }
    let members: [(String, JSONValue)] = [
      ("day", .string(facts.day.description)), ("is_running", .bool(facts.isRunning)),
      ("last_bar_end", .optional(facts.lastClose?.description)), ("assets", .array(assets)),
      ("etf_net_flow_usd", .optional(totalFlowUSD)),
    ]
    return .object(members + (facts.mood?.json ?? []))
  }
}

extension Mood {
  var json: [(String, JSONValue)] {
    [
      ("fng_value", .optional(today?.value)), ("fng_classification", .optional(today?.classification)),
      ("fng_value_day_before", .optional(dayBefore?.value)),
    ]
  }
}

extension FlowFacts {
  /// `no_row` where the table does not have the day.
  var finalityText: String { finality?.rawValue ?? "no_row" }

  var json: [(String, JSONValue)] {
    [
      ("etf_finality", .string(finalityText)), ("etf_net_flow_usd", .optional(totalUSD)),
      ("etf_net_flow_5d_usd", .optional(fiveDayUSD)),
      ("etf_five_days", .array(fiveDays.map { .string($0.description) })),
    ]
  }
}
