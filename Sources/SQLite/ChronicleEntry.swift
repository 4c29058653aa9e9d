import Market

/// One act that moved facts, judgements or choices, with all that is needed to do it again.
package enum ChronicleEntry: Hashable, Sendable {
  /// An answer was read, whatever came of it; an imported file, to its end.
  case read(FetchID)
  /// The rows of a part of an imported file were stored.
  case part(FetchID, Int)
  /// A stretch was asked for in vain.
  case failed(SeriesID, ClosedRange<Instant>, StepID?)
  /// A stretch was asked for and answered in full; what is missing there is not to be had.
  case absent(SeriesID, ClosedRange<Instant>, FetchID)
  /// A series became the price of an asset. Without `due`, the newest bar that was due then, it is not known why.
  case chosen(AssetID, Interval, SeriesID, due: Instant?, RunID)
  /// Days of a fund table were judged.
  case judged(SeriesID, at: Instant)
  /// Days that were over were put on the list of what is due.
  case ended(at: Instant)
  /// The snapshots due of an asset were computed.
  case snapshot(AssetID, at: Instant)
  /// What rules say of days was said, and of a week that is over, where portfolios were due.
  case analysed(at: Instant, portfolios: Bool)
  /// The user decided about a refused row, or undid an import.
  case decided(DecisionID)
}
