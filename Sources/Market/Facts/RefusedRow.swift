/// A row in quarantine.
package struct RefusedRow: Hashable, Sendable {
  /// The series that the row would have gone into.
  package let series: SeriesKey
  /// Symbol of the asset; `nil` where the series is about a whole market.
  package let asset: String?
  /// The row's key where it could be read.
  package let at: Instant?
  /// A raw value of `RefusalReason`.
  package let reason: String
  /// What exactly was wrong.
  package let detail: String
  /// The row as it was sent, cut.
  package let excerpt: String
  /// When the answer came that held it.
  package let fetchedAt: Instant

  /// A row as given.
  package init(
    series: SeriesKey, asset: String?, at: Instant?, reason: String, detail: String, excerpt: String, fetchedAt: Instant
  ) {
    self.series = series
    self.asset = asset
    self.at = at
    self.reason = reason
    self.detail = detail
    self.excerpt = excerpt
    self.fetchedAt = fetchedAt
  }
}
