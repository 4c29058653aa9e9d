import Market
import Rendering
import Store

/// A report that is written for people and for programs from the same facts.
package protocol WrittenReport: Sendable {
  /// Of what it is.
  var order: ReportOrder { get }
  /// The end of its day or the last run, whichever is earlier: what its ages are measured to.
  var asOf: Instant { get }
  /// The instant at which all of it was known so; `nil` for what is known now.
  var knownOn: Instant? { get set }
  /// For people.
  var document: Document { get }
  /// For programs: fractions instead of per cent, instants in UTC.
  func json() -> JSONValue
  /// Everything that it shows, as it is stored: what a seal vouches for.
  var facts: JSONValue { get }
}

/// Of what a report is: enough to make it again.
package struct ReportOrder: Equatable, Sendable {
  /// The kinds of reports there are, by the names of their commands.
  package enum Kind: String, CaseIterable, Sendable {
    case daily, sod, eod, weekly, asset
  }

  /// Which kind of report.
  package let kind: Kind
  /// The UTC day that it is about.
  package let day: Day
  /// The assets that were asked for; `nil` for all.
  package let symbols: [String]?
  /// Whether each asset has a section, however many there are.
  package let isWhole: Bool
  /// For what prices of shares are restated; `nil` for as they are stored.
  package var adjustment: Adjustment?

  /// The report, made from what a record knows.
  ///
  /// - Throws: `ReportError` where the record has nothing to report on, `StoreError`.
  package func report(from store: Store) throws -> any WrittenReport {
    switch kind {
    case .daily: try DailyReport(of: day, assets: symbols, isWhole: isWhole, adjustment: adjustment, from: store)
    case .sod: try StartOfDayReport(of: day, adjustment: adjustment, from: store)
    case .eod: try EndOfDayReport(of: day, adjustment: adjustment, from: store)
    case .weekly: try WeeklyReport(of: day, adjustment: adjustment, from: store)
    case .asset: try AssetReport(of: symbols?.first ?? "", on: day, adjustment: adjustment, from: store)
    }
  }
}
