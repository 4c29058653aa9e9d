import Market
import Metrics
import SQLite
import Schema
import Store

/// The checks of an asset's days that follow from its rows alone: days against hours, source against source, funds against
/// their total.
struct FactChecks {
  let store: Store
  /// Symbol of the asset.
  let asset: String
  /// All series of the asset.
  let series: [StoredSeries]

  /// What is found of the days of a range, check by check; a day of which nothing can be said is not there.
  func measurements(in days: ClosedRange<Day>) throws -> [(check: QualityCheck, found: [QualityMeasurement])] {
    let stored = series.filter { $0.count > 0 && $0.key.holdsBars }
    let hours = stored.filter { $0.key.interval == .hour1 }
    let dailies = stored.filter { $0.key.interval == .day1 }
    var bars: [SeriesID: [Bar]] = [:]
    for one in compared(hours, dailies) { bars[one.id] = try store.snapshots.bars(of: one.id, in: days.span) }
    return [
      (.fold, folds(hours, dailies, bars)),
      (.sources, spreads([hours, dailies], bars)),
      (.funds, try funds(in: days)),
    ]
  }

  /// The series that are held against another one: nothing else is read.
  private func compared(_ hours: [StoredSeries], _ dailies: [StoredSeries]) -> [StoredSeries] {
    let folded = pairs(hours, dailies).flatMap { [$0.hours, $0.days] }
    let spread = [hours, dailies].flatMap(alike).filter { $0.count > 1 }.flatMap(\.self)
    return Dictionary((folded + spread).map { ($0.id, $0) }) { first, _ in first }.values.sorted { $0.id < $1.id }
  }

  // MARK: Days against hours

  /// Hours and days of one source and symbol, of a market whose days are those of the clock.
  private func pairs(
    _ hours: [StoredSeries], _ dailies: [StoredSeries]
  ) -> [(hours: StoredSeries, days: StoredSeries)] {
    dailies.filter { $0.rhythm().calendar.isContinuous }.flatMap { day in
      hours.filter {
        $0.key.provider == day.key.provider && $0.key.providerSymbol == day.key.providerSymbol && $0.basis == day.basis
      }.map { ($0, day) }
    }
  }

  private func folds(
    _ hours: [StoredSeries], _ dailies: [StoredSeries], _ bars: [SeriesID: [Bar]]
  ) -> [QualityMeasurement] {
    var largest: [Day: (value: Double, pairs: Int)] = [:]
    for pair in pairs(hours, dailies) {
      let hours = Dictionary(grouping: bars[pair.hours.id] ?? []) { $0.openTime.day }
      for bar in bars[pair.days.id] ?? [] {
        let day = bar.openTime.day
        guard let found = foldDifference(of: bar, from: hours[day] ?? []) else { continue }
        let known = largest[day] ?? (0, 0)
        largest[day] = (max(known.value, found), known.pairs + 1)
      }
    }
    return largest.sorted { $0.key < $1.key }.map { day, found in
      QualityMeasurement(.fold, of: .asset(asset), on: day, found.value, observations: 24 * found.pairs)
    }
  }

  // MARK: Source against source

  /// Series in groups whose prices say the same: of one currency, dollars and what stands for them being one, restated alike.
  private func alike(_ series: [StoredSeries]) -> [[StoredSeries]] {
    Dictionary(grouping: series) { one in
      let currency = one.quoteCurrency ?? "USD"
      return "\(["USDT", "USDC"].contains(currency) ? "USD" : currency) \(one.basis.rawValue)"
    }.sorted { $0.key < $1.key }.map(\.value)
  }

  private func spreads(_ intervals: [[StoredSeries]], _ bars: [SeriesID: [Bar]]) -> [QualityMeasurement] {
    var spread = SourceSpread()
    for group in intervals.flatMap(alike) { spread.compare(group.map { bars[$0.id] ?? [] }) }
    return spread.days.sorted { $0.key < $1.key }.map { day, found in
      QualityMeasurement(.sources, of: .asset(asset), on: day, found.largest, observations: found.bars)
    }
  }

  // MARK: Funds against their total

  private func funds(in days: ClosedRange<Day>) throws -> [QualityMeasurement] {
    var found: [Day: (contradictions: Int, tables: Int)] = [:]
    func add(_ day: Day, agrees: Bool) {
      let known = found[day] ?? (0, 0)
      found[day] = (max(known.contradictions, agrees ? 0 : 1), known.tables + 1)
    }
    for table in series where table.key.holdsFlows {
      let rows = try store.flows.rows(of: table.id, from: days.lowerBound).filter { days.contains($0.day) }
      for row in rows { if let agrees = FundTotal.agrees(row.funds) { add(row.day, agrees: agrees) } }
      let stored = Set(rows.map(\.day))
      for day in try contradicted(table, in: days) where !stored.contains(day) { add(day, agrees: false) }
    }
    return found.sorted { $0.key < $1.key }.map { day, found in
      QualityMeasurement(
        .funds, of: .asset(asset), on: day, Double(found.contradictions), observations: found.tables)
    }
  }

  /// Days that were refused as they were read, since their funds say another sum than their total.
  private func contradicted(_ table: StoredSeries, in days: ClosedRange<Day>) throws -> Set<Day> {
    try store.read { db in
      let rows = try Statements(db).kept(
        QualityStatements.contradictedDays, table.id.rawValue, days.span.lowerBound.epochSeconds,
        days.span.upperBound.epochSeconds)
      var found: Set<Day> = []
      while try rows.step() { if let day = Day(rows.text(0)) { found.insert(day) } }
      return found
    }
  }
}

extension ClosedRange<Day> {
  /// From the first instant of the first to the last of the last.
  fileprivate var span: ClosedRange<Instant> { lowerBound.start...upperBound.end - 1 }
}
