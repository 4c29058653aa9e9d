import GRDB
import Market
import SQLite

extension Publication {
  init?(_ row: Row) {
    guard let macro = MacroSeries(row) else { return nil }
    let days = (row["releases"] as String?).map { $0.split(separator: " ").compactMap { Day($0) } }
    self.init(macro.frequency, releases: days ?? [])
  }
}

extension MacroSeries {
  /// What a series measures, and the newest days of its release: columns beside `macro_series`. More days than these say no
  /// more about when it is looked at.
  static let columns = """
    macro_series.title AS macro_title, macro_series.units, macro_series.frequency, macro_series.release,
      CASE WHEN macro_series.release IS NOT NULL THEN
        (SELECT group_concat(day, ' ') FROM (
          SELECT told.day FROM series AS release JOIN macro_release AS told ON told.series_id = release.series_id
          WHERE release.dataset = 'macro_release' AND release.source_id = series.source_id
            AND release.provider_symbol = CAST(macro_series.release AS TEXT) AND told.is_scheduled = 1
          ORDER BY told.day DESC LIMIT 60)) END AS releases
    """

  init?(_ row: Row) {
    guard let frequency = (row["frequency"] as String?).flatMap(Frequency.init(rawValue:)) else { return nil }
    self.init(title: row["macro_title"], units: row["units"], frequency: frequency, release: row["release"])
  }

  /// Says what a series measures; whoever says so last is believed.
  func tell(of key: SeriesKey, _ db: Database) throws {
    try db.run(
      """
      INSERT INTO macro_series (series_id, title, units, frequency, release)
      SELECT series_id, ?, ?, ?, ? FROM series JOIN source USING (source_id)
      WHERE source.name = ? AND dataset = ? AND provider_symbol = ? AND interval = ?
      ON CONFLICT DO UPDATE SET title = excluded.title, units = excluded.units, frequency = excluded.frequency,
        release = excluded.release
      """,
      [
        title, units, frequency.rawValue, release, key.provider.description, key.dataset.rawValue, key.providerSymbol,
        key.interval.rawValue,
      ])
  }
}
