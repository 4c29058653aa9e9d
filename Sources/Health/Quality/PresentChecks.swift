import Market
import Metrics
import SQLite
import Schema
import Store

/// The checks of what is there at an instant: what is late, missing, refused, odd, and what was due today.
///
/// Kept figures are read, so that the cost follows the number of series and of what is wrong, not of rows.
package struct PresentChecks {
  private let store: Store
  private let groups: [StatusGroup]
  private let now: Instant
  /// Symbols; `nil` for all.
  private let assets: Set<String>?

  /// - Parameters:
  ///   - profiles: of the providers that are asked.
  ///   - keyed: those whose key is set.
  ///   - assets: symbols of those that are looked at; `nil` for all, and for what is about none.
  package init(
    of store: Store, profiles: [ProviderProfile], keyed: Set<ProviderName>, assets: Set<String>? = nil, at now: Instant
  ) throws {
    (self.store, self.assets, self.now) = (store, assets, now)
    let file = try store.status(at: now)
    groups = StatusGroup.all(
      of: file, profiles: profiles, keyed: keyed, news: try NewsLooks(of: file, in: store, at: now), at: now)
  }

  /// What is found: a value for the whole record, one for each asset that has more than nothing, and of what was due one for
  /// each class.
  package func measurements() throws -> [QualityMeasurement] {
    let states = self.states
    let answering = states.filter(\.answers)
    return counted(.late, of: answering.count, answering.filter(\.isLate).map { ($0.series.asset, 1) })
      + counted(
        .gaps, of: states.reduce(0) { $0 + $1.series.count },
        states.compactMap { state in state.gaps.map { (state.series.asset, $0.missing) } })
      + counted(.refused, of: 0, try refused()) + counted(.marks, of: 0, try marked()) + (try coverage())
  }

  private var states: [SeriesState] { groups.flatMap(\.states).filter { isWanted($0.series.asset) } }

  private func isWanted(_ asset: String?) -> Bool { assets.map { $0.contains(asset ?? "") } ?? true }

  private func counted(
    _ check: QualityCheck, of observations: Int, _ found: [(asset: String?, count: Int)]
  ) -> [QualityMeasurement] {
    let sums = Dictionary(found.map { ($0.asset ?? "", $0.count) }, uniquingKeysWith: +)
    let total = QualityMeasurement(
      check, of: .all, on: now.day, Double(sums.values.reduce(0, +)), observations: observations)
    return [total]
      + sums.filter { !$0.key.isEmpty && $0.value > 0 }.sorted { $0.key < $1.key }.map {
        QualityMeasurement(check, of: .asset($0.key), on: now.day, Double($0.value), observations: 0)
      }
  }

  private func refused() throws -> [(asset: String?, count: Int)] {
    try store.judgement.quarantinedRows().filter { isWanted($0.asset) }.map { ($0.asset, 1) }
  }

  private func marked() throws -> [(asset: String?, count: Int)] {
    try store.read { db in
      let rows = try Statements(db).kept(QualityStatements.marked)
      var found: [(asset: String?, count: Int)] = []
      while try rows.step() {
        let asset = rows.text(0)
        if isWanted(asset.isEmpty ? nil : asset) { found.append((asset, Int(rows.integer(1)))) }
      }
      return found
    }
  }

  // MARK: What was due today

  private func coverage() throws -> [QualityMeasurement] {
    try groups.compactMap { group in
      var (due, missing) = (0, 0)
      for state in group.states where state.answers && isWanted(state.series.asset) {
        let found = try dueToday(state)
        (due, missing) = (due + found.due, missing + found.missing)
      }
      guard due > 0 else { return nil }
      return QualityMeasurement(
        .coverage, of: .group(group.kind.rawValue), on: now.day, Double(missing) / Double(due), observations: due)
    }
  }

  /// The keys of a series that were due since the day began, and how many of them are not there.
  private func dueToday(_ state: SeriesState) throws -> (due: Int, missing: Int) {
    let series = state.series
    let rhythm = series.rhythm()
    guard let last = state.due else { return (0, 0) }
    let before = rhythm.newestLate(at: now.day.start - 1)
    let due = rhythm.count(after: before, through: last)
    guard due > 0 else { return (0, 0) }
    // What was answered, though with nothing, is all there.
    if series.key.dataset == .newsItem, state.standing == .onTime { return (due, 0) }
    guard let newest = state.reach else { return (due, due) }
    let stored = min(rhythm.grid.lastOpening(notAfter: newest), last)
    guard stored > before else { return (due, due) }
    var (missing, absent) = (rhythm.count(after: stored, through: last), 0)
    guard state.gaps != nil else { return (due, missing) }
    for gap in try store.gaps.all(of: series.id, in: before + 1...stored) {
      let inside = max(gap.span.lowerBound, before + 1)...min(gap.span.upperBound, stored)
      if gap.reason.isProven { absent += rhythm.count(in: inside) } else { missing += rhythm.count(in: inside) }
    }
    return (due - absent, missing)
  }
}
