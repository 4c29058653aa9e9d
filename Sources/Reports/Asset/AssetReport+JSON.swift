import Health
import Market
import Metrics
import Rendering

extension AssetReport {
  /// The same content for programs. `version` is 2 until a member changes its meaning or goes.
  package func json() -> JSONValue {
    let known = knownOn.map { [("known_on", JSONValue.string($0.description))] } ?? []
    let members: [(String, JSONValue)] =
      [
        ("version", 2), ("report", "asset"), ("day", .string(day.description)), ("as_of", .string(asOf.description)),
      ] + known + prices.json + [
        ("origin", .optional(origin?.rawValue)), ("asset", .string(asset.symbol)), ("name", .string(asset.name)),
        ("quote_currency", .optional(series.quoteCurrency)), ("basis", .string(series.basis.rawValue)),
        ("bars", .integer(Int64(bars.count))), ("from", .string(bars[0].openTime.day.description)),
        ("bars_missing", .integer(Int64(missing))),
        ("close", .optional(bars.last?.close)), ("is_late", .bool(late != nil)),
        ("indicators", .object(indicatorValues.map { ($0.name, .array($0.values.map(JSONValue.optional))) })),
        ("levels", .array(levels.map { ["level": .string($0.name), "price": .number($0.price)] })),
        ("rules", signalJSON), ("events", .array(events.map(\.json))), ("risk", riskJSON),
        ("drawdowns_from", .string(bars[0].openTime.day.description)), ("drawdowns", fallsJSON),
        ("chart", course.json),
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
