import Foundation
import GRDB
import Market
import SQLite
import Store

/// What was asked of models, in the file: every attempt with its bytes, and what became of it.
package struct ModelLedger: Sendable {
  let store: Store

  /// The ledger of a file; open for writing where anything is kept.
  package init(_ store: Store) {
    self.store = store
  }

  func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T { try store.read(body) }
  func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T { try store.write(body) }

  /// What tells a call from others.
  struct Identity: Hashable, Sendable {
    let purpose: String
    let model: String
    /// Of what was sent.
    let input: [UInt8]
    let price: TokenPrice?
    /// The most tokens that it can be, prompt and answer.
    let bound: TokenUsage
  }

  /// A call whose answer is in the vault.
  struct Kept: Hashable, Sendable {
    let call: Int64
    let fetch: FetchID
  }

  /// Puts an exchange into the vault with a call for each attempt that reached the provider, all in one commit and before
  /// anything is read. One that brought no answer is booked at the most that it can have cost.
  ///
  /// - Returns: the call of the last attempt, if that brought an answer.
  func keep(_ packed: PackedRoundTrip, as identity: Identity, of provider: ProviderProfile) throws(StoreError) -> Kept?
  {
    try write { db in
      try ModelLedger.register(provider, db)
      guard let run = try Int64.fetchOne(db, sql: "SELECT max(run_id) FROM run") else {
        throw StoreError.sqlite(code: 1, message: "no run is under way; begin one first")
      }
      let fetches = try Vault.keepAttempts(packed, of: RunID(run), db)
      let attempts = packed.roundTrip.attempts
      var kept: Kept?
      for (index, attempt) in attempts.enumerated() {
        guard attempt.hasLeft, let fetch = fetches[index] else { continue }
        let call = try ModelLedger.insert(attempt, fetch, identity, provider.name, db)
        guard case .success = attempt.result, index == attempts.count - 1 else { continue }
        kept = Kept(call: call, fetch: fetch)
        // Nothing but its call reads it.
        try db.execute(sql: "UPDATE fetch SET read_outcome = 'read' WHERE fetch_id = ?", arguments: [fetch.rawValue])
      }
      return kept
    }
  }

  private static func register(_ provider: ProviderProfile, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO source (name, title, homepage) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [provider.name.description, provider.title, provider.homepage])
  }

  private static func insert(
    _ attempt: Attempt, _ fetch: FetchID, _ identity: Identity, _ provider: ProviderName, _ db: Database
  ) throws -> Int64 {
    let isLost = if case .failure = attempt.result { true } else { false }
    try db.execute(
      sql: """
        INSERT INTO model_call (fetch_id, purpose, provider, model, input_sha256, tokens_in, tokens_out, cost, price,
          is_estimate, outcome, edition)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        fetch.rawValue, identity.purpose, provider.description, identity.model, Data(identity.input),
        isLost ? identity.bound.input : nil, isLost ? identity.bound.output : nil,
        isLost ? identity.price?.cost(of: identity.bound) : nil, identity.price?.text, isLost,
        isLost ? Finish.failed.name : nil, NumberGuard.edition,
      ])
    return db.lastInsertedRowID
  }

  /// Attempts that were answered and followed by another one, of which nothing more will come.
  static func closeSuperseded(_ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE model_call SET outcome = 'failed' WHERE outcome IS NULL AND fetch_id IN
          (SELECT fetch_id FROM fetch WHERE read_outcome = 'superseded')
        """)
  }

  /// The newest answer to the same purpose, model and input that is one: not an error that a server gave as if it were none,
  /// for which nothing was booked.
  func answer(to identity: Identity) throws(StoreError) -> Kept? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT call_id, model_call.fetch_id FROM model_call JOIN fetch ON fetch.fetch_id = model_call.fetch_id
          WHERE input_sha256 = ? AND purpose = ? AND model = ? AND status BETWEEN 200 AND 299 AND body_id IS NOT NULL
            AND NOT (coalesce(outcome, '') = 'failed' AND tokens_in IS NULL)
          ORDER BY call_id DESC LIMIT 1
          """, arguments: [Data(identity.input), identity.purpose, identity.model]
      ).map { Kept(call: $0["call_id"], fetch: FetchID($0["fetch_id"])) }
    }
  }

  /// Notes what was read from an answer.
  func note(_ call: Int64, _ reading: CallReading) throws(StoreError) {
    try write { db in
      try ModelLedger.write(reading, of: call, db)
      try ModelLedger.closeSuperseded(db)
    }
  }

  static func write(_ reading: CallReading, of call: Int64, _ db: Database) throws {
    let price = try String.fetchOne(db, sql: "SELECT price FROM model_call WHERE call_id = ?", arguments: [call])
      .flatMap { TokenPrice($0) }
    let booked = reading.booked
    try db.execute(
      sql: """
        UPDATE model_call SET tokens_in = ?, tokens_out = ?, tokens_reasoning = ?, cost = ?, is_estimate = ?, outcome = ?,
          dropped = ?, edition = ? WHERE call_id = ?
        """,
      arguments: [
        booked.usage.input, booked.usage.visible, booked.usage.reasoning, price?.cost(of: booked.usage),
        booked.isEstimate, reading.answer.finish.name, reading.droppedJSON,
        NumberGuard.edition, call,
      ])
  }
}
