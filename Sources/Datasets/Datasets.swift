import GRDB
import Market
import SQLite
import Schema
import Store

/// Rows that leave the file under a name.
package struct Datasets: Sendable {
  let store: Store

  func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T { try store.read(body) }
}

extension Store {
  /// Rows that leave the file under a name.
  package var datasets: Datasets { Datasets(store: self) }
}

extension Datasets {
  /// Whether the file has what its rows are read from; one that an older appliance wrote may lack it.
  package func holds(_ dataset: NamedDataset) throws(StoreError) -> Bool {
    try read { db in
      try dataset.readsFrom.allSatisfy {
        try Int.fetchOne(db, sql: "SELECT 1 FROM sqlite_schema WHERE name = ?", arguments: [$0]) != nil
      }
    }
  }
}
