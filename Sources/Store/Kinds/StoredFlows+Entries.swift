import GRDB
import Market
import SQLite

extension StoredFlows {
  /// What each fund reported in a stretch of days, by day and then in the order in which the funds were first seen.
  ///
  /// A source's own totals are left out: they are partial sums for most of a day.
  package func entries(of series: SeriesID, in days: ClosedRange<Day>) throws(StoreError) -> [FlowEntry] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT etf_flow.day, etf.ticker, etf_flow.net_flow_usd, fetch.received_at
          FROM etf_flow JOIN etf ON etf.etf_id = etf_flow.etf_id JOIN fetch ON fetch.fetch_id = etf_flow.fetch_id
          WHERE etf_flow.series_id = ? AND etf_flow.day BETWEEN ? AND ? AND etf.kind = 'fund'
          ORDER BY etf_flow.day, etf.etf_id
          """,
        arguments: [series.rawValue, days.lowerBound.description, days.upperBound.description]
      ).compactMap { row in
        Day(row["day"] as String).map {
          FlowEntry(
            day: $0, ticker: row["ticker"], netFlowUSD: row["net_flow_usd"],
            fetchedAt: Instant(epochSeconds: row["received_at"]))
        }
      }
    }
  }
}
