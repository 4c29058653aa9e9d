import Market
import Metrics
import SQLite
import Store

extension StoredFlows {
  /// The judged days of a fund table, oldest first.
  package func judgedFlowDays(of series: SeriesID, in days: ClosedRange<Day>) throws(StoreError) -> [FlowDay] {
    try flowDays(of: series, in: days).map { row in
      FlowDay(day: row.day, finality: FlowFinality(rawValue: row.finality) ?? .provisional, totalUSD: row.netFlowUSD)
    }
  }
}
