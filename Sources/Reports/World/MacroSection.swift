import Market
import Store
import Telling

/// The newest figures of the economy that were published up to the day of a report.
struct MacroSection {
  /// One series: its newest value, and the one before.
  struct Line {
    let series: StoredSeries
    let newest: MacroObservation
    /// Whether its vintage is the day of its publication, and not that of our answer.
    let isDated: Bool
    /// Of the period before; `nil` where the file has none.
    let before: MacroObservation?
    /// When its release is out next; `nil` where that is not known.
    let next: Day?

    var macro: MacroSeries? { series.macro }
  }
  /// By source and id, as they are followed.
  let lines: [Line]

  var series: [StoredSeries] { lines.map(\.series) }

  /// `nil` where no economic series has a value by then.
  init?(of day: Day, store: Store, _ credits: Credits) throws {
    let followed = try store.catalogue.series().filter { $0.key.holdsEconomics && $0.isAsked && $0.count > 0 }
    lines = try followed.compactMap { series in
      let known = try store.telling.newestObservations(of: series, until: day, count: 2)
      return known.first.map { newest in
        Line(
          series: series, newest: newest.value, isDated: newest.isDated && series.macro?.frequency != .daily,
          before: known.count > 1 ? known[1].value : nil,
          next: series.rhythm().looks?.nextDay(after: day))
      }
    }
    if lines.isEmpty { return nil }
  }
}
