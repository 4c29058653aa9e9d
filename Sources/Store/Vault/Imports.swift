import Crypto
import Formats
import Foundation
import GRDB
import Market
import SQLite

/// A file of facts as the record keeps it.
package struct KeptImport: Hashable, Sendable {
  /// The fetch under which the file is kept.
  package let fetch: FetchID
  /// The series that its rows went into.
  package let series: StoredSeries
  /// Its own name, without folders.
  package let name: String
  /// Where it lies, for one kept by reference; else its bytes are in the vault.
  package let path: String?
  /// How it was read: what the user said of it.
  package let order: ImportOrder
  /// The name of the layout that it was read by, told or found out.
  package let layout: String
  /// Bytes of every part but the last, unpacked.
  package let partSize: Int
  /// Parts whose rows are stored: all of them, unless the import was cut short.
  package let partsRead: Int
  /// Rows believed, and rows refused.
  package let rows: Int
  /// All that were refused, also beyond those that quarantine keeps.
  package let refused: Int
  /// Length and SHA-256 of the file as it was given; `nil` for one that was cut short.
  package let fingerprint: FileFingerprint?
  /// When it was opened; bars that were not over then were left out.
  package let receivedAt: Instant
}

/// A part of an imported file, hashed and compressed, ready for the vault.
package struct PackedPart: Sendable {
  let hash: [UInt8]
  /// `nil` where the vault holds these bytes already.
  let body: PackedBody?

  /// - Parameter kept: the hashes of parts that are in the vault: a file that has grown brings them again, and
  ///   compressing is the longest of what a row costs that is stored already.
  /// - Throws: `StoreError` when the bytes cannot be compressed.
  package init(_ bytes: [UInt8], unless kept: Set<[UInt8]> = []) throws(StoreError) {
    hash = PackedBody.hash(of: bytes)
    body = kept.contains(hash) ? nil : try PackedBody(storing: bytes, hash: hash)
  }
}

// MARK: - Bringing a file in

extension Imports {
  /// Makes the series that a file fills, with its asset and source, where they are not there yet.
  ///
  /// A series that is imported is never one that a provider is asked for: `source` is a name of its own.
  package func register(_ series: SeriesDefinition, asset: Asset?, title: String) throws(StoreError) {
    try store.catalogue.add(
      Catalogue(assets: asset.map { [$0] } ?? [], funds: [], series: []), providers: [])
    try write { db in
      try db.execute(
        sql: "INSERT INTO source (name, title, homepage) VALUES (?, ?, '') ON CONFLICT DO NOTHING",
        arguments: [series.key.provider.description, title])
    }
    try store.catalogue.add(Catalogue(assets: [], funds: [], series: [series]), providers: [])
  }

  /// Opens an import: a fetch that says what is read and how, before the first byte is kept.
  ///
  /// - Parameter path: for a file kept by reference, where it lies.
  package func begin(
    _ order: ImportOrder, into key: SeriesKey, name: String, path: String?, layout: String, partSize: Int,
    of run: RunID,
    at now: Instant
  ) throws(StoreError) -> FetchID {
    try write { db in
      guard let series = try StoredCatalogue.series(key, db) else { throw StoreError.unknownSeries(key) }
      // The lock is ours: an import that has no end has died.
      try db.execute(
        sql: """
          UPDATE fetch SET read_outcome = 'interrupted'
          WHERE read_outcome = 'importing' AND fetch_id IN (SELECT fetch_id FROM import_file WHERE sha256 IS NULL)
          """)
      let target = Request(provider: key.provider, path: "/" + name.percentEncoded, query: order.query).target
      try db.execute(
        sql: """
          INSERT INTO fetch (run_id, source_id, method, target, url, asked_at, received_at, elapsed_ms, status,
            wire_bytes, read_outcome, edition)
          SELECT ?, source_id, 'IMPORT', ?, '', ?, ?, 0, 0, 0, 'importing', ? FROM source WHERE name = ?
          """,
        arguments: [
          run.rawValue, target, now.epochSeconds, now.epochSeconds, Reading.edition, key.provider.description,
        ])
      let fetch = db.lastInsertedRowID
      try db.execute(
        sql: """
          INSERT INTO import_file (fetch_id, name, path, layout, part_size) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [fetch, name, path, layout, partSize])
      try db.execute(
        sql: "INSERT INTO import_file_series (fetch_id, series_id) VALUES (?, ?)",
        arguments: [fetch, series.id.rawValue])
      return FetchID(fetch)
    }
  }

  /// The hashes of the parts that were kept of the files imported into a series.
  package func hashesOfParts(importedInto key: SeriesKey) throws(StoreError) -> Set<[UInt8]> {
    try read { db in
      guard let series = try StoredCatalogue.series(key, db) else { return [] }
      let hashes = try Data.fetchAll(
        db,
        sql: """
          SELECT body.sha256 FROM import_file_series JOIN import_part USING (fetch_id) JOIN body USING (body_id)
          WHERE series_id = ?
          """, arguments: [series.id.rawValue])
      return Set(hashes.map(Array.init))
    }
  }

  private static func keep(_ part: PackedPart, number: Int, of fetch: FetchID, run: RunID, _ db: Database) throws {
    let body = try part.body.map { try Vault.insert($0, of: run, db) } ?? Vault.body(of: part.hash, db)
    guard let body else {
      throw StoreError.corrupt(path: "fetch \(fetch.rawValue)", detail: "part \(number) of its file has left the vault")
    }
    try db.run("INSERT INTO import_part (fetch_id, part, body_id) VALUES (?, ?, ?)", [fetch.rawValue, number, body])
  }

  /// Stores the rows of a part, puts its bytes into the vault and notes that the part was read, in one transaction: the
  /// disk is waited for once.
  ///
  /// - Parameters:
  ///   - kept: the bytes, with the run that brought them; `nil` for a file that is kept by reference, and for bytes that
  ///     are in the vault.
  ///   - isStanding: whether all its rows are known to be stored as they are (`StandingParts`), and need not be looked at.
  /// - Returns: the counts of the rows; `folded` are rows that repeat what an earlier part of the file said.
  package func store(
    _ part: FilePart, number: Int, from fetch: FetchID, step: StepID?, at now: Instant,
    keeping kept: (bytes: PackedPart, run: RunID)? = nil, isStanding: Bool = false
  ) throws(StoreError) -> (counts: StepCounts, folded: Int) {
    try write(unseen: part.reading.facts.unseenChecks) { db in
      if let kept { try Imports.keep(kept.bytes, number: number, of: fetch, run: kept.run, db) }
      let (reading, contradicting) = try Imports.believing(part, db)
      let counts = try store.facts.store(reading, from: fetch, step: step, at: now, isStanding: isStanding, db)
      try db.run(
        """
        UPDATE import_file SET parts_read = max(parts_read, ?), row_count = row_count + ? WHERE fetch_id = ?
        """, [number + 1, reading.facts.count, fetch.rawValue])
      try store.chronicle.add(.part(fetch, number), db)
      return (counts, part.repeats.count - contradicting)
    }
  }

  /// Ends an import: what the file is known by, how many rows were refused, how long it took.
  package func finish(
    _ fetch: FetchID, _ fingerprint: FileFingerprint, refused: Int, seconds: Double, at now: Instant
  ) throws(StoreError) {
    try write { db in
      try db.run(
        "UPDATE import_file SET size = ?, sha256 = ?, refused_count = ? WHERE fetch_id = ?",
        [fingerprint.size, Data(fingerprint.sha256), refused, fetch.rawValue])
      try db.run(
        """
        UPDATE fetch SET read_outcome = 'read', wire_bytes = ?, elapsed_ms = ?, received_at = max(received_at, ?)
        WHERE fetch_id = ?
        """, [fingerprint.size, Int(seconds * 1000), now.epochSeconds, fetch.rawValue])
      try store.chronicle.add(.read(fetch), db)
    }
  }

  /// Ends an import in a rebuilt file, which took over what the file is known by.
  package func repeatEnd(ofImport fetch: FetchID, refused: Int) throws(StoreError) {
    try write { db in
      try db.run(
        "UPDATE import_file SET refused_count = ? WHERE fetch_id = ?", [refused, fetch.rawValue])
      try Vault.mark(fetch, .read, db)
    }
  }

  /// Stores again in a rebuilt file what an import had taught, with its counts.
  package func repeatRows(_ rows: SeriesReading, of file: KeptImport) throws(StoreError) {
    try write(unseen: rows.facts.unseenChecks) { db in
      _ = try store.facts.store(rows, from: file.fetch, step: nil, at: file.receivedAt, db)
      try db.run(
        "UPDATE import_file SET parts_read = ?, row_count = ?, refused_count = ? WHERE fetch_id = ?",
        [file.partsRead, file.rows, file.refused, file.fetch.rawValue])
      if file.fingerprint != nil { try Vault.mark(file.fetch, .read, db) }
    }
  }

  /// Notes why an import ended before its file did. What was stored of it stays.
  package func abandon(_ fetch: FetchID, because reason: String) throws(StoreError) {
    try store.vault.mark(fetch, .unreadable(reason))
  }
}

// MARK: - Looking at what was brought in

extension Imports {
  /// The import of the very same file by the same order, if nothing came to its series since: reading it again could
  /// only find every row unchanged. One that was undone is none.
  package func unchanged(
    of fingerprint: FileFingerprint, by order: ImportOrder, into key: SeriesKey
  ) throws(StoreError) -> KeptImport? {
    try read { db in
      guard let last = try Imports.last(into: key, db) else { return nil }
      return last.fingerprint == fingerprint && last.order == order ? last : nil
    }
  }

  /// The newest import into a series that was not undone.
  static func last(into key: SeriesKey, _ db: Database) throws -> KeptImport? {
    guard let series = try StoredCatalogue.series(key, db) else { return nil }
    return try Row.fetchOne(
      db,
      sql: Imports.keptImport + """
         WHERE filled.series_id = ? AND filled.fetch_id NOT IN (\(Imports.undoneFetches))
        ORDER BY filled.fetch_id DESC LIMIT 1
        """,
      arguments: [series.id.rawValue]
    ).map { try Imports.keptImport($0, db) }
  }

  /// Every file that was brought in, in the order in which they came.
  package func all() throws(StoreError) -> [KeptImport] {
    try read { db in try Imports.all(db) }
  }

  /// The file that a fetch brought; `nil` where it is the answer of a provider.
  package func file(_ fetch: FetchID) throws(StoreError) -> KeptImport? {
    try read { db in
      try Row.fetchOne(
        db, sql: Imports.keptImport + " WHERE import_file.fetch_id = ?", arguments: [fetch.rawValue]
      ).map { try Imports.keptImport($0, db) }
    }
  }

  static func all(_ db: Database) throws -> [KeptImport] {
    try Row.fetchAll(db, sql: Imports.keptImport + " ORDER BY import_file.fetch_id").map {
      try Imports.keptImport($0, db)
    }
  }

  /// Where the files lie that were brought in by reference, and the lengths that they had where they were read to their
  /// end, in the order of their paths. Without them what was read from them cannot be made anew.
  package func filesByReference() throws(StoreError) -> [(path: String, size: Int?)] {
    try read { db in
      // A file of the first schema knows no imports.
      guard try db.tableExists("import_file") else { return [] }
      return try Row.fetchAll(
        db, sql: "SELECT DISTINCT path, size FROM import_file WHERE path IS NOT NULL ORDER BY path, size"
      ).map { ($0["path"], $0["size"]) }
    }
  }

  /// The bytes of a part that is in the vault, checked against their hash.
  package func part(_ number: Int, of fetch: FetchID) throws(StoreError) -> [UInt8] {
    try read { db in try Imports.part(number, of: fetch, db) }
  }

  static func part(_ number: Int, of fetch: FetchID, _ db: Database) throws -> [UInt8] {
    let body = try Int64.fetchOne(
      db,
      sql: "SELECT body_id FROM import_part JOIN body USING (body_id) WHERE fetch_id = ? AND part = ?",
      arguments: [fetch.rawValue, number])
    guard let body else {
      throw StoreError.corrupt(path: "fetch \(fetch.rawValue)", detail: "part \(number) of its file is missing")
    }
    return try Vault.bytes(ofBody: body, of: fetch, db)
  }

  private static let keptImport = """
    SELECT import_file.*, filled.series_id, fetch.target, fetch.asked_at, source.name AS source_name
    FROM import_file
    JOIN import_file_series AS filled ON filled.fetch_id = import_file.fetch_id
    JOIN fetch ON fetch.fetch_id = import_file.fetch_id
    JOIN source ON source.source_id = fetch.source_id
    """

  private static func keptImport(_ row: Row, _ db: Database) throws -> KeptImport {
    let id = FetchID(row["fetch_id"])
    let stored = try Row.fetchOne(
      db, sql: StoredSeries.selection + " WHERE series.series_id = ?", arguments: [row["series_id"] as Int64]
    ).map(StoredSeries.init)
    guard let stored,
      let request = Request(provider: ProviderName(row["source_name"]), method: .get, target: row["target"], body: []),
      let order = ImportOrder(query: request.query)
    else {
      throw StoreError.corrupt(path: "fetch \(id.rawValue)", detail: "the order of its import cannot be read")
    }
    let size: Int? = row["size"]
    let hash: Data? = row["sha256"]
    return KeptImport(
      fetch: id, series: stored, name: row["name"], path: row["path"], order: order, layout: row["layout"],
      partSize: row["part_size"], partsRead: row["parts_read"], rows: row["row_count"], refused: row["refused_count"],
      fingerprint: size.flatMap { size in hash.map { FileFingerprint(size: size, sha256: Array($0)) } },
      receivedAt: Instant(epochSeconds: row["asked_at"]))
  }
}
