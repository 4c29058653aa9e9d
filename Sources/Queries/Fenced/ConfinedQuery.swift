import Market
import SQLite
import Store
import Threads

/// A question that a process of its own answers, through `GuardedQuery`: whatever it does to that process, this one
/// stays whole.
///
/// Begins to be answered when it is made; ends at the latest when it is let go.
package final class ConfinedQuery {
  private let limits: QueryLimits
  private let child: QueryChild

  /// Beyond the time allowed, for the process to begin and to end.
  private static let grace = Duration.seconds(1)

  /// - Parameters:
  ///   - query: what is asked.
  ///   - path: the database file.
  ///   - asOf: the instant as of which it is asked; `nil` for now.
  ///   - program: the file of a program that calls `QueryProcess.serve()` when its one argument is
  ///     `QueryProcess.argument`.
  /// - Throws: `StoreError` where there is no file, `QueryError.died` where the process cannot be had.
  package convenience init(
    _ query: Query, of path: String, asOf: Instant? = nil, limits: QueryLimits = QueryLimits(), program: String
  ) throws {
    try self.init([query], of: path, asOf: asOf, limits: limits, program: program)
  }

  init(_ queries: [Query], of path: String, asOf: Instant?, limits: QueryLimits, program: String) throws {
    try DatabaseFile.check(path)
    for query in queries where query.sql.utf8.count > limits.sqlBytes {
      throw QueryError.tooLong(bytes: query.sql.utf8.count, limit: limits.sqlBytes)
    }
    self.limits = limits
    child = try QueryChild(program)
    child.send(QueryRequest(path: path, asOf: asOf, queries: queries, limits: limits).bytes)
  }

  /// Hands the rows over as they come. To be called once; blocks its thread.
  ///
  /// - Parameter open: called once, with the columns and before the first row; gives who takes the rows.
  /// - Throws: `QueryError`, `StoreError`, and what `open` and the receiver throw; those end the question.
  @discardableResult
  package func answer(into open: @escaping ([Column]) throws -> any RowReceiver) throws -> QueryAnswer {
    let frames = QueryFrameReader(open)
    var left = limits.time.map { $0 + ConfinedQuery.grace }
    while true {
      let start = ElapsedTime()
      let piece = child.read(within: left)
      left = left.map { $0 - start.duration }
      switch piece {
      case .bytes(let bytes):
        do {
          try frames.take(bytes)
        } catch is WireEnd {
          throw QueryError.died(reason: "what it said makes no sense")
        }
      case .late: throw QueryError.timedOut(after: limits.time ?? .zero)
      case .end: return try ended(frames)
      }
    }
  }

  private func ended(_ frames: QueryFrameReader) throws -> QueryAnswer {
    let ending = child.wait()
    if let answer = frames.answer { return answer }
    switch ending {
    case .signal(let number) where number == QueryChild.processorTimeUsedUp:
      throw QueryError.timedOut(after: limits.time ?? .zero)
    // However a program ends that gets no memory: by a trap, by abort, or by the system's hand.
    case .signal: throw QueryError.outOfMemory(limit: limits.memory)
    case .exit(let code): throw QueryError.died(reason: "exit code \(code)")
    }
  }
}
