import GRDB
import Market
import SQLite
import Store

/// What a file follows: its assets, series and sources, as the catalogue has them and as the user decided.
package struct Following: Sendable {
  let store: Store

  func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T { try store.read(body) }
  func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T { try store.write(body) }
}

extension Store {
  /// What the file follows: its assets, series and sources, as the catalogue has them and as the user decided.
  package var following: Following { Following(store: self) }
}
