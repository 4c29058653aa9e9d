import GRDB

/// An object of the schema as SQLite lists it: a table, an index, a view or a trigger.
package struct SchemaObject: Hashable {
  /// `table`, `index`, `view` or `trigger`.
  package let type: String
  /// Its own name.
  package let name: String
  /// What it belongs to; a table and a view belong to themselves.
  package let table: String
  /// What made it; empty for what SQLite made by itself.
  package let sql: String

  /// Whether it is the user's own, which this program keeps and never looks into: what belongs to a table or a view named
  /// `my_…`. An index or a trigger on one of ours is none of them, whatever it is called.
  package var isUsers: Bool { table.lowercased().hasPrefix("my_") }
}

extension Database {
  /// Everything in the schema but what SQLite keeps for itself, by type and name.
  package func schemaObjects() throws -> [SchemaObject] {
    let rows = try Row.fetchCursor(
      self,
      sql: """
        SELECT type, name, tbl_name, coalesce(sql, '') AS sql FROM main.sqlite_schema
        WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name
        """)
    return try Array(
      rows.map { SchemaObject(type: $0["type"], name: $0["name"], table: $0["tbl_name"], sql: $0["sql"]) })
  }
}
