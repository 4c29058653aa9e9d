/// One figure of what is written in the world about a theme on a day.
package struct ThemeValue: Hashable, Sendable {
  /// What is told of a theme.
  package enum Measure: String, CaseIterable, Hashable, Sendable {
    /// Articles about the theme.
    case volume
    /// Articles about anything: what the volume is a share of.
    case norm
    /// How they are worded on average: below 0 gloomy, above 0 glad; −100 to 100, mostly −10 to 10.
    case tone
  }
  /// In UTC, by when an article was seen.
  package let day: Day
  /// What the value says.
  package let measure: Measure
  /// A whole number of articles, or a tone.
  package let value: Double

  /// As given; nobody checks here that it can be.
  package init(day: Day, measure: Measure, value: Double) {
    (self.day, self.measure, self.value) = (day, measure, value)
  }

  /// In the columns of `FactShape.themeValue`.
  package var row: FactRow {
    FactRow(key: FactKey(.day(day), .text(measure.rawValue)), values: [FigureValue(value)])
  }
}

extension FactShape {
  /// Figures of a theme, keyed by the day and what is told.
  package static let themeValue = FactShape(
    .themeValue, key: [.init("day", .day), .init("measure", .text)], values: [.init(.value, .real)])
}
