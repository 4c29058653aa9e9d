/// What kind of fact a series is made of; the raw value is the name of its table.
///
/// An open list: which kinds there are is told by the registry that a store is given.
package struct Dataset: RawRepresentable, Hashable, Sendable {
  /// The name of its table: `bar`, `etf_flow`.
  package let rawValue: String

  /// `nil` for what cannot be the name of a table: anything but lower-case letters, digits and underscores.
  package init?(rawValue: String) {
    guard !rawValue.isEmpty, rawValue.utf8.allSatisfy(Dataset.isFit) else { return nil }
    self.rawValue = rawValue
  }

  private static func isFit(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// A name written in the code.
  private init(_ name: StaticString) { rawValue = name.description }

  /// Open, high, low, close and volume over an interval.
  package static let bar = Dataset("bar")
  /// Sampled prices, where nobody gives bars.
  package static let pricePoint = Dataset("price_point")
  /// The value of an index of mood on a day.
  package static let sentiment = Dataset("sentiment")
  /// What went into and out of a fund on a day.
  package static let etfFlow = Dataset("etf_flow")
  /// Splits, dividends and capital gains.
  package static let corporateAction = Dataset("corporate_action")
  /// Average price and number of trades of a bar.
  package static let barTrade = Dataset("bar_trade")
  /// What all units of a coin are worth, and how many there are.
  package static let marketCap = Dataset("market_cap")
  /// Values of economic series, each with the day on which it was published.
  package static let macroObservation = Dataset("macro_observation")
  /// The days on which economic figures are published.
  package static let macroRelease = Dataset("macro_release")
  /// What an index of mood is made from.
  package static let moodComponent = Dataset("mood_component")
  /// How much is written about a theme on a day, and how.
  package static let themeValue = Dataset("theme_value")
  /// What feeds tell, item by item.
  package static let newsItem = Dataset("news_item")
  /// What calendars tell of what is to happen: figures that are published, earnings, filings.
  package static let eventItem = Dataset("event_item")
}
