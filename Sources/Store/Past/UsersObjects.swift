import GRDB

extension StoreMoment {
  /// Takes over what the user made in the file for himself: tables named `my_…` with their rows, what belongs to them, and
  /// such views. They are no facts, and a rebuild changes nothing in them.
  package func carryUsersObjects(to target: Store) throws {
    let own = try db.schemaObjects().filter(\.isUsers)
    guard !own.isEmpty else { return }
    let tables = try Row.fetchAll(db, sql: "SELECT name, type FROM pragma_table_list WHERE schema = 'main'")
    let forms = Dictionary(tables.map { ($0["name"] as String, $0["type"] as String) }) { first, _ in first }
    // The tables in which a virtual one keeps its rows come with it.
    for table in own where table.type == "table" && forms[table.name] != "shadow" {
      try target.write { db in try db.execute(sql: table.sql) }
      try carry(table.name, to: target)
    }
    try target.write { db in
      for type in ["index", "view", "trigger"] {
        for object in own where object.type == type && !object.sql.isEmpty { try db.execute(sql: object.sql) }
      }
    }
  }
}
