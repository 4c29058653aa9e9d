import Market
import Store
import Threads

/// The one door for questions in SQL that somebody typed: it answers SELECTs and refuses everything else, whoever asks.
///
/// Every question has a connection of its own, read-only, behind a fence that lists what may be read, under limits of
/// length, depth, steps and time; it is closed afterwards, and nothing of it stays. A single call of a function can take
/// long without a step, and memory is the whole process's: where questions come from strangers, `ConfinedQuery` puts
/// them through this door in a process of their own.
package struct GuardedQuery {
  /// Of the database file.
  package let path: String
  /// For every question asked through this door.
  package let limits: QueryLimits
  /// The instant as of which the file is asked; `nil` for now.
  package let asOf: Instant?
  private let elapsed: () -> Duration

  /// - Parameters:
  ///   - path: the database file.
  ///   - asOf: the instant as of which it is asked, which shows it as `Store.reading(_:asOf:)` does; `nil` for now.
  ///   - elapsed: monotonic time since some moment, time that shall not count left out; from now on by default.
  package init(
    _ path: String, asOf: Instant? = nil, limits: QueryLimits = QueryLimits(), elapsed: (() -> Duration)? = nil
  ) {
    self.path = path
    self.asOf = asOf
    self.limits = limits
    let start = ElapsedTime()
    self.elapsed = elapsed ?? { start.duration }
  }

  /// Answers a question as of this moment.
  ///
  /// - Parameter open: called once, with the columns and before the first row; gives who takes the rows. Blobs come as
  ///   texts, `x'00ff'`; instants never come as such.
  /// - Throws: `QueryError`, `StoreError`, and what `open` and the receiver throw.
  @discardableResult
  package func answer(
    _ query: Query, into open: ([Column]) throws -> any RowReceiver
  ) throws -> QueryAnswer {
    try answer([query], into: open)
  }

  /// Answers several questions of the same columns as of one moment, as if they were one.
  ///
  /// - Parameter ready: called when the file is open and the moment is fixed.
  func answer(
    _ queries: [Query], ready: () -> Void = {}, into open: ([Column]) throws -> any RowReceiver
  ) throws -> QueryAnswer {
    let connection = try GuardedConnection(path, asOf: asOf, limits, elapsed: elapsed)
    ready()
    var receiver: (any RowReceiver)?
    var count = Count()
    for query in queries {
      let statement = try GuardedStatement(query.sql, connection, limits, path: path)
      try statement.bind(query.parameters)
      var hasRow = try statement.step()
      let taker = try receiver ?? open(statement.columns(hasRow: hasRow))
      receiver = taker
      while hasRow {
        if count.rows == limits.rows { return QueryAnswer(rows: count.rows, isCut: true) }
        try count.add(try statement.measure(), limits)
        try statement.hand(to: taker)
        hasRow = try statement.step()
      }
    }
    return QueryAnswer(rows: count.rows, isCut: false)
  }

  /// Whether the question would be let in, without answering it.
  ///
  /// - Returns: the names of its parameters.
  package func check(_ sql: String) throws -> [String] {
    let connection = try GuardedConnection(path, asOf: asOf, limits, elapsed: elapsed)
    return try GuardedStatement(sql, connection, limits, path: path).parameters
  }

  private struct Count {
    var rows = 0
    var bytes = 0

    mutating func add(_ more: Int, _ limits: QueryLimits) throws {
      bytes += more
      if let limit = limits.answerBytes, bytes > limit { throw QueryError.answerTooBig(limit: limit) }
      rows += 1
    }
  }
}
