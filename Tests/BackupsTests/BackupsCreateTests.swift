import Formats
import Market
import Testing

@testable import Backups
@testable import Store

@Suite struct BackupsCreateTests {
  @Test func `a backup is an archive, its proof and seven CSV files, private and complete`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    #expect(made.name == "appliance_20250919T223000Z.tar.zst")
    #expect(home.names(home.folder) == [made.name, "\(made.name).proof.json"])
    let sets = [
      "daily_bar", "daily_market_snapshot", "etf_flows_daily", "market_event", "news_article", "ohlc_hourly",
      "sentiment_daily",
    ]
    #expect(home.names(home.csvFolder) == sets.map { "\($0)_20250919T223000Z.csv" })
    #expect(mode(made.path) == 0o600)
    #expect(mode("\(made.path).proof.json") == 0o600)
    #expect(made.csvFiles.allSatisfy { mode($0) == 0o600 })
    #expect(mode(home.folder) == 0o700)
    #expect(try fileSize(made.path) == made.size)
  }

  @Test func `an archive holds the database, the seven CSV files, settings and manifest`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let reader = try ArchiveReader(path: made.path)
    var names: [String] = []
    while let entry = try reader.next() { names.append(entry.name) }
    #expect(
      names == [
        "appliance.db", "ohlc_hourly_20250919T223000Z.csv", "sentiment_daily_20250919T223000Z.csv",
        "etf_flows_daily_20250919T223000Z.csv", "daily_market_snapshot_20250919T223000Z.csv",
        "daily_bar_20250919T223000Z.csv", "news_article_20250919T223000Z.csv", "market_event_20250919T223000Z.csv",
        "settings.env", "manifest.json",
      ])
  }

  @Test func `CSV files have the columns of the views, by key, with quotes where RFC 4180 asks for them`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database, hours: 2)
    let made = try home.backups().create()
    let texts = try made.csvFiles.map { String(decoding: try bytes($0), as: UTF8.self) }
    #expect(
      texts[0] == """
        asset,ts_utc,open,high,low,close,volume,session,source
        BTC,2025-09-16T00:00:00Z,60000,60010.1,59990.3,60000.3,0,ASIA,binance
        BTC,2025-09-16T01:00:00Z,60001.25,60011.35,59991.55,60001.55,0.1,ASIA,binance

        """)
    #expect(
      texts[1] == """
        as_of_date,fng_value,classification
        2025-09-16,52,Neutral
        2025-09-17,71,"Greed, ""hot\"""

        """)
    #expect(
      texts[2] == "as_of_date,ticker,net_flow_usd\n2025-09-16,IBIT,-1500000\n2025-09-17,IBIT,\n")
    #expect(texts[3].hasPrefix("as_of_date,asset,open,high,low,close,volume,change_24h,"))
    #expect(texts[4] == "asset,ts_utc,open,high,low,close,volume,source\n")
    #expect(
      texts[3].hasSuffix(
        "2025-09-16,BTC,60000,60100.5,59990.25,60001,27.6,,,0.001,-0.002,,52,Neutral,-1500000,,24,24,1,binance\n"))
  }

  @Test func `without a CSV folder the files are in the archive only`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups(csv: false).create()
    #expect(made.csvFiles.isEmpty)
    #expect(home.names(home.csvFolder).isEmpty)
    #expect(try home.backups(csv: false).verify(made.name).rows == made.rows)
  }

  @Test func `a second backup in the same second gets a number and replaces nothing`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let first = try home.backups().create()
    let before = try bytes(first.path)
    let second = try home.backups().create()
    #expect(second.name == "appliance_20250919T223000Z-2.tar.zst")
    #expect(try bytes(first.path) == before)
    #expect(home.names(home.csvFolder).count == 14)
  }

  @Test func `a setting named like a key is left out`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups(settings: [
      .init(name: "LOG_LEVEL", value: "debug info"), .init(name: "FRED_API_KEY", value: "abcdef0123"),
    ]).create()
    let reader = try ArchiveReader(path: made.path)
    var settings = ""
    while let entry = try reader.next() {
      if entry.name == "settings.env" { settings = String(decoding: try reader.readAll(limit: 1000), as: UTF8.self) }
    }
    #expect(settings == "LOG_LEVEL=\"debug info\"\n# FRED_API_KEY is left out\n")
  }

  @Test func `settings read back as they were`() throws {
    let values = ["plain", "", "two words", "quote\" slash\\ dollar$ line\nend # no comment", "umläut"]
    let settings = values.enumerated().map { Backups.Setting(name: "S\($0)", value: $1) }
    let read = try DotEnv(Array(settingsText(settings).utf8))
    #expect(read.entries.map(\.value) == values)
  }

  @Test func `without a database there is nothing to back up`() throws {
    let home = try TestHome()
    #expect(throws: BackupError.store(.noDatabase(path: home.database))) { try home.backups().create() }
    #expect(home.names(home.folder).isEmpty)
  }

  @Test func `a full disk leaves nothing behind`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    var backups = home.backups()
    backups.throughSink = { FullDisk(next: $0, room: 3000) }
    #expect(throws: BackupError.diskFull(path: "/full")) { try backups.create() }
    #expect(home.names(home.folder).isEmpty)
    #expect(home.names(home.csvFolder).isEmpty)
  }

  @Test func `a disk that loses a byte is noticed before the backup is announced`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    var backups = home.backups()
    backups.throughSink = { LyingDisk(next: $0) }
    #expect { try backups.create() } throws: { ($0 as? BackupError)?.isIntegrity == true }
    #expect(home.names(home.folder).isEmpty)
  }

  @Test func `a database whose rows point nowhere is named`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    try market.store.queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; DELETE FROM etf; PRAGMA foreign_keys = ON")
    }
    #expect(
      throws: BackupError.integrity(
        path: home.database,
        detail: "the database is damaged: a row of etf_flow points to a row of etf that is missing")
    ) { try home.backups().create() }
    #expect(home.names(home.folder).isEmpty)
  }

  @Test(arguments: [5, 12, 20])
  func `a database with a damaged page is not backed up, and named`(page: Int) throws {
    let home = try TestHome()
    try SmallMarket.filled(home.database).store.queue.close()
    var content = try bytes(home.database)
    #expect(content.count > page * 16_384 + 16_384)
    for offset in 0..<16_384 { content[page * 16_384 + offset] = UInt8(truncatingIfNeeded: offset &* 31 &+ 7) }
    try write(content, to: home.database)
    #expect { try home.backups().create() } throws: { isIntegrity($0, naming: home.database) }
    #expect(home.names(home.folder).isEmpty)
  }

  @Test func `scratch folders of dead processes are removed, those of living ones stay`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    try Folder.create("\(home.folder)/.scratch-2147483646-dead")
    try write([1], to: "\(home.folder)/.scratch-2147483646-dead/copy.db")
    let living = try Scratch(in: home.folder)
    _ = try home.backups().create()
    #expect(home.names(home.folder).filter { $0.hasPrefix(".") } == [FilePath.name(of: living.path)])
    #expect(mode(living.path) == 0o700)
  }
}

/// A disk on which only so many bytes find room.
private final class FullDisk: ByteSink {
  private let next: any ByteSink
  private var room: Int

  init(next: any ByteSink, room: Int) {
    self.next = next
    self.room = room
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    room -= bytes.count
    guard room >= 0 else { throw .failed(.write, path: "/full", code: 28) }
    try next.write(bytes)
  }
}

/// A disk that stores another byte than it was given.
private final class LyingDisk: ByteSink {
  private let next: any ByteSink
  private var written = 0

  init(next: any ByteSink) { self.next = next }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var copy = Array(bytes)
    if (written..<written + copy.count).contains(2000) { copy[2000 - written] ^= 1 }
    written += copy.count
    try next.write(copy)
  }
}
