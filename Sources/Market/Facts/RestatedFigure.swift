/// One figure that a later answer replaced.
package struct RestatedFigure: Hashable, Sendable {
  /// The series whose row was restated.
  package let series: SeriesKey
  /// Symbol of the asset; `nil` for an index of a whole market.
  package let asset: String?
  /// Open time of the bar, or the start of the day.
  package let at: Instant
  /// `open`, `high`, `low`, `close`, `volume`, `value`, or the ticker of a fund.
  package let field: String
  /// What the figures are counted in.
  package let unit: FigureUnit
  /// `nil` where a fund had not reported.
  package let old: Double?
  /// What took its place; `nil` where a fund's report was taken back.
  package let new: Double?
  /// When we learned the new one.
  package let replacedAt: Instant

  /// A figure, and what took its place.
  package init(
    series: SeriesKey, asset: String?, at: Instant, field: String, unit: FigureUnit, old: Double?, new: Double?,
    replacedAt: Instant
  ) {
    (self.series, self.asset, self.at, self.field, self.unit) = (series, asset, at, field, unit)
    (self.old, self.new, self.replacedAt) = (old, new, replacedAt)
  }
}
