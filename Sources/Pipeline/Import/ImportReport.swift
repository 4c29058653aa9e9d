import Market
import Store

/// What an import came to.
package struct ImportReport: Sendable {
  package let series: SeriesKey
  package let asset: String?
  package let run: RunID?
  package var outcome: RunOutcome = .done
  /// Why it ended before the file did.
  package var reason: String?
  /// How the file is laid out.
  package var layout: String
  package var tally = FileTally()
  package var counts = StepCounts()
  /// Length and SHA-256 of the file as it was given; `nil` where it was not read to its end.
  package var fingerprint: FileFingerprint?
  /// Bars of the series that are missing between its first and its last, after the import.
  package var missing = 0
  /// Snapshots that were computed because of it.
  package var snapshots = 0
  /// Whether the same bytes had been imported before, so that none of their rows had to be looked at.
  package var isKnown = false
  /// Rows of a rehearsal that have the key of a row far above in the same file: only the import itself, which stores the
  /// earlier one first, can tell whether they say the same.
  package var repeats = 0
  package var seconds = 0.0

  init(series: SeriesKey, asset: String?, run: RunID?, layout: String) {
    self.series = series
    self.asset = asset
    self.run = run
    self.layout = layout
  }
}

/// How far an import is.
package struct ImportProgress: Sendable {
  /// Bytes read of the file as it is given, and its length where that is known.
  package let read: Int
  package let of: Int?
  package let rows: Int
}
