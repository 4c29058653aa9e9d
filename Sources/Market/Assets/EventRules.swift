/// How what came of events is told, and which days of publication are events: the rules of a catalogue.
package struct EventRules: Hashable, Sendable {
  /// What came of an event of some title: a figure made of an economic series of FRED's.
  package struct Figure: Hashable, Sendable {
    /// How it is made of values; the raw value is what the file holds.
    package enum Transform: String, Hashable, Sendable {
      /// The value itself.
      case level
      /// The value less the one before.
      case change
      /// Per cent over the one before.
      case percent
      /// The same as of a whole year, of a quarter: to the fourth power.
      case annualised
    }

    /// As the calendar calls the event and its country.
    package let title, country: String
    /// FRED's id of the series.
    package let id: String
    /// How it is made of values.
    package let transform: Transform
    /// How far back the one before lies; 0 for none.
    package let months: Int
    /// By which it is multiplied to be in its unit.
    package let scale: Double
    /// `%` or `K`
    package let unit: EventAmount.Unit

    /// A rule as written.
    package init(
      title: String, country: String, id: String, _ transform: Transform, months: Int, scale: Double,
      unit: EventAmount.Unit
    ) {
      (self.title, self.country, self.id, self.transform) = (title, country, id, transform)
      (self.months, self.scale, self.unit) = (months, scale, unit)
    }
  }

  /// A release of economic figures as an event of its own.
  package struct Release: Hashable, Sendable {
    /// FRED's number of it.
    package let number: Int
    /// What it is called, and the currency of its country.
    package let title, country: String
    /// Seconds since midnight in New York at which it is out.
    package let clock: Int64
    /// How much it matters.
    package let importance: EventItem.Importance
    /// Under which titles the calendar tells what is in it.
    package let told: [String]

    /// A release as written.
    package init(
      number: Int, title: String, country: String, clock: Int64, importance: EventItem.Importance, told: [String]
    ) {
      (self.number, self.title, self.country, self.clock) = (number, title, country, clock)
      (self.importance, self.told) = (importance, told)
    }
  }

  /// By title and country, none twice.
  package let figures: [Figure]
  /// By number, none twice.
  package let releases: [Release]

  /// Rules as written.
  package init(figures: [Figure], releases: [Release]) { (self.figures, self.releases) = (figures, releases) }

  /// No rule at all.
  package static let none = EventRules(figures: [], releases: [])

  /// Whether nothing is ruled.
  package var isEmpty: Bool { figures.isEmpty && releases.isEmpty }
}
