import GRDB
import Market

/// A connection for rooms that drive prepared statements and know nothing else of it.
///
/// Lives no longer than the database access it was made in.
package struct Statements {
  private let db: Database

  /// The statements of a connection.
  package init(_ db: Database) { self.db = db }

  /// A statement that the connection prepares once and keeps, with whole numbers given to its first parameters. There is
  /// one of each text: never two in use at a time.
  package func kept(_ sql: String, _ numbers: Int64...) throws -> DirectStatement {
    let statement = try DirectStatement(keptBy: db, sql)
    for (index, number) in numbers.enumerated() { statement.bind(number, at: Int32(index) + 1) }
    return statement
  }

  /// Runs such a statement to its end.
  package func run(_ sql: String, _ numbers: Int64...) throws {
    let statement = try DirectStatement(keptBy: db, sql)
    for (index, number) in numbers.enumerated() { statement.bind(number, at: Int32(index) + 1) }
    try statement.run()
  }
}

extension DirectStatement {
  /// Gives a value to a parameter, counted from 1; `nil` makes it null.
  package func bind(_ value: Double?, at index: Int32) {
    if let value { bind(value, at: index) } else { unbind(index) }
  }

  /// Gives a value to a parameter, counted from 1; `nil` makes it null.
  package func bind(_ value: Int64?, at index: Int32) {
    if let value { bind(value, at: index) } else { unbind(index) }
  }

  /// A cell of the row at hand, counted from 0, as a number; `nil` where it holds nothing.
  package func realIfAny(_ column: Int32) -> Double? { isNull(column) ? nil : real(column) }

  /// Gives a text to a parameter, counted from 1; `nil` makes it null.
  package func bind(_ value: String?, at index: Int32) {
    if let value { bind(value, at: index) } else { unbind(index) }
  }

  /// A cell of the row at hand, counted from 0, as a text; the empty one where it holds nothing.
  package func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

  /// The same; `nil` where it holds nothing.
  package func textIfAny(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// The bar of the row at hand, of which the first columns are open_time, open, high, low, close and volume.
  package var bar: Bar {
    Bar(
      openTime: Instant(epochSeconds: integer(0)), open: real(1), high: real(2), low: real(3), close: real(4),
      volume: real(5))
  }
}
