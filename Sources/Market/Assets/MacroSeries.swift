/// How often values of an economic series come.
package enum Frequency: String, CaseIterable, Hashable, Sendable {
  case daily, weekly, monthly, quarterly, yearly
}

/// What an economic series measures, as its provider says it.
package struct MacroSeries: Hashable, Sendable {
  /// `Gross Domestic Product`
  package let title: String
  /// What its values are counted in: `Percent`, `Billions of Dollars`; `nil` where nobody says.
  package let units: String?
  /// How often a value comes.
  package let frequency: Frequency
  /// The provider's number of the release in which it is published; `nil` where it is in none, or nobody says.
  package let release: Int?

  /// As told; nobody checks here that it is so.
  package init(title: String, units: String?, frequency: Frequency, release: Int? = nil) {
    (self.title, self.units, self.frequency, self.release) = (title, units, frequency, release)
  }

  /// Whether its values are per cents, as those of rates and yields are: how far they move is told in points.
  package var isPerCent: Bool { units.map { $0.contains("Percent") || $0.contains("%") } ?? false }
}

/// When the values of an economic series are published, as far as a file knows it.
package struct Publication: Hashable, Sendable {
  /// How often a value comes.
  package let frequency: Frequency
  /// The newest days on which its release is out or is to be, in order; empty where that is not known.
  package let releases: [Day]

  /// - Parameter releases: in any order.
  package init(_ frequency: Frequency, releases: [Day] = []) {
    self.frequency = frequency
    self.releases = releases.sorted()
  }
}

/// A provider that can say what an economic series measures.
///
/// Pure, as every provider is: what to ask, and how to read the answers.
package protocol MacroDirectory: Provider {
  /// What its series are made of.
  var described: Dataset { get }
  /// What an id looks like, for whoever typed one that is none.
  var idHint: String { get }
  /// How often values of all of its series come; `nil` where that differs.
  var usualFrequency: Frequency? { get }
  /// How an id is spelled that somebody typed: in capitals, unless it says otherwise.
  func spelled(_ id: String) -> String
  /// The requests that tell what an id stands for, in the order in which they are sent.
  ///
  /// - Parameter isKeyed: whether a key goes along.
  func requests(about id: String, isKeyed: Bool, at now: Instant) -> [Request]
  /// What the answers to all of them say; throws `.unknownSymbol` where there is no such series.
  func description(of id: String, in answers: [(answer: Answer, request: Request)]) throws(ReadingError) -> MacroSeries
}

extension MacroDirectory {
  /// Economic series.
  package var described: Dataset { .macroObservation }
  /// Not known.
  package var usualFrequency: Frequency? { nil }
  /// Nothing.
  package var idHint: String { "" }
  /// In capitals.
  package func spelled(_ id: String) -> String { id.uppercased() }
}
