import GRDB
import Market
import Support
import Testing

@testable import Store

/// Filings of a file of before, which were told apart by what was filed.
@Suite struct FilingFormsTests {
  private let folder: TemporaryFolder
  private let path: String

  private static let before = 19

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("appliance.db")
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      try db.migrate(upTo: Self.before)
      try db.execute(
        sql: """
          INSERT INTO source (source_id, name, title, homepage) VALUES (1, 'sec', 'SEC', 'https://sec');
          INSERT INTO run (run_id, started_at, command, process_id, version) VALUES (1, 0, 'ingest', 1, 'old');
          INSERT INTO series (series_id, dataset, source_id, provider_symbol, interval, priority, row_count, first_time,
              last_time)
            VALUES (7, 'event_item', 1, 'AAPL', '1d', 1, 5, 0, 0);
          """)
      for fetch in 1...4 {
        try db.execute(
          sql: """
            INSERT INTO fetch (fetch_id, run_id, source_id, method, target, url, asked_at, received_at, elapsed_ms, status,
              wire_bytes, edition)
            VALUES (?1, 1, 1, 'GET', '/x', 'https://sec/x', ?1 * 100, ?1 * 100, 1, 200, 0, 6)
            """, arguments: [fetch])
      }
    }
    try queue.close()
  }

  /// A filing as it stood, or as it stood until an answer replaced it.
  private func tell(
    _ number: String, _ form: String, from fetch: Int, until replacing: Int? = nil, withdrawn: Bool = false
  ) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { db in
      if let replacing {
        try db.execute(
          sql: """
            INSERT INTO event_item_restatement (series_id, period, country, title, number, replaced_by_fetch_id,
              replaced_at, kind, day, url, is_withdrawn, fetch_id)
            VALUES (7, '2024-09-18', 'USD', ?, ?, ?, ?, 'filing', '2024-09-18', 'u', ?, ?)
            """, arguments: [form, number, replacing, replacing * 100 + 1, withdrawn, fetch])
        return
      }
      try db.execute(
        sql: """
          INSERT INTO event_item (series_id, period, country, title, number, kind, day, url, is_withdrawn, fetch_id)
          VALUES (7, '2024-09-18', 'USD', ?1, ?2, 'filing', '2024-09-18', 'u', ?3, ?4);
          """, arguments: [form, number, withdrawn, fetch])
      try db.execute(
        sql: """
          INSERT INTO event_number (series_id, period, country, title, number) VALUES (7, '2024-09-18', 'USD', ?, ?)
          """, arguments: [form, number])
    }
  }

  /// What stands and what stood of each filing after the migration.
  private func migrated() throws -> (now: [String], before: [String], numbers: [String], count: [String]) {
    let store = try Store.writing(path, command: "ingest")
    return (
      try store.rows("SELECT title, number, form, is_withdrawn, fetch_id FROM event_item ORDER BY number"),
      try store.rows(
        """
        SELECT title, number, form, is_withdrawn, fetch_id, replaced_by_fetch_id, replaced_at FROM event_item_restatement
        ORDER BY number, fetch_id
        """),
      try store.rows("SELECT event_id, title, number FROM event_number ORDER BY event_id"),
      try store.rows("SELECT row_count FROM series WHERE series_id = 7")
    )
  }

  @Test func `a filing stays as it is under its new key, withdrawn or not`() throws {
    try tell("1", "8-K", from: 1)
    try tell("2", "10-Q", from: 1, until: 2)
    try tell("2", "10-Q", from: 2, withdrawn: true)
    let file = try migrated()
    #expect(file.now == ["filing|1|8-K|0|1", "filing|2|10-Q|1|2"])
    #expect(file.before == ["filing|2|10-Q|0|1|2|201"])
    #expect(file.numbers == ["1|filing|1", "2|filing|2"] && file.count == ["2"])
  }

  @Test func `one that was told under another form is told otherwise, and was never withdrawn`() throws {
    try tell("1", "8-K", from: 1, until: 2)
    try tell("1", "8-K", from: 2, withdrawn: true)
    try tell("1", "8-K/A", from: 2)
    let file = try migrated()
    #expect(file.now == ["filing|1|8-K/A|0|2"])
    #expect(file.before == ["filing|1|8-K|0|1|2|201"])
    #expect(file.numbers == ["1|filing|1"] && file.count == ["1"])
  }

  @Test func `one that went back to its first form was told three times`() throws {
    try tell("1", "8-K", from: 1, until: 2)
    try tell("1", "8-K", from: 2, until: 3, withdrawn: true)
    try tell("1", "8-K", from: 3)
    try tell("1", "8-K/A", from: 2, until: 3)
    try tell("1", "8-K/A", from: 3, withdrawn: true)
    let file = try migrated()
    #expect(file.now == ["filing|1|8-K|0|3"])
    #expect(file.before == ["filing|1|8-K|0|1|2|201", "filing|1|8-K/A|0|2|3|301"])
  }

  @Test func `one that was withdrawn, and told under another form later, was withdrawn in between`() throws {
    try tell("1", "8-K", from: 1, until: 2)
    try tell("1", "8-K", from: 2, withdrawn: true)
    try tell("1", "8-K/A", from: 4)
    let file = try migrated()
    #expect(file.now == ["filing|1|8-K/A|0|4"])
    #expect(file.before == ["filing|1|8-K|0|1|2|201", "filing|1|8-K|1|2|4|400"])
  }

  @Test func `an answer that took nothing back is heeded as one that does`() throws {
    try tell("1", "8-K", from: 1, until: 3)
    try tell("1", "8-K/A", from: 2)
    try tell("1", "8-K", from: 3, withdrawn: true)
    let file = try migrated()
    #expect(file.now == ["filing|1|8-K/A|0|2"])
    #expect(file.before == ["filing|1|8-K|0|1|2|200"])
  }
}
