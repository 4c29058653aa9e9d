import Foundation
import GRDB
import Market
import SQLite
import Schema
import Testing

@testable import Store

@Suite struct StoreFileTests {
  let folder: TemporaryFolder
  var path: String { folder.file("appliance.db") }

  init() throws { folder = try TemporaryFolder() }

  @Test func `a new file belongs to its owner alone, and so do its log and its lock`() throws {
    let store = try Store.writing(path, command: "ingest")
    _ = try Rig(store)
    #expect(folder.permissions(of: "appliance.db") == 0o600)
    #expect(folder.permissions(of: "appliance.db-wal") == 0o600)
    #expect(folder.permissions(of: "appliance.db-shm") == 0o600)
    #expect(folder.permissions(of: "appliance.db.lock") == 0o600)
  }

  @Test func `what was committed is there when the file is opened again`() throws {
    do {
      let rig = try Rig(try Store.writing(path, command: "ingest"))
      try rig.store(.bars([Bar(hour: 0)]), of: Known.bars, covers: hours(0...0))
    }
    #expect(try Store.reading(path).catalogue.series(Known.bars)?.count == 1)
    #expect(try Store.writing(path, command: "ingest").catalogue.series(Known.bars)?.count == 1)
  }

  @Test func `a commit is as safe as SQLite can make it`() throws {
    let store = try Store.writing(path, command: "ingest")
    #expect(try store.rows("PRAGMA synchronous") == ["2"])
    #expect(try store.rows("PRAGMA journal_mode") == ["wal"])
    #expect(try store.rows("PRAGMA foreign_keys") == ["1"])
  }

  @Test func `reading a file that is not there makes none`() throws {
    #expect(throws: StoreError.noDatabase(path: path)) { try Store.reading(path) }
    #expect(try folder.contents().isEmpty)
  }

  @Test func `a reader sees what the writer beside it commits`() throws {
    let rig = try Rig(try Store.writing(path, command: "ingest"))
    let reader = try Store.reading(path)
    #expect(try reader.catalogue.series(Known.bars)?.count == 0)
    try rig.store(.bars([Bar(hour: 0)]), of: Known.bars, covers: hours(0...0))
    #expect(try reader.catalogue.series(Known.bars)?.count == 1)
  }

  @Test func `a reader cannot write`() throws {
    _ = try Rig(try Store.writing(path, command: "ingest"))
    let reader = try Store.reading(path)
    #expect(throws: StoreError.self) { try reader.setMeta("origin", "demo") }
  }

  @Test func `a reader that leaves changes no byte of the file`() throws {
    do { _ = try Rig(try Store.writing(path, command: "ingest")) }
    let before = try folder.contents()["appliance.db"]
    do { _ = try Store.reading(path).catalogue.series() }
    #expect(try folder.contents()["appliance.db"] == before)
  }

  @Test func `a file in a folder that cannot be written can be read`() throws {
    do {
      let rig = try Rig(try Store.writing(path, command: "ingest"))
      try rig.store(.bars([Bar(hour: 0)]), of: Known.bars, covers: hours(0...0))
    }
    chmod(path, 0o444)
    chmod(folder.path, 0o555)
    defer { chmod(folder.path, 0o755) }
    let count = try asOrdinaryUser { try Store.reading(path).catalogue.series(Known.bars)?.count }
    #expect(count == 1)
    #expect(try folder.contents().keys.sorted() == ["appliance.db", "appliance.db.lock"])
  }

  @Test func `a name with signs that mean something in an address is read all the same`() throws {
    let odd = folder.file("50% #1?.db")
    do { _ = try Rig(try Store.writing(odd, command: "ingest")) }
    chmod(odd, 0o444)
    chmod(folder.path, 0o555)
    defer { chmod(folder.path, 0o755) }
    #expect(try asOrdinaryUser { try Store.reading(odd).catalogue.assets().map(\.symbol) } == ["BTC"])
  }
}

/// What is no file of ours is refused and left byte for byte as it was.
@Suite struct ForeignFileTests {
  let folder: TemporaryFolder
  var path: String { folder.file("appliance.db") }

  init() throws { folder = try TemporaryFolder() }

  private func expectRefusal(by open: (String) throws -> Store, _ isExpected: (StoreError) -> Bool) throws {
    let before = try folder.contents()
    let error = #expect(throws: StoreError.self) { _ = try open(path) }
    #expect(error.map(isExpected) == true, "\(String(describing: error))")
    #expect(try folder.contents() == before)
  }

  private func foreign(_ error: StoreError) -> Bool {
    if case .foreign(path, _) = error { true } else { false }
  }

  private func foreignDatabase(_ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in try db.execute(sql: sql) }
    try queue.close()
  }

  @Test(arguments: Opening.allCases)
  func `another program's database`(opening: Opening) throws {
    try foreignDatabase("CREATE TABLE track (id INTEGER PRIMARY KEY, title TEXT)")
    try expectRefusal(by: opening.open, foreign)
  }

  @Test(arguments: Opening.allCases)
  func `another program's database with a mark and a log of its own`(opening: Opening) throws {
    try foreignDatabase("PRAGMA journal_mode = WAL; PRAGMA application_id = 4711; CREATE TABLE track (title TEXT)")
    try expectRefusal(by: opening.open, foreign)
  }

  @Test(arguments: Opening.allCases)
  func `text`(opening: Opening) throws {
    try folder.write(Array(repeating: UInt8(ascii: "x"), count: 5000), to: "appliance.db")
    try expectRefusal(by: opening.open, foreign)
  }

  @Test(arguments: Opening.allCases)
  func `a few bytes`(opening: Opening) throws {
    try folder.write([1, 2, 3], to: "appliance.db")
    try expectRefusal(by: opening.open, foreign)
  }

  @Test(arguments: Opening.allCases)
  func `a file of a newer version`(opening: Opening) throws {
    do {
      let store = try Store.writing(path, command: "ingest")
      try store.queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA user_version = 999") }
    }
    let newer = StoreError.newer(path: path, version: 999, known: Migration.latest)
    try expectRefusal(by: opening.open) { $0 == newer }
  }

  @Test(arguments: Opening.allCases)
  func `a link, even to a file of ours`(opening: Opening) throws {
    do { _ = try Rig(try Store.writing(folder.file("real.db"), command: "ingest")) }
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.file("real.db"))
    try expectRefusal(by: opening.open) { $0 == .notAFile(path: path) }
  }

  @Test(arguments: Opening.allCases)
  func `a link to nowhere`(opening: Opening) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.file("nowhere"))
    try expectRefusal(by: opening.open) { $0 == .notAFile(path: path) }
  }

  @Test(arguments: Opening.allCases)
  func `a folder`(opening: Opening) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try expectRefusal(by: opening.open) { $0 == .notAFile(path: path) }
  }

  @Test func `an empty file is no database to a reader`() throws {
    try folder.write([], to: "appliance.db")
    try expectRefusal(by: { try Store.reading($0) }) { $0 == .noDatabase(path: path) }
  }

  @Test func `an empty file, as a kill in the first moment leaves it, is filled by the writer`() throws {
    try folder.write([], to: "appliance.db")
    _ = try Rig(try Store.writing(path, command: "ingest"))
    #expect(try Store.reading(path).catalogue.assets().map(\.symbol) == ["BTC"])
  }

  @Test func `a folder that is not there is named`() throws {
    let path = folder.file("nowhere/appliance.db")
    let error = #expect(throws: StoreError.self) { _ = try Store.writing(path, command: "ingest") }
    #expect(error.map { "\($0)".contains("nowhere") } == true)
  }

  @Test(arguments: [
    StoreError.noDatabase(path: "/x/a.db"), .foreign(path: "/x/a.db", found: "text"),
    .newer(path: "/x/a.db", version: 9, known: 1), .locked(path: "/x/a.db", holder: "process 1, ingest"),
    .corrupt(path: "/x/a.db", detail: "page 7"), .diskFull(path: "/x/a.db"),
    .notWritable(path: "/x/a.db", detail: "read-only"), .notAFile(path: "/x/a.db"),
    .mixedOrigin(path: "/x/a.db", holds: "live", offered: "demo"),
  ])
  func `every fault of the file names the file`(error: StoreError) {
    #expect(error.description.contains("/x/a.db"))
  }
}

enum Opening: CaseIterable {
  case reading, writing

  func open(_ path: String) throws -> Store {
    switch self {
    case .reading: try Store.reading(path)
    case .writing: try Store.writing(path, command: "ingest")
    }
  }
}
