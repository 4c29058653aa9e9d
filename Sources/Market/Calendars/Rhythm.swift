/// When the facts of a series come: which keys should exist, which is the newest that is due at an instant, when one is
/// final, and how far a run reaches and reads again.
///
/// A key is an open time, or the start of a day. Everything here is arithmetic on keys; which series has which rhythm is
/// said in one place, `Rhythm.init(of:every:assetClass:provider:safety:)`.
package struct Rhythm: Hashable, Sendable {
  /// On which days there are keys.
  package let calendar: Calendar
  /// Where keys can sit.
  package let grid: OpeningGrid
  /// Whether it is known of each key that it should exist.
  ///
  /// Not so for samples, which come near the openings of their grid and not at them, and for bars within the day where
  /// nobody says when the first of them opens.
  package let isExact: Bool
  /// Where the bars of a session begin; `nil` for keys that are none within a session, and where nobody knows.
  let firstBar: FirstBar?
  /// When a key is due.
  let dueRule: DueRule
  /// Seconds after a key was due until it counts as late.
  package let lateness: Int64
  /// How far before the newest key a first run begins, in seconds.
  package private(set) var firstReach: Int64
  /// What is read again whenever the series is asked, so that restatements are seen.
  package let overlap: Overlap
  /// Seconds back from the newest key within which a proven absence is asked for again whenever the series is asked: it
  /// costs no request of its own, and the answer that proved it may have been a faulty one.
  package let doubt: Int64
  /// For days whose facts come in over hours and may change at first.
  package let revisits: Revisits?
  /// Whether the first answer holds all there is, so that nothing before its first row is missing.
  package let comesWhole: Bool
  /// When it is looked at, where nobody knows of keys; `nil` where what is due goes by them.
  package private(set) var looks: Looks?

  enum DueRule: Hashable, Sendable {
    /// Seconds after the opening.
    case afterOpening(Int64)
    /// Seconds after the close.
    case afterClose(Int64)
    /// Seconds after the close of the session in which it lies; of bars within sessions only.
    case afterSession(Int64)
  }

  /// How far back from the newest key is read again: a time in seconds, or a number of keys.
  package enum Overlap: Hashable, Sendable {
    case seconds(Int64)
    case keys(Int)
  }

  /// When unfinished days are looked at again.
  package struct Revisits: Hashable, Sendable {
    /// Seconds after its start from which an unfinished day is looked at again, although it is not due or was there.
    package let from: Int64
    /// Seconds between two looks.
    package let every: Int64
  }

  /// The same where a first run reaches back so many days from the newest key.
  package func reaching(days: Int) -> Rhythm {
    var rhythm = self
    rhythm.firstReach = max(0, Int64(days) * Rhythm.day - grid.step)
    return rhythm
  }

  /// Whether each opening of the grid is a key.
  var isContinuous: Bool { calendar.isContinuous }
  /// Whether keys are days, which bear the dates of sessions where the market has such.
  package var isDaily: Bool { grid.step == Rhythm.day }

  static let hour: Int64 = 3600
  static let day: Int64 = 86_400
}
