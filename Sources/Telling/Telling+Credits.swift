import GRDB
import Market
import SQLite
import Store

extension Telling {
  /// All sources, by name.
  package func sourceCredits() throws(StoreError) -> [SourceCredit] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT name, title, homepage FROM source ORDER BY name").map {
        SourceCredit(name: ProviderName($0["name"]), title: $0["title"], homepage: $0["homepage"])
      }
    }
  }
}
