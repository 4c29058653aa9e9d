/// What stands around the tables of a script for `psql`: one transaction, so that all of it is loaded or nothing.
package enum PostgresScript {
  /// A column of one table that names a row of another.
  package struct Reference: Hashable, Sendable {
    /// The table that refers.
    package let table: String
    /// Its column that holds the reference.
    package let column: String
    /// The table referred to.
    package let other: String
    /// The column there that holds the same value: unique, as a rule the key.
    package let otherColumn: String

    /// A reference of a table's column to a column of another.
    package init(_ table: String, _ column: String, to other: String, _ otherColumn: String) {
      self.table = table
      self.column = column
      self.other = other
      self.otherColumn = otherColumn
    }
  }

  /// What begins a script: settings and the start of the transaction. Ends with a blank line.
  package static let opening = """
    -- For an empty PostgreSQL database: psql -v ON_ERROR_STOP=1 -f FILE
    -- A NUL in a text, which PostgreSQL cannot hold, is written as ␀ (U+2400).
    SET client_encoding = 'UTF8';
    SET standard_conforming_strings = on;
    BEGIN;

    """

  /// - Parameter references: made after all rows are in, which is faster than asking with each.
  package static func closing(_ references: [Reference] = []) -> String {
    references.map { reference in
      let names = [reference.table, reference.column, reference.other, reference.otherColumn].map(SQLText.identifier)
      return "ALTER TABLE \(names[0]) ADD FOREIGN KEY (\(names[1])) REFERENCES \(names[2]) (\(names[3]));\n"
    }.joined() + "COMMIT;\n"
  }
}
