import GRDB
import Market
import SQLite

extension EventRules {
  /// Puts these rules in place of those that the file holds.
  func replaceStored(_ db: Database) throws {
    for table in ["release_title", "release_event", "event_figure"] { try db.run("DELETE FROM \(table)", []) }
    for figure in figures {
      try db.run(
        """
        INSERT INTO event_figure (title, country, provider_symbol, transform, months, scale, unit)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        [
          figure.title, figure.country, figure.id, figure.transform.rawValue, figure.months, figure.scale,
          figure.unit.rawValue,
        ])
    }
    for release in releases {
      try db.run(
        "INSERT INTO release_event (release, title, country, clock, importance) VALUES (?, ?, ?, ?, ?)",
        ["\(release.number)", release.title, release.country, release.clock, release.importance.rawValue])
      for title in release.told {
        try db.run("INSERT INTO release_title (release, title) VALUES (?, ?)", ["\(release.number)", title])
      }
    }
  }
}
