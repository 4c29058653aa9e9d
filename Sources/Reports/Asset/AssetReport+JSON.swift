import Health
import Market
import Metrics
import Rendering

extension AssetReport {
  /// The same content for programs. `version` is 1 until a member changes its meaning or goes.
  package func json() -> JSONValue {
    let known = knownOn.map { [("known_on", JSONValue.string($0.description))] } ?? []
    let members: [(String, JSONValue)] =
      [
        ("version", 1), ("report", "asset"), ("day", .string(day.description)), ("as_of", .string(asOf.description)),
      ] + known + [
        ("origin", .optional(origin?.rawValue)), ("asset", .string(asset.symbol)), ("name", .string(asset.name)),
        ("quote_currency", .optional(series.quoteCurrency)), ("basis", .string(series.basis.rawValue)),
        ("bars", .integer(Int64(bars.count))), ("bars_missing", .integer(Int64(missing))),
        ("close", .optional(bars.last?.close)), ("is_late", .bool(late != nil)),
        ("indicators", .object(indicatorValues.map { ($0.name, .array($0.values.map(JSONValue.optional))) })),
        ("levels", .array(levels.map { ["level": .string($0.name), "price": .number($0.price)] })),
        ("risk", risk.json), ("chart", course.json),
        (
          "source",
          [
            "name": .string(series.key.provider.description), "symbol": .string(series.key.providerSymbol),
            "fetched_at": .optional(fetchedAt?.description),
          ]
        ),
      ]
    return .object(members)
  }
}

extension RiskFigures {
  fileprivate var json: JSONValue {
    [
      "observations": .integer(Int64(observations)), "volatility_30": .optional(volatility30),
      "volatility_1y": .optional(volatility), "volatility_ewma": .optional(weighted),
      "volatility_parkinson_30": .optional(range), "sharpe": .optional(sharpe?.value),
      "sharpe_low": .optional(sharpe?.interval.lowerBound), "sharpe_high": .optional(sharpe?.interval.upperBound),
      "sortino": .optional(sortino), "value_at_risk_95": .optional(valueAtRisk?.value),
      "conditional_value_at_risk_95": .optional(valueAtRisk?.shortfall), "skewness": .optional(skew),
      "excess_kurtosis": .optional(kurtosis), "cagr": .optional(growth), "maximum_drawdown": .optional(drawdown),
      "drawdowns": .array(
        falls.map { fall in
          [
            "peak": .string(fall.peak.day.description), "trough": .string(fall.trough.day.description),
            "recovery": .optional(fall.recovery?.day.description), "depth": .number(fall.depth),
          ]
        }),
    ]
  }
}
