import GRDB
import Market
import SQLite
import Schema
import Store

/// An event with what was expected of it and what came, as a list shows it.
package struct ToldEvent: Hashable, Sendable {
  /// Its number, which `why event` takes.
  package let id: Int64
  /// What it is.
  package let kind: EventItem.Kind
  /// When; `nil` where no time is told.
  package let at: Instant?
  /// The day by its source's clock; `nil` where none is told.
  package let day: Day?
  /// The Sunday of its week.
  package let week: Day
  /// What is told in place of a time: `pre-market`.
  package let timeOfDay: String?
  /// A currency: `USD`; `nil` of what is about a company.
  package let country: String?
  /// Symbol of the asset that it is about; `nil` where it is about none of the file's.
  package let asset: String?
  /// What it is called, as told.
  package let title: String
  /// `nil` where nobody says.
  package let importance: EventItem.Importance?
  /// As told, and what came as it would be told; `nil` where there is none.
  package let forecast, previous, actual: String?
  /// The numbers in them, in `unit`.
  package let forecastValue, previousValue, actualValue: Double?
  /// `%`, `K`; `nil` of bare numbers.
  package let unit: String?
  /// From which observation it is known what came: id, first day of the period, day of its publication.
  package let print: Print?
  /// Who tells of it.
  package let source: String
  /// Where it can be read.
  package let url: String?
  /// Whether its source left it out before its time.
  package let isWithdrawn: Bool

  /// A value of an economic series as it was published first.
  package struct Print: Hashable, Sendable {
    /// The id of the series.
    package let id: String
    /// The first day of the period, and the day of publication.
    package let period, vintage: Day
  }

  /// The day that stands beside its time: that of its time in UTC; without a time the day by its source's clock.
  package var shownDay: Day? { at?.day ?? day }

  /// What it came to against what was expected, in its unit; `nil` where one of them is no number.
  package var surprise: Double? { actualValue.flatMap { came in forecastValue.map { came - $0 } } }
}

/// Which events are wanted.
package struct EventSelection: Sendable {
  /// Between these, by the day that stands beside its time; one without a day is in its week.
  package var days: ClosedRange<Day>
  /// Those about these assets; `nil` for all.
  package var assets: [String]?
  /// Empty for all of them.
  package var kinds: Set<EventItem.Kind> = []
  /// Empty for all of them, and for those of which nobody says.
  package var importances: Set<EventItem.Importance> = []
  /// By currency; empty for all.
  package var countries: Set<String> = []

  /// All events of some days.
  package init(_ days: ClosedRange<Day>) { self.days = days }

  fileprivate func takes(_ event: ToldEvent) -> Bool {
    (event.shownDay.map(days.contains) ?? true) && (assets.map { $0.contains(event.asset ?? "") } ?? true)
      && (kinds.isEmpty || kinds.contains(event.kind))
      && (importances.isEmpty || event.importance.map(importances.contains) == true)
      && (countries.isEmpty || event.country.map(countries.contains) == true)
  }
}

extension Telling {
  /// The events of some days in their order; those without a day stand at the beginning of their week.
  package func events(_ selection: EventSelection) throws(StoreError) -> [ToldEvent] {
    try read { db in
      let days = selection.days
      // Of an event without a day it is only known that it is in its week. A source's day may begin hours after UTC's.
      return try Row.fetchAll(
        db, sql: EventStatements.told,
        arguments: [(days.lowerBound - 1).description, days.upperBound.description, (days.lowerBound - 6).description]
      ).compactMap(ToldEvent.init).filter(selection.takes)
    }
  }

  /// The event of a number; `nil` where there is none.
  package func event(_ id: Int64) throws(StoreError) -> ToldEvent? {
    try read { db in
      try Row.fetchOne(db, sql: EventStatements.toldOne, arguments: [id]).flatMap(ToldEvent.init)
    }
  }

  /// The row that an event was told by: its series and its key; `nil` where there is no such event.
  package func row(ofEvent id: Int64) throws(StoreError) -> (series: SeriesKey, key: FactKey)? {
    try read { db in
      guard let row = try Row.fetchOne(db, sql: EventStatements.row, arguments: [id]),
        let period = Day(row["period"] as String)
      else { return nil }
      let series = try StoredCatalogue.seriesKey(row)
      guard let title = row["title"] as String? else { return (series, FactKey(.day(period))) }
      return (series, FactKey(.day(period), .text(row["country"]), .text(title), .text(row["number"])))
    }
  }
}

extension ToldEvent {
  fileprivate init?(_ row: Row) {
    guard let kind = EventItem.Kind(rawValue: row["kind"]), let week = Day(row["week"] as String) else { return nil }
    let day: (String) -> Day? = { name in (row[name] as String?).flatMap { Day($0) } }
    let print = (row["actual_series"] as String?).flatMap { id in
      day("actual_period").flatMap { period in
        day("actual_vintage").map { Print(id: id, period: period, vintage: $0) }
      }
    }
    self.init(
      id: row["event_id"], kind: kind, at: (row["at"] as String?).flatMap { Instant($0) }, day: day("day"), week: week,
      timeOfDay: row["time_of_day"], country: row["country"], asset: row["asset"], title: row["title"],
      importance: (row["importance"] as String?).flatMap(EventItem.Importance.init(rawValue:)),
      forecast: row["forecast"], previous: row["previous"], actual: row["actual"],
      forecastValue: row["forecast_value"], previousValue: row["previous_value"], actualValue: row["actual_value"],
      unit: row["unit"], print: row["actual"] as String? == nil ? nil : print, source: row["source"], url: row["url"],
      isWithdrawn: row["is_withdrawn"])
  }

  /// What it is for programs.
  package var json: JSONValue {
    [
      "event_id": .integer(id), "kind": .string(kind.rawValue), "at": .optional(at?.description),
      "day": .optional(day?.description), "week": .string(week.description), "time_of_day": .optional(timeOfDay),
      "country": .optional(country), "asset": .optional(asset), "title": .string(title),
      "importance": .optional(importance?.rawValue), "forecast": .optional(forecast), "previous": .optional(previous),
      "actual": .optional(actual), "forecast_value": .optional(forecastValue),
      "previous_value": .optional(previousValue), "actual_value": .optional(actualValue), "unit": .optional(unit),
      "source": .string(source), "url": .optional(url), "is_withdrawn": .bool(isWithdrawn),
    ]
  }
}
