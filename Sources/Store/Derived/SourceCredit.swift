import GRDB
import Market
import SQLite

/// Who told us, as people should read it.
package struct SourceCredit: Hashable, Sendable {
  /// Its name in tables and settings.
  package let name: ProviderName
  /// `Binance`
  package let title: String
  /// Where a person can read about it, and the credit that it asks for.
  package let homepage: String
}

extension Snapshots {
  /// All sources, by name.
  package func sourceCredits() throws(StoreError) -> [SourceCredit] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT name, title, homepage FROM source ORDER BY name").map {
        SourceCredit(name: ProviderName($0["name"]), title: $0["title"], homepage: $0["homepage"])
      }
    }
  }
}
