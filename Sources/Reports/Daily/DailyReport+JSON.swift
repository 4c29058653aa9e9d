import Market
import Rendering
import Store

extension DailyReport {
  /// The same content for programs: fractions instead of per cent, instants in UTC, whole dollars.
  ///
  /// `as_of` is what ages are measured to; `known_on` is there only in a report on an earlier belief,
  /// `last_session` and `sampled` only where assets have no bars on the day, `stock_sentiment`, `macro` and `themes` only where
  /// they are followed, `headlines` only where feeds told something.
  /// `version` is 1 until a member changes its meaning or goes.
  package func json() -> JSONValue {
    let summary = MarketSummary(facts: market)
    let known = knownOn.map { [("known_on", JSONValue.string($0.description))] } ?? []
    let members: [(String, JSONValue)] =
      [
        ("version", 1), ("report", "daily"), ("day", .string(day.description)), ("as_of", .string(asOf.description)),
      ] + known + prices.json + [
        ("is_running", .bool(isRunning)), ("origin", .optional(origin?.rawValue)),
        ("market", .object(texts.market(market).json + [("facts", summary.json)])),
        ("assets", .array(assets.map { $0.json(asOf: asOf) })),
      ] + (lastSession.map { [("last_session", $0.json)] } ?? [])
      + (sampled.isEmpty ? [] : [("sampled", .array(sampled.map(\.json)))]) + [
        ("sentiment", sentiment?.json ?? .null)
      ] + (stockMood.map { [("stock_sentiment", $0.json)] } ?? []) + (macro.map { [("macro", $0.json)] } ?? [])
      + (themes.map { [("themes", $0.json)] } ?? []) + (news.map { [("headlines", $0.json)] } ?? []) + [
        ("missing", missing.json)
      ] + (quality.map { [("quality", $0.json)] } ?? []) + [("sources", .array(sources.map(\.json)))]
    return .object(members)
  }
}

extension AssetSection {
  fileprivate func json(asOf: Instant) -> JSONValue {
    let row = facts.snapshot
    let summary = AssetSummary(facts: facts)
    let members: [(String, JSONValue)] =
      [
        ("asset", .string(facts.day.asset.symbol)), ("name", .string(facts.day.asset.name)),
        ("quote_currency", .optional(facts.day.quoteCurrency)),
      ] + told.json + [
        ("open", .number(row.open)), ("high", .number(row.high)), ("low", .number(row.low)),
        ("close", .number(row.close)),
        ("volume", .number(row.volume)), ("change_24h", .optional(row.change24h)),
        ("volatility_7d", .optional(row.volatility7d)), ("bars", .integer(Int64(row.bars))),
        ("bars_expected", .integer(Int64(row.barsExpected))), ("is_complete", .bool(row.isComplete)),
        ("high_at", .optional(extremes?.high.openTime.description)),
        ("low_at", .optional(extremes?.low.openTime.description)),
        ("day_parts", .array(parts(until: asOf).map(\.json))),
        ("hourly_closes", .array(closes(until: asOf).map(closeJSON))),
        (
          "daily_closes",
          .array(dailyCloses.map { ["day": .string($0.day.description), "close": .optional($0.close)] })
        ),
        ("etf_flows", flows?.json ?? .null), ("source", sourceJSON(asOf)), ("facts", summary.json),
      ]
    return .object(members)
  }

  private func sourceJSON(_ asOf: Instant) -> JSONValue {
    [
      "name": .string(facts.day.key.provider.description), "symbol": .string(facts.day.key.providerSymbol),
      "interval": .string(facts.day.key.interval.rawValue), "fetched_at": .optional(fetchedAt?.description),
      "newest_bar_end": .optional(facts.lastClose?.description),
      "age_seconds": .optional(facts.lastClose.map { max(0, asOf - $0) }),
    ]
  }

  private func closeJSON(_ openTime: Instant, _ close: Double?) -> JSONValue {
    ["ts_utc": .string(openTime.description), "close": .optional(close)]
  }
}

extension DayPartRow {
  fileprivate var json: JSONValue {
    [
      "session": .string(part.rawValue), "open": .optional(open), "high": .optional(high), "low": .optional(low),
      "close": .optional(close), "return": .optional(change), "bars": .integer(Int64(bars.count)),
    ]
  }
}

extension FlowTable {
  var json: JSONValue {
    let days = days.map { day -> JSONValue in
      [
        "day": .string(day.day.description), "finality": .string(day.finality.rawValue),
        "net_flow_usd": .optional(day.totalUSD),
        "funds": .array(tickers.map { ["ticker": .string($0), "net_flow_usd": .optional(flow(of: $0, on: day.day))] }),
      ]
    }
    let members: [(String, JSONValue)] = [
      ("source", .string(facts.series.key.provider.description)), ("fetched_at", .optional(fetchedAt?.description)),
      ("finality", .string(facts.finalityText)), ("net_flow_usd", .optional(facts.totalUSD)),
      ("net_flow_5d_usd", .optional(facts.fiveDayUSD)),
      ("five_days", .array(facts.fiveDays.map { .string($0.description) })), ("days", .array(days)),
    ]
    return .object(members + (assets.map { [("assets", $0.json)] } ?? []))
  }
}

extension SentimentSection {
  fileprivate var json: JSONValue {
    [
      "source": .string(series.key.provider.description), "fetched_at": .optional(fetchedAt?.description),
      "fng_value": .optional(today?.value), "fng_classification": .optional(today?.classification),
      "week": .array(week.map { ["day": .string($0.day.description), "fng_value": .optional($0.value?.value)] }),
    ]
  }
}

extension SourceSection {
  fileprivate var json: JSONValue {
    [
      "name": .string(provider.description), "title": .string(title), "homepage": .string(homepage),
      "series": .array(
        series.map { ["dataset": .string($0.dataset.rawValue), "symbol": .string($0.providerSymbol)] }),
    ]
  }
}
