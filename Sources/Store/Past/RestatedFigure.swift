import Market
import SQLite

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
}

extension Past {
  /// The figures that were replaced and whose key lies in a stretch, of those that reports tell of: by kind and key,
  /// oldest replacement first.
  ///
  /// A figure replaced twice is there twice, each time with what came next.
  package func restatedFigures(in span: ClosedRange<Instant>) throws(StoreError) -> [RestatedFigure] {
    try read { db in
      try kinds.all.filter { !$0.reported.isEmpty }.flatMap { kind in
        try changes(of: kind, in: span, db).flatMap { change in
          change.figures.filter { kind.reported.contains($0.field) }.map { figure in
            RestatedFigure(
              series: change.series.key, asset: change.series.asset, at: change.at,
              field: change.key.text ?? figure.field.rawValue, unit: kind.unit, old: figure.old.number,
              new: figure.new.number,
              replacedAt: change.replacedAt)
          }
        }
      }
    }
  }
}
