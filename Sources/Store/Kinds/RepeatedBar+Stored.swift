import GRDB
import Market
import SQLite

extension StoredFacts {
  /// The repeats that say something else than what is stored, as refusals.
  static func contradicting(_ repeats: [RepeatedBar], of key: SeriesKey, _ db: Database) throws -> [Refusal] {
    guard !repeats.isEmpty, let series = try StoredCatalogue.series(key, db) else { return [] }
    let statement = try DirectStatement(
      db, "SELECT open, high, low, close, volume FROM bar WHERE series_id = ? AND open_time = ?")
    statement.bind(series.id.rawValue, at: 1)
    return try repeats.filter { repeated in
      statement.bind(repeated.bar.openTime.epochSeconds, at: 2)
      defer { statement.rewind() }
      guard try statement.step() else { return true }
      return Bar(
        openTime: repeated.bar.openTime, open: statement.real(0), high: statement.real(1), low: statement.real(2),
        close: statement.real(3), volume: statement.real(4)) != repeated.bar
    }.map(\.refusal)
  }
}
