import Market
import Schema

extension Kind {
  /// What calendars tell: an event that is moved stays one event, and one that is left out before its time is withdrawn.
  static let eventItem = Kind(
    shape: .eventItem, title: "events as each source told them", step: .events, asked: .row, unit: .none,
    lookups: [:], history: .restated, comesAlone: false,
    followUp: { changes, series, db in
      for day in changes.days.sorted() {
        try db.run(EventStatements.number, [series.rawValue, Day(daysSinceEpoch: day).description])
      }
    },
    hasGaps: false, isCrossChecked: false, snapshotReach: { _ in nil }, reported: [],
    exported: Exported(
      rhythm: nil, names: [.source, .symbol], hasAssets: false,
      restatedTitle: "events that a source told otherwise later",
      identity: ["source", "provider_symbol"], meanings: NamedDataset.meaningsOfEvents),
    withdrawal: Withdrawal(column: .isWithdrawn, isToCome: EventStatements.isToCome))
}
