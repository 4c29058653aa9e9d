import Store

/// How much a question may take. What goes beyond ends the question with a `QueryError`, only `rows` cuts its answer.
package struct QueryLimits: Hashable, Sendable {
  /// Rows handed over at most; `nil` for all.
  package var rows: Int?
  /// Time from opening the file to the last row, waiting for whoever takes the rows left out; `nil` for any.
  package var time: Duration?
  /// Steps of SQLite's machine, counted by the thousand; `nil` for any.
  package var steps: Int?
  /// Bytes of all cells together, for who keeps the whole answer in memory; `nil` for any.
  package var answerBytes: Int?
  /// Bytes of the question.
  package var sqlBytes = 100_000
  /// Bytes of one text or blob, wherever it comes up.
  package var cellBytes = 1_000_000
  /// Bytes of one row.
  package var rowBytes = 16_000_000
  /// Bytes of memory, where the question has a process of its own.
  package var memory = 256 << 20

  /// At most 10,000 rows within five seconds, unless said otherwise; `nil` is no limit.
  package init(
    rows: Int? = 10_000, time: Duration? = .seconds(5), steps: Int? = nil, answerBytes: Int? = nil
  ) {
    self.rows = rows
    self.time = time
    self.steps = steps
    self.answerBytes = answerBytes
  }

  /// Depth of an expression, and how many SELECTs may be joined by UNION and its like.
  static let expressionDepth: Int32 = 100
  static let compoundTerms: Int32 = 50
  /// Instructions of the program that SQLite makes of a question.
  static let instructions: Int32 = 100_000
  static let columns: Int32 = 200
  static let arguments: Int32 = 100
  static let variables: Int32 = 100
  /// A pattern with many wild cards takes time without end.
  static let patternBytes: Int32 = 100
}
