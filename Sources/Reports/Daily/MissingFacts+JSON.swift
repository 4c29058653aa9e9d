import Health
import Market
import Rendering
import Store

extension MissingFacts {
  var json: JSONValue {
    [
      "assets_without_day": .array(assetsWithoutDay.map(JSONValue.string)),
      "assets_with_day_only": .array(assetsWithDayOnly.map(JSONValue.string)),
      "assets_without_bars": .array(assetsWithoutBars.map(JSONValue.string)),
      "assets_without_prices": .array(assetsWithoutPrices.map(JSONValue.string)),
      "late": .array(late.map(\.json)), "gaps": .array(gaps.map(\.json)), "refused": .array(refused.map(\.json)),
      "restated": .array(restated.map(\.json)), "marked": .array(marked.map(\.json)),
    ]
  }
}

extension SeriesKey {
  fileprivate var members: [(String, JSONValue)] {
    [
      ("dataset", .string(dataset.rawValue)), ("source", .string(provider.description)),
      ("symbol", .string(providerSymbol)), ("interval", .string(interval.rawValue)),
    ]
  }
}

extension GapInReport {
  fileprivate var json: JSONValue {
    .object(
      key.members + [
        ("from", .string(span.lowerBound.description)), ("to", .string(last.description)),
        ("missing", .integer(Int64(missing))), ("reason", .string(reason.rawValue)),
      ])
  }
}

extension RefusedRow {
  fileprivate var json: JSONValue {
    .object(
      series.members + [
        ("at", .optional(at?.description)), ("reason", .string(reason)), ("detail", .string(detail)),
        ("excerpt", .string(excerpt)), ("fetched_at", .string(fetchedAt.description)),
      ])
  }
}

extension FlaggedRow {
  fileprivate var json: JSONValue {
    .object(
      series.members + [
        ("at", .string(at.description)), ("mark", .string(rule.rawValue)), ("detail", .string(detail)),
      ])
  }
}

extension RestatedFigure {
  fileprivate var json: JSONValue {
    .object(
      series.members + [
        ("at", .string(at.description)), ("field", .string(field)), ("old", .optional(old)), ("new", .optional(new)),
        ("replaced_at", .string(replacedAt.description)),
      ])
  }
}
