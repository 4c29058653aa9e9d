/// Something that is to happen or did, as one source told it: a figure that is published, a company's earnings, a filing.
package struct EventItem: Hashable, Sendable {
  /// What it is; the raw value is what the table holds.
  package enum Kind: String, CaseIterable, Hashable, Sendable { case economic, earnings, filing }

  /// How much it is expected to matter, in the source's own judgement; the raw value is what the table holds.
  package enum Importance: String, CaseIterable, Hashable, Sendable { case high, medium, low, holiday }

  /// What it is.
  package let kind: Kind
  /// Within what it is told apart from others of its title: the Sunday of its week; of earnings the last day of the quarter,
  /// of a filing the day on which it was filed. It stays where the event is moved.
  package let period: Day
  /// A currency, as calendars name countries: `USD`.
  package let country: String
  /// `CPI m/m`; of a filing `filingTitle`.
  package let title: String
  /// Which one of that title in the period: `1`, `2`; of a filing its accession number.
  package let number: String
  /// When; `nil` where no more than a day, or nothing, is told.
  package let at: Instant?
  /// The day by the source's own clock; `nil` where none is told.
  package let day: Day?
  /// In place of a time, as told: `pre-market`.
  package let timeOfDay: String?
  /// `nil` where nobody says.
  package let importance: Importance?
  /// What is expected, as told; `nil` for nothing.
  package let forecast: EventAmount?
  /// What it was the time before, as told; `nil` for nothing.
  package let previous: EventAmount?
  /// The symbol of the company that it is about, followed or not; `nil` where it is about none, or the series says it.
  package let symbol: String?
  /// Where it can be read.
  package let url: String?
  /// Of a filing what was filed, which may be told otherwise later: `8-K (2.02, 9.01)`; `nil` of all else.
  package let form: String?

  /// The title of every filing: what tells them apart is their number.
  package static let filingTitle = "filing"

  /// An event as read.
  package init(
    _ kind: Kind, period: Day, country: String, title: String, number: String = "1", at: Instant? = nil, day: Day?,
    timeOfDay: String? = nil, importance: Importance? = nil, forecast: EventAmount? = nil, previous: EventAmount? = nil,
    symbol: String? = nil, url: String? = nil, form: String? = nil
  ) {
    (self.kind, self.period, self.country, self.title, self.number) = (kind, period, country, title, number)
    (self.at, self.day, self.timeOfDay, self.importance) = (at, day, timeOfDay, importance)
    (self.forecast, self.previous, self.symbol, self.url) = (forecast, previous, symbol, url)
    self.form = form
  }

  /// What tells it apart within its series.
  package var key: FactKey { FactKey(.day(period), .text(country), .text(title), .text(number)) }

  /// In the columns of `FactShape.eventItem`: numbers are in the unit of the forecast, else of what was before.
  package var row: FactRow {
    let unit = forecast?.unit ?? previous?.unit
    return FactRow(
      key: key,
      values: [
        .text(kind.rawValue), FigureValue(at?.epochSeconds), FigureValue(day?.description), FigureValue(timeOfDay),
        FigureValue(importance?.rawValue), FigureValue(forecast?.text), FigureValue(forecast?.number(in: unit)),
        FigureValue(previous?.text), FigureValue(previous?.number(in: unit)), FigureValue(unit?.rawValue),
        FigureValue(symbol), FigureValue(url), .whole(0), FigureValue(form),
      ])
  }
}

/// What is expected of a figure, or was the time before: the text as told, and the number in it where it is one.
package struct EventAmount: Hashable, Sendable {
  /// What stands behind a number; the raw value is how it is written.
  package enum Unit: String, CaseIterable, Hashable, Sendable {
    case percent = "%"
    case thousands = "K"
    case millions = "M"
    case billions = "B"
    case trillions = "T"

    /// How many of the power of ten it counts in; `nil` of per cent.
    fileprivate var power: Int? {
      switch self {
      case .percent: nil
      case .thousands: 3
      case .millions: 6
      case .billions: 9
      case .trillions: 12
      }
    }
  }

  /// As told: `219K`, `4.52|2.5`, `3-0-6`.
  package let text: String
  /// The number, in its unit; `nil` where the text is none.
  package let number: Double?
  /// `nil` for a bare number, and where there is none.
  package let unit: Unit?

  /// As read.
  package init(text: String, number: Double?, unit: Unit?) {
    (self.text, self.number, self.unit) = (text, number, unit)
  }

  /// The number in another unit; `nil` where they do not go together.
  func number(in other: Unit?) -> Double? {
    if unit == other { return number }
    guard let number, let mine = unit?.power, let theirs = other?.power else { return nil }
    let steps = mine - theirs
    // Divided and not multiplied by a fraction, which no double holds.
    return steps > 0 ? number * EventAmount.thousands(steps) : number / EventAmount.thousands(-steps)
  }

  private static func thousands(_ power: Int) -> Double { (0..<power / 3).reduce(1) { size, _ in size * 1000 } }
}

extension Facts {
  /// Events of one series.
  package static func events(_ items: [EventItem]) -> Facts { .rows(.eventItem, items.map(\.row)) }
}

extension FactShape {
  /// Events, keyed by period, country, title and number.
  package static let eventItem = FactShape(
    .eventItem,
    key: [.init("period", .day), .init("country", .text), .init("title", .text), .init("number", .text)],
    values: [
      .init(.kind, .text), .init(.at, .whole, mayBeAbsent: true), .init(.day, .text, mayBeAbsent: true),
      .init(.timeOfDay, .text, mayBeAbsent: true), .init(.importance, .text, mayBeAbsent: true),
      .init(.forecast, .text, mayBeAbsent: true), .init(.forecastValue, .real, mayBeAbsent: true),
      .init(.previous, .text, mayBeAbsent: true), .init(.previousValue, .real, mayBeAbsent: true),
      .init(.unit, .text, mayBeAbsent: true), .init(.symbol, .text, mayBeAbsent: true),
      .init(.url, .text, mayBeAbsent: true), .init(.isWithdrawn, .whole, bounds: 0...1),
      .init(.form, .text, mayBeAbsent: true),
    ])
}

extension FigureField {
  /// What an event is: economic, earnings, filing.
  package static let kind = Self(rawValue: "kind")
  /// When an event is, in epoch seconds.
  package static let at = Self(rawValue: "at")
  /// The day of an event by its source's own clock.
  package static let day = Self(rawValue: "day")
  /// What is told of an event in place of a time.
  package static let timeOfDay = Self(rawValue: "time_of_day")
  /// How much an event is expected to matter.
  package static let importance = Self(rawValue: "importance")
  /// What is expected, as told.
  package static let forecast = Self(rawValue: "forecast")
  /// The number in what is expected, in the unit of the event.
  package static let forecastValue = Self(rawValue: "forecast_value")
  /// What it was the time before, as told.
  package static let previous = Self(rawValue: "previous")
  /// The number in what it was the time before, in the unit of the event.
  package static let previousValue = Self(rawValue: "previous_value")
  /// What the numbers of an event are counted in: `%`, `K`.
  package static let unit = Self(rawValue: "unit")
  /// The company that an event is about.
  package static let symbol = Self(rawValue: "symbol")
  /// Whether a later answer left an event out that was still to come: 1 or 0.
  package static let isWithdrawn = Self(rawValue: "is_withdrawn")
  /// What was filed: its form, and the numbers of what it is about.
  package static let form = Self(rawValue: "form")
}
