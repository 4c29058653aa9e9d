import Market

extension NamedDataset {
  /// What is to happen and what came of it, as `events` shows it.
  package static let marketEvent = NamedDataset(
    name: "market_event", title: "events with what was expected and what came",
    columns: [
      .fact("event_id", .integer).reference, .fact("kind", .text), .fact("at", .text), .fact("day", .text),
      .fact("country", .text), .fact("asset_id", .integer).minor, .fact("title", .text), .fact("importance", .text),
      .fact("forecast", .text), .fact("previous", .text), .fact("actual", .text), .fact("unit", .text).minor,
      .fact("source", .text).minor, .fact("fetch_id", .integer).reference, .fact("time_of_day", .text).minor,
      .fact("forecast_value", .real).minor, .fact("previous_value", .real).minor, .fact("actual_value", .real).minor,
      .fact("url", .text).minor, .fact("is_withdrawn", .integer).minor, .fact("week", .text).minor,
      .fact("actual_series", .text).minor, .fact("actual_period", .text).minor, .fact("actual_vintage", .text).minor,
      // Not the view's own column: a file of an earlier schema, whose view has none, is backed up before it is migrated.
      .fact("asset", .text, "(SELECT symbol FROM asset WHERE asset.asset_id = market_event.asset_id)"),
    ],
    rhythm: nil,
    layout: .plain(from: "market_event", order: "coalesce(day, week), at IS NULL, at, country, title, event_id"),
    asset: "market_event.asset_id", time: .day("coalesce(day, week)"), identity: ["event_id"],
    meanings: meaningsOfEvents)

  /// By which rules it is told what came, and what releases are as events.
  package static let eventRules = [eventFigure, releaseEvent]

  private static let eventFigure = NamedDataset(
    name: "event_figure", title: "which series tells what came of an event",
    columns: [
      .fact("title", .text), .fact("country", .text), .fact("provider_symbol", .text), .fact("transform", .text),
      .fact("months", .integer), .fact("scale", .real), .fact("unit", .text),
    ],
    rhythm: nil, layout: .plain(from: "event_figure", order: "title, country"), asset: nil, time: nil,
    identity: ["title", "country"], meanings: meaningsOfEvents)

  private static let releaseEvent = NamedDataset(
    name: "release_event", title: "releases of FRED as events, and their hours",
    columns: [
      .fact("release", .text), .fact("title", .text), .fact("country", .text), .fact("clock", .integer),
      .fact("importance", .text),
    ],
    rhythm: nil, layout: .plain(from: "release_event", order: "release"), asset: nil, time: nil, identity: ["release"],
    meanings: meaningsOfEvents)

  /// What the columns of events mean.
  package static let meaningsOfEvents: [String: ColumnMeaning] = [
    "event_id": ColumnMeaning(text: "number of the event, which `why event` takes", unit: nil),
    "kind": ColumnMeaning(text: "economic, earnings or filing", unit: nil),
    "at": ColumnMeaning(text: "when it is; empty where no time is told", unit: "UTC"),
    "day": ColumnMeaning(text: "its day by the source's own clock; empty where none is told", unit: "New York's date"),
    "period": ColumnMeaning(
      text: "Sunday of its week; of earnings the last day of the quarter, of a filing its day", unit: "date"),
    "week": ColumnMeaning(text: "Sunday of its week", unit: "date"),
    "country": ColumnMeaning(text: "currency of the country; empty of what is about an asset", unit: nil),
    "asset_id": ColumnMeaning(text: "the asset that it is about", unit: nil),
    "title": ColumnMeaning(text: "what it is called; of a filing its form", unit: nil),
    "form": ColumnMeaning(text: "what was filed: form, and numbers of what it is about; empty of all else", unit: nil),
    "number": ColumnMeaning(
      text: "which one of its title in the period, from 1; of a filing its accession number", unit: nil),
    "time_of_day": ColumnMeaning(text: "what is told in place of a time", unit: nil),
    "importance": ColumnMeaning(text: "high, medium, low or holiday, as its source judges", unit: nil),
    "forecast": ColumnMeaning(text: "what is expected, as told", unit: nil),
    "forecast_value": ColumnMeaning(text: "number in it; empty where it is none", unit: "as unit says"),
    "previous": ColumnMeaning(text: "what it was the time before, as told", unit: nil),
    "previous_value": ColumnMeaning(text: "number in it; empty where it is none", unit: "as unit says"),
    "actual": ColumnMeaning(
      text: "what FRED published first, by the rule in event_figure, rounded as the forecast", unit: nil),
    "actual_value": ColumnMeaning(text: "number in it", unit: "as unit says"),
    "actual_series": ColumnMeaning(text: "FRED's id of the series that it is made of", unit: nil),
    "actual_period": ColumnMeaning(text: "first day of the period that it is of; of a week the last", unit: "date"),
    "actual_vintage": ColumnMeaning(text: "day on which that was published first", unit: "date"),
    "unit": ColumnMeaning(text: "what its numbers are counted in: %, K, M, B, T; empty for bare ones", unit: nil),
    "symbol": ColumnMeaning(text: "the company that it is about, followed or not", unit: nil),
    "url": ColumnMeaning(text: "where it can be read", unit: nil),
    "is_withdrawn": ColumnMeaning(text: "1 where its source left it out before its time", unit: "0 or 1"),
    "provider_symbol": ColumnMeaning(text: "what the provider calls the series", unit: nil),
    "transform": ColumnMeaning(text: "level, change, percent or annualised", unit: nil),
    "months": ColumnMeaning(text: "how far back it is compared", unit: "months"),
    "scale": ColumnMeaning(text: "by which the value is multiplied", unit: nil),
    "release": ColumnMeaning(text: "FRED's number of the release", unit: nil),
    "clock": ColumnMeaning(text: "when it is out, in New York", unit: "seconds since midnight"),
  ]
}
