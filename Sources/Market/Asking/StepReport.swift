/// What a step did to rows of facts and derived tables, and what it cost.
package struct StepCounts: Hashable, Sendable {
  /// Rows stored under a key that had none.
  package var new = 0
  /// Rows that took the place of other values, which their history keeps.
  package var changed = 0
  /// Rows that came again with the values that were stored.
  package var unchanged = 0
  /// Rows that were not believed.
  package var refused = 0
  /// Attempts that were sent, each retry counted; none that was held back.
  package var requests = 0
  /// Bytes that came over the wire, before decoding; of an imported file its length.
  package var bytes = 0

  /// Counts, all of them 0 unless given.
  package init(new: Int = 0, changed: Int = 0, unchanged: Int = 0, refused: Int = 0, requests: Int = 0, bytes: Int = 0)
  {
    self.new = new
    self.changed = changed
    self.unchanged = unchanged
    self.refused = refused
    self.requests = requests
    self.bytes = bytes
  }

  /// Counts what was sent and what came over the wire for it.
  package mutating func add(_ roundTrip: RoundTrip) {
    requests += roundTrip.attempts.count(where: \.wasSent)
    bytes += roundTrip.attempts.reduce(0) { $0 + $1.wireBytes }
  }

  /// Whether no row was stored, confirmed or refused.
  package var hasNoRows: Bool { new + changed + unchanged + refused == 0 }
  /// Whether there were rows and not one of them could be believed.
  package var hasOnlyRefusals: Bool { refused > 0 && new + changed + unchanged == 0 }

  /// Both together, figure by figure.
  package static func + (a: StepCounts, b: StepCounts) -> StepCounts {
    StepCounts(
      new: a.new + b.new, changed: a.changed + b.changed, unchanged: a.unchanged + b.unchanged,
      refused: a.refused + b.refused, requests: a.requests + b.requests, bytes: a.bytes + b.bytes)
  }
}

/// How a step ended, as it is stored, shown and printed.
package struct StepReport: Hashable, Sendable {
  /// The part of a run that it belongs to; a part that asks has a step for each series.
  package let name: StepName
  /// The series that it was about; `nil` for a step about none, such as the backup.
  package let series: SeriesKey?
  /// Symbol of that series' asset; `nil` where it has none.
  package let asset: String?
  /// What the series is called, where it has no asset and another name than its symbol: a theme.
  package var title: String?
  /// Who was asked; `nil` where nobody is.
  package let source: ProviderName?
  /// How it ended; read from the file, `interrupted` also stands for one without an end.
  package var outcome: StepOutcome
  /// Why it did not end `done`; `nil` where it did.
  package var reason: StepReason?
  /// The reason in words.
  package var detail: String?
  /// What it did to rows, and what it cost.
  package var counts: StepCounts
  /// Wall time that it took.
  package var seconds: Double

  /// A report; one whose outcome is not `done` should bear a reason.
  package init(
    name: StepName, series: SeriesKey? = nil, asset: String? = nil, source: ProviderName? = nil, outcome: StepOutcome,
    reason: StepReason? = nil,
    detail: String? = nil, counts: StepCounts = StepCounts(), seconds: Double = 0
  ) {
    self.name = name
    self.series = series
    self.asset = asset
    self.source = source ?? series?.provider
    self.outcome = outcome
    self.reason = reason
    self.detail = detail
    self.counts = counts
    self.seconds = seconds
  }

  /// Whether it had nothing to do: no row moved or was refused, nobody was asked, and there is nothing to be told.
  package var didNothing: Bool {
    guard counts.new + counts.changed + counts.refused + counts.requests == 0 else { return false }
    return outcome == .done && detail == nil || outcome == .skipped && reason == .nothingDue
  }

  /// Whether something went wrong, in part or altogether. That our own ration ended is nothing wrong.
  package var isTroubled: Bool { (outcome == .failed || outcome == .partial) && reason != .rationed }
}
