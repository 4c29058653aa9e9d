import Market
import SQLite
import Store

/// What an import came to.
package struct ImportReport: Sendable {
  /// The series that the file fills.
  package let series: SeriesKey
  /// Symbol of its asset; `nil` for an index of a whole market.
  package let asset: String?
  /// The run that wrote it; `nil` for a rehearsal, which writes nothing.
  package let run: RunID?
  /// How it ended: `partial` and `interrupted` leave what was stored before, `failed` leaves nothing.
  package var outcome: RunOutcome = .done
  /// Why it ended before the file did.
  package var reason: String?
  /// How the file is laid out.
  package var layout: String
  /// What was decided about the file that people should know.
  package var remarks: [String] = []
  /// What was counted in the file, as far as it was read.
  package var tally = FileTally()
  /// What became of its rows.
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
  /// Wall time that it took.
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
  /// The length of the whole, in the same bytes; `nil` where it is not known, as of a pipe.
  package let of: Int?
  /// Rows believed so far, those that were stored already among them.
  package let rows: Int
}
