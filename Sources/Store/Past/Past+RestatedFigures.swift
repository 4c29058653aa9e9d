import Market
import SQLite

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
