import GRDB
import Market
import SQLite
import Store

extension Following {
  /// Writes what the catalogue and the providers say, where the file does not bear that edition of it yet.
  ///
  /// What the user decided about an asset, a series or a source stands over it: it is applied again behind.
  package func register(_ catalogue: Catalogue, providers: [ProviderProfile]) throws(StoreError) {
    let edition = ([catalogue.edition] + providers.map { "\($0.name) \($0.title) \($0.homepage)" })
      .joined(separator: "\n").fingerprint
    let stored = try read { db in
      try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'universe_edition'")
    }
    guard stored != edition else { return }
    try write { db in
      try StoredCatalogue.add(catalogue, providers: providers, db)
      for listing in catalogue.listings { try listing.tell(db) }
      try Following.applyDecisions(db)
      try Following.fillDays(db)
      try db.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('universe_edition', ?)", [edition])
    }
  }
}

extension Following {
  /// Does again in a rebuilt file what the user decided about assets, series and sources: whatever was done to their tables
  /// by hand, the decisions stand.
  package func repeatDecisions() throws(StoreError) {
    try write { db in try Following.applyDecisions(db) }
  }
}

extension Listing {
  /// What is known of an asset that is there: the catalogue's to say, in each edition anew.
  func tell(_ db: Database) throws {
    try db.run(
      "UPDATE asset SET name = ?, sector = ?, currency = ?, calendar = ? WHERE symbol = ?",
      [asset.name, sector, currency, calendar?.rawValue, asset.symbol])
    let id = "(SELECT asset_id FROM asset WHERE symbol = ?)"
    try db.run("DELETE FROM asset_group WHERE asset_id = \(id)", [asset.symbol])
    for group in groups {
      try db.run("INSERT OR IGNORE INTO asset_group (asset_id, name) VALUES (\(id), ?)", [asset.symbol, group])
    }
    for former in formerSymbols {
      try db.run(
        "INSERT OR IGNORE INTO asset_former_symbol (asset_id, symbol) VALUES (\(id), ?)", [asset.symbol, former])
    }
  }
}

extension String {
  /// Fowler, Noll and Vo's hash (FNV-1a, 64 bit), in hexadecimal digits: tells texts apart, and withstands nobody.
  fileprivate var fingerprint: String {
    String(utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16)
  }
}
