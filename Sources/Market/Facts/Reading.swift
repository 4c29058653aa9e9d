/// What one answer taught us: a part for each series that it speaks of.
///
/// Yahoo's chart holds bars, splits and dividends of a stock, a list of coins the caps of each of them.
package struct Reading: Hashable, Sendable {
  /// No series twice.
  package let parts: [SeriesReading]
  /// What was wrong with the answer, so that not all of it could be read; `nil` of a whole one. Nobody is told that we have
  /// it, or the rest would never come.
  package var damage: String?
  /// How many older items of a list were left out, as there were too many.
  package var leftOut = 0

  /// What an answer says of several series.
  package init(_ parts: [SeriesReading]) { self.parts = parts }

  /// What an answer says of its only series.
  package init(series: SeriesKey, facts: Facts, refusals: [Refusal] = [], covers: ClosedRange<Instant>?) {
    self.init([SeriesReading(series: series, facts: facts, refusals: refusals, covers: covers)])
  }
}

extension Reading {
  /// The edition of the rules by which answers and files are read today. It is raised when a rule changes what bytes say
  /// that were read before, so that such a change is told apart from damage. From 1. The second settles what a file says
  /// of itself at its import; the third knows which bars of a session are missing, and the holidays before 2018. With the
  /// fourth a day without hours has a snapshot of its own bar, and marks tell of splits and dividends told beside prices
  /// that do not go with them, and of jumps over a weekend. The fifth leaves out the item within which a feed was cut,
  /// the sixth believes no table of FRED's that ends within a line, and tells Yahoo's headlines apart by their feeds. Since
  /// the seventh of two items under one id of a day the one that was published later counts, of an answer the newest two
  /// thousand items do, and an address that changed in nothing but what tracks readers is no other one. With the eighth two
  /// titles tell no one story where each has a word in place of another; with the ninth `5.0%` is the number `5%`, and
  /// companies that are called after gold are not gold.
  package static let edition = 9

  /// How many rows of facts there are.
  package var count: Int { parts.reduce(0) { $0 + $1.facts.count } }
  /// Whether it is what a feed told, item by item. An answer with nothing new of that is noted as unchanged: nothing
  /// follows from its bytes, which may go.
  package var isNews: Bool { !parts.isEmpty && parts.allSatisfy { $0.series.dataset == .newsItem } }
  /// Whether there is not a single row in it, not even a refused one.
  package var isBare: Bool { parts.allSatisfy(\.isBare) }
}

/// What an answer, or a part of a file, says of one series: facts, the rows refused, and the stretch of time it speaks
/// for.
package struct SeriesReading: Hashable, Sendable {
  /// Which one.
  package let series: SeriesKey
  /// Oldest first, no key twice, each row final at the answer's instant (a running bar is left out).
  package let facts: Facts
  /// Rows of the answer that are not facts, each with its reason; they go to quarantine.
  package let refusals: [Refusal]
  /// First and last open time (for days, the start of the day) that the answer speaks for: within it, a key that is
  /// absent is absent at the provider. `nil` when the answer proves nothing about what it leaves out.
  package let covers: ClosedRange<Instant>?
  /// What is told of bars beside them, oldest first; no facts, and only where acts are told.
  package let told: [ToldBar]

  /// What is said of a series.
  package init(
    series: SeriesKey, facts: Facts, refusals: [Refusal] = [], covers: ClosedRange<Instant>?, told: [ToldBar] = []
  ) {
    self.told = told
    self.series = series
    self.facts = facts
    self.refusals = refusals
    self.covers = covers
  }

  /// Whether there is not a single row in it, not even a refused one.
  package var isBare: Bool { facts.count == 0 && refusals.isEmpty }
}

/// One row that was not believed.
package struct Refusal: Hashable, Sendable {
  /// Why, as it is counted and stored.
  package let reason: RefusalReason
  /// The row's key where it could be read: its open time, or the start of its day.
  package let at: Instant?
  /// What exactly was wrong: `high 5 is below close 7`.
  package let detail: String
  /// The row as it was sent, cut to `excerptLength` bytes, control characters replaced.
  package let excerpt: String
  /// The row as a fact, where it can be read as one: what becomes of it when the user says that it is right.
  package let row: Facts?
  /// The line of a file that it was read from.
  package let place: FilePlace?

  /// Bytes of a refused row that are kept.
  package static let excerptLength = 300

  /// - Parameter excerpt: cut and cleaned already.
  package init(
    reason: RefusalReason, at: Instant?, detail: String, excerpt: String, row: Facts? = nil, place: FilePlace? = nil
  ) {
    self.reason = reason
    self.at = at
    self.detail = detail
    self.excerpt = excerpt
    self.row = row
    self.place = place
  }
}

/// Why a row was refused; a closed list, stored as its raw value.
package enum RefusalReason: String, CaseIterable, Hashable, Sendable {
  /// The row has too few fields or one of the wrong type.
  case malformed
  /// A number that is not one, or not finite.
  case notANumber = "not_a_number"
  /// `low <= open, close <= high` does not hold.
  case impossibleRange = "impossible_range"
  /// A negative volume, an index outside its scale.
  case outOfBounds = "out_of_bounds"
  /// A time that does not sit on the interval, lies outside what was asked, or cannot be.
  case wrongTime = "wrong_time"
  /// The same key twice in one answer with different values.
  case contradictory
}
