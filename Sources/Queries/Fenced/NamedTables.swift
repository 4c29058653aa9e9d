import Datasets
import Market
import SQLite
import Schema
import Store

/// The tables of facts as a question finds them: with all their columns, and beside these the names under which the same
/// rows are shown and exported, so that `asset`, `source` and `ts_utc` mean the same in `query` and in `show`.
///
/// A table of the file holds row numbers and epoch seconds. Each gets a view of the connection under its own name, which is
/// found first; views of the file go on seeing the tables. Of what a question does not use nothing is looked up. Names that
/// a table of ours has as a column are left to that table, so that a question that joins it means what it meant.
struct NamedTables {
  /// In lower case, as SQLite tells them to the fence.
  let names: Set<String>

  /// For a file of others, whose tables are what they are.
  static let none = NamedTables(names: [])

  /// Makes the views. The connection must not have prepared a statement on the tables before.
  ///
  /// - Parameter isPast: whether the tables' names stand for what was known at an instant, by views of the connection.
  static func make(_ file: PlainConnection, _ kinds: Kinds = .standard, isPast: Bool) throws(StoreError) -> NamedTables
  {
    var names: Set<String> = []
    let datasets = kinds.datasets
    for kind in kinds.all {
      let table = kind.dataset.rawValue
      let told = datasets.first { $0.name == table }?.columns.compactMap { NamedTables.column($0, of: table) } ?? []
      let base = isPast ? "temp." + AsKnownOn.told(table) : "main." + table
      try file.run(
        """
        CREATE TEMP VIEW \(table) AS SELECT \((["\(table).*"] + told).joined(separator: ", "))
        FROM \(base) AS \(table)
        """)
      names.insert(table)
    }
    return NamedTables(names: names)
  }

  /// A name that is no column of any table of ours, with its SQL; times as texts. What is looked up is looked up by itself:
  /// SQLite leaves a join in a sum although nothing of it is used.
  private static func column(_ column: DatasetColumn, of table: String) -> String? {
    let series = "FROM series WHERE series_id = \(table).series_id"
    return switch (column.name, column.cell) {
    case ("asset", _): "(SELECT symbol FROM asset WHERE asset_id = (SELECT asset_id \(series))) AS asset"
    case ("source", _): "(SELECT name FROM source WHERE source_id = (SELECT source_id \(series))) AS source"
    case ("as_of_date", _): "\(column.expression) AS as_of_date"
    case ("ts_utc", .instant): "strftime('%Y-%m-%dT%H:%M:%SZ', \(column.expression), 'unixepoch') AS ts_utc"
    default: nil
    }
  }
}
