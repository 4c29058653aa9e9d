/// The row number of one kind of row, so that a series cannot be passed where a fetch is meant.
package struct Identifier<Row>: Hashable, Comparable, Sendable {
  /// The number as the file has it: in the table of such rows the primary key, elsewhere a reference to it.
  package let rawValue: Int64
  /// Takes a number for one of a row of this kind; whether the file has such a row is not asked.
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
  /// By the number, which follows the order in which rows were inserted.
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// A row of `asset`: what prices and flows are about.
package enum AssetRow {}
/// A row of `series`: one source's facts of one kind about one thing.
package enum SeriesRow {}
/// A row of `run`: one command that wrote.
package enum RunRow {}
/// A row of `step`: a part of a run, with its outcome.
package enum StepRow {}
/// A row of `fetch`: one attempt at a request, or one imported file.
package enum FetchRow {}
/// A row of `decision`: what the user said of something that the file holds.
package enum DecisionRow {}
/// A row of `quarantine`: a row that was refused, as it was sent.
package enum QuarantineRow {}

/// `asset_id`; people and other files know the asset by its symbol.
package typealias AssetID = Identifier<AssetRow>
/// `series_id`; the same series has another one in another file, and the same `SeriesKey`.
package typealias SeriesID = Identifier<SeriesRow>
/// `run_id`; later runs have higher ones.
package typealias RunID = Identifier<RunRow>
/// `step_id`; steps are numbered in the order in which they began.
package typealias StepID = Identifier<StepRow>
/// `fetch_id`; fetches are numbered in the order in which they were kept.
package typealias FetchID = Identifier<FetchRow>
/// `decision_id`; decisions are numbered in the order in which they were made.
package typealias DecisionID = Identifier<DecisionRow>
/// `quarantine_id`: the number that people name a refused row by.
package typealias QuarantineID = Identifier<QuarantineRow>
