import Market
import Rendering
import SQLite
import Schema
import Store

/// What is there of each asset's days: of coins the hours, of what has sessions the day.
package struct CoverageGrid: Sendable {
  /// An asset and its days.
  package struct Row: Sendable {
    /// The asset.
    package let asset: Asset
    /// A mark for each day of the grid, oldest first.
    package let marks: [Drawing.Coverage]

    /// Whether something that should be there is not.
    package var hasHoles: Bool { marks.contains(.none) || marks.contains(.part) }
  }

  /// The days of the grid.
  package let days: ClosedRange<Day>
  /// By class, then by symbol; assets of which nothing was ever stored are not among them.
  package let rows: [Row]

  /// Reads it from a file.
  ///
  /// - Parameters:
  ///   - assets: symbols; `nil` for all.
  ///   - now: days that are not over by then are whole where all that was due is there.
  package init(of store: Store, in days: ClosedRange<Day>, assets: Set<String>? = nil, at now: Instant) throws {
    self.days = days
    let made = try CoverageGrid.snapshots(store, in: days)
    let series = Dictionary(
      grouping: try store.catalogue.series().filter { $0.key.holdsBars && $0.extent != nil }
    ) { $0.asset ?? "" }
    rows = try store.catalogue.assets().compactMap { asset -> Row? in
      guard assets.map({ $0.contains(asset.symbol) }) ?? true, let bars = series[asset.symbol] else { return nil }
      return Row(asset: asset, marks: CoverageGrid.marks(of: bars, made[asset.symbol] ?? [:], on: days, at: now))
    }.sorted { ($0.asset.assetClass.order, $0.asset.symbol) < ($1.asset.assetClass.order, $1.asset.symbol) }
  }

  private typealias Bars = (there: Int, expected: Int)

  private static func snapshots(_ store: Store, in days: ClosedRange<Day>) throws -> [String: [Day: Bars]] {
    try store.read { db in
      let found = try Statements(db).kept(QualityStatements.daysOfAssets)
      found.bind(days.lowerBound.description, at: 1)
      found.bind(days.upperBound.description, at: 2)
      var made: [String: [Day: Bars]] = [:]
      while try found.step() {
        guard let day = Day(found.text(1)) else { continue }
        made[found.text(0), default: [:]][day] = (Int(found.integer(2)), Int(found.integer(3)))
      }
      return made
    }
  }

  /// Before the first bar of an asset nothing is expected, nor on the day of which nothing is due yet.
  private static func marks(
    of series: [StoredSeries], _ made: [Day: Bars], on days: ClosedRange<Day>, at now: Instant
  ) -> [Drawing.Coverage] {
    let rhythms = series.filter(\.isAsked).map { $0.rhythm() }
    let first = series.compactMap { $0.extent?.lowerBound.day }.min()
    let last = series.compactMap { $0.extent?.upperBound.day }.max()
    return days.map { day in
      if let bars = made[day] {
        // Of a day that is not over only what was due can be missing.
        let due = rhythms.map { $0.count(in: day.start...max(day.start, min($0.newestLate(at: now), day.end - 1))) }
          .max()
        return bars.there >= (day.end > now ? min(bars.expected, due ?? 0) : bars.expected) ? .whole : .part
      }
      guard let first, let last, day >= first else { return .closed }
      let isDue =
        rhythms.isEmpty
        ? day <= last && series.contains { $0.rhythm().firstKey(in: day.start...day.end - 1) != nil }
        : rhythms.contains { rhythm in
          rhythm.firstKey(in: day.start...day.end - 1).map { $0 <= rhythm.newestLate(at: now) } ?? false
        }
      return isDue ? .none : .closed
    }
  }
}

extension AssetClass {
  fileprivate var order: Int { AssetClass.allCases.firstIndex(of: self) ?? 0 }
}
