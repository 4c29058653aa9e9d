import Market

/// One way of holding the record against what it should be: what is measured, in what, and from where on it is too much.
///
/// More is always worse. All of them stand in `all`, and nowhere else.
package struct QualityCheck: Hashable, Sendable {
  /// In what a value is counted.
  package enum Unit: Hashable, Sendable {
    /// A part of a whole, or by which part two numbers differ.
    case fraction
    /// Of things, called so: `row`, `series`.
    case count(String)
    /// The fraction that is missing, told to people as what is there.
    case missing
  }

  /// Where its values come from.
  package enum Basis: Hashable, Sendable {
    /// From the rows of a day, whenever they moved: the same rows give the same value, and a rebuild finds it again.
    case facts
    /// From what is there at an instant: a run notes what it found.
    case state
    /// From the schema, which lets nothing else in: no run looks.
    case schema
  }

  /// As settings, tables and JSON spell it.
  package let name: String
  /// What it says, in a few words.
  package let meaning: String
  /// How it is measured, in a sentence.
  package let method: String
  /// In what its values are counted.
  package let unit: Unit
  /// Where they come from.
  package let basis: Basis
  /// The most that is let pass unless the user set another; `nil` where any value is, as it only informs.
  package let threshold: Double?
  /// What shows more, as it is typed behind the name of the program.
  package let next: String

  private init(
    _ name: String, _ meaning: String, _ method: String, _ unit: Unit, _ basis: Basis, at threshold: Double?,
    next: String
  ) {
    (self.name, self.meaning, self.method, self.unit) = (name, meaning, method, unit)
    (self.basis, self.threshold, self.next) = (basis, threshold, next)
  }
}

extension QualityCheck {
  /// Series that do not reach what was due.
  package static let late = QualityCheck(
    "late", "series that do not reach what was due",
    "counted at the end of a run among the series that answer, as status counts them", .count("series"), .state, at: 0,
    next: "status --all")

  /// What was due today and is there.
  package static let coverage = QualityCheck(
    "coverage", "what was due today and is there, by class",
    "rows of the day's due keys that are missing ÷ rows that were due; a gap that is proven is not due", .missing,
    .state,
    at: 0.05, next: "quality --coverage")

  /// Keys missing inside series.
  package static let gaps = QualityCheck(
    "gaps", "rows missing inside series that may yet come",
    "counted at the end of a run; gaps that are proven and closed days do not count", .count("row"), .state, at: nil,
    next: "gaps")

  /// Refused rows that wait for somebody.
  package static let refused = QualityCheck(
    "refused", "refused rows that nobody has decided about",
    "counted at the end of a run; a row that came again and was believed does not count", .count("row"), .state,
    at: nil,
    next: "quarantine list")

  /// Stored rows that are odd.
  package static let marks = QualityCheck(
    "marks", "stored rows that are marked as odd",
    "counted at the end of a run: jumps, units, flat stretches, ranges, volumes", .count("row"), .state, at: nil,
    next: "quarantine list --flags")

  /// Days against their hours.
  package static let fold = QualityCheck(
    "fold", "a coin's day bar against its 24 hours",
    "the largest relative difference of open, high, low and close between a source's day and its own 24 hours folded",
    .fraction, .facts, at: 0.001, next: "show quality_result")

  /// Sources against each other.
  package static let sources = QualityCheck(
    "sources", "closes of an asset at different sources",
    "the largest relative difference of the closes of bars that two sources have, of hours and of days, in one currency "
      + "and restated alike", .fraction, .facts, at: 0.005, next: "compare")

  /// Funds against their total.
  package static let funds = QualityCheck(
    "funds", "days on which the funds do not add up to the total",
    "the funds' flows of a day against the total that the source prints beside them, as the page is read and as stored",
    .count("day"), .facts, at: 0, next: "quarantine list --reason contradictory")

  /// Nothing where something has to be.
  package static let nulls = QualityCheck(
    "nulls", "prices and volumes without a value in seven days",
    "always 0: the schema lets no bar in without all five", .count("row"), .schema, at: 0, next: "show ohlc_hourly")

  /// In the order in which they are shown.
  package static let all = [late, coverage, gaps, fold, sources, funds, refused, marks, nulls]

  /// The check of a name; `nil` where there is none.
  package static func named(_ name: String) -> QualityCheck? { all.first { $0.name == name } }
}

/// What is let pass, check by check, as it is set in a file.
package struct QualityGates: Hashable, Sendable {
  private let chosen: [String: Double?]

  /// - Parameter set: what the user set, by check; `nil` takes the gate away.
  package init(_ set: [String: Double?] = [:]) { chosen = set }

  /// The most that passes; `nil` where everything does.
  package subscript(_ check: QualityCheck) -> Double? { chosen[check.name] ?? check.threshold }

  /// Whether the user said so, not the program.
  package func isSet(_ check: QualityCheck) -> Bool { chosen[check.name] != nil }
}

/// What was found of one subject on one day.
package struct QualityMeasurement: Hashable, Sendable {
  /// What a value is about.
  package enum Subject: Hashable, Sendable {
    /// An asset, by its symbol.
    case asset(String)
    /// A class of series that are shown together, by its name.
    case group(String)
    /// The whole record.
    case all

    /// What kind of subject it is, as a table spells it.
    package var scope: String {
      switch self {
      case .asset: "asset"
      case .group: "class"
      case .all: "all"
      }
    }

    /// Its name; empty for the whole record.
    package var name: String {
      switch self {
      case .asset(let name), .group(let name): name
      case .all: ""
      }
    }
  }

  /// Which check found it.
  package let check: QualityCheck
  /// About what.
  package let subject: Subject
  /// Of the facts, or of the run where it looked at what is there.
  package let day: Day
  /// In the unit of the check; `nil` where there is nothing to measure any more.
  package let value: Double?
  /// Rows that it comes from.
  package let observations: Int

  /// What was found.
  package init(
    _ check: QualityCheck, of subject: Subject, on day: Day, _ value: Double?, observations: Int
  ) {
    (self.check, self.subject, self.day) = (check, subject, day)
    (self.value, self.observations) = (value, observations)
  }
}
