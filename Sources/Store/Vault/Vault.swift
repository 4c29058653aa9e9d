import CSQLite
import Crypto
import Formats
import Foundation
import GRDB
import Market
import SQLite

/// An answer in the vault, with the request that brought it.
package struct KeptAnswer: Sendable {
  /// The number under which the vault keeps it.
  package let fetch: FetchID
  /// What was asked, without secrets.
  package let request: Request
  /// What came back, decoded, with the instant at which it was received.
  package let answer: Answer

  /// A pair as the vault holds it, or would; nothing is kept by making one.
  package init(fetch: FetchID, request: Request, answer: Answer) {
    self.fetch = fetch
    self.request = request
    self.answer = answer
  }
}

/// How the reading of a kept answer ended; stored with its fetch.
package enum ReadOutcome: Sendable {
  case read
  /// So many older items of its list were left out.
  case readNewest(leftOut: Int)
  /// What could be read of it; the words say what was wrong with the rest.
  case partly(String)
  /// The answer was an error or of another shape; the words say which.
  case unreadable(String)
  /// The provider said that nothing changed since the last answer.
  case unchanged
  /// Another answer to a wider question stands in its place.
  case superseded

  /// The condition on `fetch` that an answer was read, or had nothing new.
  static let isGood = "(read_outcome IN ('read', 'unchanged') OR read_outcome LIKE 'read, %')"

  var text: String {
    switch self {
    case .read: "read"
    case .readNewest(let leftOut): "read, \(leftOut) older \(leftOut == 1 ? "item" : "items") left out"
    case .partly(let reason): "read in part: \(reason)"
    case .unreadable(let reason): "unreadable: \(reason)"
    case .unchanged: "unchanged"
    case .superseded: "superseded"
    }
  }
}

extension Reading {
  /// How its reading ended, where something in it was new.
  var outcome: ReadOutcome { leftOut > 0 ? .readNewest(leftOut: leftOut) : .read }
}

extension Vault {
  /// Bodies at most this long are decompressed; nothing longer is ever asked for.
  static let maximumBody = 1 << 30

  /// Puts every attempt that was sent into the vault, on the disk before this returns and before anything is read.
  ///
  /// - Returns: the fetch of the last attempt, if it brought an answer.
  package func keep(_ roundTrip: RoundTrip, of run: RunID, quotas: [QuotaState]) throws(StoreError) -> FetchID? {
    try keep([PackedRoundTrip(roundTrip)], of: run, quotas: quotas)[0]
  }

  /// The same for exchanges that were packed elsewhere, so that the writer need not: all of them, and then the disk is
  /// waited for once.
  ///
  /// - Returns: for each of them the fetch of its last attempt, if that brought an answer.
  package func keep(
    _ packed: [PackedRoundTrip], of run: RunID, quotas: [QuotaState]
  ) throws(StoreError) -> [FetchID?] {
    guard !packed.isEmpty else { return [] }
    // What SQLite would look at follows from how these rows are made, but for the run, and a body that others rest on.
    let isSelfContained = packed.allSatisfy { $0.bodies.allSatisfy { $0?.base == nil } }
    return try write(indifferent: isSelfContained ? .all : []) { db in
      guard try Vault.isThere(run, db) else {
        throw StoreError.sqlite(code: SQLITE_CONSTRAINT, message: "run \(run.rawValue) is not in the file")
      }
      let fetches = try packed.map { try Vault.keep($0, of: run, db) }
      try Runs.save(quotas, db)
      return fetches
    }
  }

  private static func isThere(_ run: RunID, _ db: Database) throws -> Bool {
    try Int64.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM run WHERE run_id = ?"), arguments: [run.rawValue]) != nil
  }

  private static func keep(_ packed: PackedRoundTrip, of run: RunID, _ db: Database) throws -> FetchID? {
    let fetches = try keepAttempts(packed, of: run, db)
    guard let body = packed.bodies.last, body != nil else { return nil }
    return fetches.last ?? nil
  }

  /// The same within somebody's transaction.
  ///
  /// - Returns: for each attempt its fetch; `nil` for one that was not sent.
  package static func keepAttempts(
    _ packed: PackedRoundTrip, of run: RunID, _ db: Database
  ) throws -> [FetchID?] {
    let (roundTrip, last) = (packed.roundTrip, packed.roundTrip.attempts.count - 1)
    let sent = try packed.request.map { try insert($0, of: run, db) }
    return try roundTrip.attempts.enumerated().map { index, attempt in
      guard attempt.wasSent else { return nil }
      let body = try packed.bodies[index].map { try insert($0, of: run, db) }
      return try insert(attempt, of: roundTrip.request, sent: sent, body: body, run: run, isLast: index == last, db)
    }
  }

  static func body(of hash: [UInt8], _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT body_id FROM body WHERE sha256 = ?"), arguments: [Data(hash)])
  }

  static func insert(_ body: PackedBody, of run: RunID, _ db: Database) throws -> Int64 {
    if let known = try Vault.body(of: body.hash, db) { return known }
    try db.run(
      "INSERT INTO body (sha256, size, encoding, redacted, content) VALUES (?, ?, ?, ?, ?)",
      [Data(body.hash), body.size, body.encoding, body.redacted, Data(body.content)])
    let id = db.lastInsertedRowID
    if let base = body.base {
      try db.run(
        "INSERT INTO body_base (body_id, base_id, depth) VALUES (?, ?, ?)", [id, base.body, base.depth + 1])
    }
    try db.run("UPDATE run SET vault_bytes = vault_bytes + ? WHERE run_id = ?", [body.content.count, run.rawValue])
    return id
  }

  private static func insert(
    _ attempt: Attempt, of request: Request, sent: Int64?, body: Int64?, run: RunID, isLast: Bool, _ db: Database
  ) throws -> FetchID {
    var status: Int?
    var headers: String?
    var error: String?
    var receivedAt = attempt.startedAt + attempt.elapsed.components.seconds
    switch attempt.result {
    case .success(let answer):
      status = answer.status
      headers = answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
      receivedAt = answer.receivedAt
    case .failure(let failure):
      error = failure.description
    }
    let milliseconds =
      attempt.elapsed.components.seconds * 1000 + attempt.elapsed.components.attoseconds / 1_000_000_000_000_000
    try db.run(
      """
      INSERT INTO fetch (run_id, source_id, method, target, request_body_id, url, asked_at, received_at, elapsed_ms,
        status, headers, body_id, wire_bytes, error, read_outcome)
      SELECT ?, source_id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM source WHERE name = ?
      """,
      [
        run.rawValue, request.method.rawValue, request.target, sent, attempt.url, attempt.startedAt.epochSeconds,
        receivedAt.epochSeconds, milliseconds, status, headers, body, attempt.wireBytes, error,
        body == nil ? "unanswered" : isLast ? nil : "superseded", request.provider.description,
      ])
    guard db.changesCount == 1 else {
      throw StoreError.sqlite(code: 1, message: "no source \(request.provider) is known; register it first")
    }
    return FetchID(db.lastInsertedRowID)
  }

  /// The fetch of an answer that is in the vault already: the same bytes for the same question, received at the same
  /// instant. `isRead` tells whether its facts were stored, by it or before it.
  package func fetch(
    of answer: Answer, to request: Request
  ) throws(StoreError) -> (fetch: FetchID, isRead: Bool)? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT fetch_id, coalesce(\(ReadOutcome.isGood) OR read_outcome LIKE 'read in part%', 0) AS is_read
          FROM fetch JOIN source USING (source_id) JOIN body USING (body_id)
          LEFT JOIN body AS sent ON sent.body_id = fetch.request_body_id
          WHERE source.name = ? AND target = ? AND method = ? AND sent.sha256 IS ? AND status = ?
            AND received_at = ? AND body.sha256 = ?
          ORDER BY fetch_id LIMIT 1
          """,
        arguments: [
          request.provider.description, request.target, request.method.rawValue,
          request.body.isEmpty ? nil : Data(PackedBody.hash(of: request.body)), answer.status,
          answer.receivedAt.epochSeconds,
          Data(SHA256.hash(data: answer.body)),
        ]
      ).map { (FetchID($0["fetch_id"]), $0["is_read"]) }
    }
  }

  /// Notes how reading an answer ended when it brought no facts; facts note it themselves.
  package func mark(_ fetch: FetchID, _ outcome: ReadOutcome) throws(StoreError) {
    try write { db in try note(outcome, of: fetch, db) }
  }

  /// The same within a transaction. That nothing had changed is no act of reading.
  func note(_ outcome: ReadOutcome, of fetch: FetchID, _ db: Database) throws {
    try Vault.mark(fetch, outcome, db)
    switch outcome {
    case .read, .readNewest, .partly, .unreadable: try store.chronicle.add(.read(fetch), db)
    case .unchanged, .superseded: break
    }
  }

  static func mark(_ fetch: FetchID, _ outcome: ReadOutcome, _ db: Database) throws {
    try db.run(
      "UPDATE fetch SET read_outcome = ?, edition = ? WHERE fetch_id = ?",
      [outcome.text, Reading.edition, fetch.rawValue])
  }

  /// Answers that were kept and never read, oldest first: a run died between the two.
  package func unreadFetches() throws(StoreError) -> [FetchID] {
    try read { db in
      try Int64.fetchAll(db, sql: "SELECT fetch_id FROM fetch WHERE read_outcome IS NULL ORDER BY fetch_id").map(
        FetchID.init)
    }
  }

  /// A kept answer with its request, its bytes checked against their hash.
  ///
  /// - Throws: `corrupt` where the fetch has no body, or one that is not what was stored.
  package func keptAnswer(_ fetch: FetchID) throws(StoreError) -> KeptAnswer {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: Vault.keptAnswer + " WHERE fetch.fetch_id = ?", arguments: [fetch.rawValue])
      guard let row else { throw StoreError.corrupt(path: "fetch \(fetch.rawValue)", detail: "it has no body") }
      return try Vault.keptAnswer(row, db)
    }
  }

  /// The last answer to this very question that brought a body, with its validators, for a conditional request.
  package func lastAnswer(to request: Request) throws(StoreError) -> (fetch: FetchID, headers: [HeaderField])? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT fetch_id, headers FROM fetch JOIN source USING (source_id)
          WHERE source.name = ? AND target = ? AND status = 200 AND \(ReadOutcome.isGood)
          ORDER BY fetch_id DESC LIMIT 1
          """,
        arguments: [request.provider.description, request.target]
      ).map { (FetchID($0["fetch_id"]), Vault.headers($0["headers"])) }
    }
  }

  /// When the last answer to the same question came that could be read, or any at all; `nil` where none did.
  package func lastGoodAnswer(to request: Request, orBad: Bool = false) throws(StoreError) -> Instant? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT received_at FROM fetch JOIN source USING (source_id)
          WHERE source.name = ? AND target = ? AND (\(orBad) OR \(ReadOutcome.isGood))
          ORDER BY fetch_id DESC LIMIT 1
          """, arguments: [request.provider.description, request.target]
      ).map(Instant.init(epochSeconds:))
    }
  }

  /// Gives free space inside the file back to the disk; needs as much of it as the file takes, for a while.
  package func vacuum() throws(StoreError) {
    do {
      try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)") }
    } catch {
      throw .of(error, path: path)
    }
  }

  static let keptAnswer = """
    SELECT fetch.fetch_id, source.name AS source, fetch.method, fetch.target, fetch.received_at, fetch.status,
      fetch.headers, fetch.request_body_id, fetch.body_id
    FROM fetch
    JOIN source ON source.source_id = fetch.source_id
    JOIN body ON body.body_id = fetch.body_id
    """

  static func keptAnswer(_ row: Row, _ db: Database, _ recent: RecentBytes? = nil) throws -> KeptAnswer {
    let id = FetchID(row["fetch_id"])
    let sent = try (row["request_body_id"] as Int64?).map { try bytes(ofBody: $0, of: id, db) } ?? []
    guard let method = Request.Method(rawValue: row["method"]),
      let request = Request(
        provider: ProviderName(row["source"]), method: method, target: row["target"], body: sent)
    else { throw StoreError.corrupt(path: "fetch \(id.rawValue)", detail: "its request cannot be read") }
    let body = try bytes(ofBody: row["body_id"], of: id, db, recent: recent)
    let answer = Answer(
      status: row["status"] ?? 0, headers: headers(row["headers"]), body: body,
      receivedAt: Instant(epochSeconds: row["received_at"]))
    return KeptAnswer(fetch: id, request: request, answer: answer)
  }

  private static func headers(_ text: String?) -> [HeaderField] {
    (text ?? "").split(separator: "\n").compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return HeaderField(String(line[..<colon]), String(line[line.index(after: colon)...].drop { $0 == " " }))
    }
  }
}
