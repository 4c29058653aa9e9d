/// One value of an economic series, as it was published on a day.
package struct MacroObservation: Hashable, Sendable {
  /// The first day of the period that it is about; of a week the last.
  package let day: Day
  /// The day on which the provider published it; where it does not say so, the day in New York on which it was fetched.
  package let vintage: Day
  /// In the units of its series; `nil` for a value that was withdrawn, or of which there is none.
  package let value: Double?

  /// As given; nobody checks here that it can be.
  package init(day: Day, vintage: Day, value: Double?) {
    (self.day, self.vintage, self.value) = (day, vintage, value)
  }

  /// In the columns of `FactShape.macroObservation`.
  package var row: FactRow { FactRow(key: FactKey(.day(day), .day(vintage)), values: [FigureValue(value)]) }
}

/// Whether something is published on a day: of a schedule all weekdays that it speaks for, so that a day that is moved is
/// told as one that is not.
package struct MacroRelease: Hashable, Sendable {
  /// In New York.
  package let day: Day
  /// Whether the release is out on that day, or is to be.
  package let isScheduled: Bool

  /// As given.
  package init(day: Day, isScheduled: Bool) { (self.day, self.isScheduled) = (day, isScheduled) }

  /// In the columns of `FactShape.macroRelease`.
  package var row: FactRow { FactRow(key: FactKey(.day(day)), values: [.whole(isScheduled ? 1 : 0)]) }
}

/// A figure that an index of mood is made from, on one day.
package struct MoodComponent: Hashable, Sendable {
  /// What is told of a component.
  package enum Measure: String, CaseIterable, Hashable, Sendable {
    /// The quantity itself, in whatever it is counted: the VIX.
    case quantity
    /// What it makes of the index: 0 (extreme fear) to 100 (extreme greed).
    case score
  }
  /// The day that the provider gives it for.
  package let day: Day
  /// The provider's name of it: `market_volatility_vix`.
  package let component: String
  /// What the value says.
  package let measure: Measure
  /// In units of the component, or a score.
  package let value: Double

  /// As given; nobody checks here that it can be.
  package init(day: Day, component: String, measure: Measure, value: Double) {
    (self.day, self.component, self.measure, self.value) = (day, component, measure, value)
  }

  /// In the columns of `FactShape.moodComponent`.
  package var row: FactRow {
    FactRow(key: FactKey(.day(day), .text(component), .text(measure.rawValue)), values: [FigureValue(value)])
  }
}

extension Facts {
  /// Values of an economic series.
  package static func observations(_ values: [MacroObservation]) -> Facts {
    .rows(.macroObservation, values.map(\.row))
  }
  /// Days of a release.
  package static func releases(_ values: [MacroRelease]) -> Facts { .rows(.macroRelease, values.map(\.row)) }
  /// What an index of mood is made from.
  package static func components(_ values: [MoodComponent]) -> Facts {
    .rows(.moodComponent, values.map(\.row))
  }
}

extension FactShape {
  /// Values of an economic series, keyed by the period and the day of publication.
  package static let macroObservation = FactShape(
    .macroObservation, key: [.init("day", .day), .init("vintage", .day)],
    values: [.init(.value, .real, mayBeAbsent: true)])

  /// Days of a release, keyed by the day.
  package static let macroRelease = FactShape(
    .macroRelease, key: [.init("day", .day)], values: [.init(.isScheduled, .whole, bounds: 0...1)])

  /// Parts of an index of mood, keyed by the day, the part, and what is told of it.
  package static let moodComponent = FactShape(
    .moodComponent, key: [.init("day", .day), .init("component", .text), .init("measure", .text)],
    values: [.init(.value, .real)])
}
