import Formats
import Market
import SQLite
import Testing

@testable import Backups
@testable import Store

@Suite struct BackupsRestoreTests {
  @Test func `a restored database equals the one that was backed up`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let target = "\(home.path)/elsewhere/copy.db"
    let restored = try home.backups().restore(made.name, to: target)
    #expect(restored.path == target)
    #expect(restored.keptOld == nil)
    #expect(try contents(target) == contents(home.database))
    #expect(mode(target) == 0o600)
    #expect(home.names("\(home.path)/elsewhere") == ["copy.db"])
  }

  @Test func `an existing file is refused without force and stays as it is`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let before = try contents(home.database)
    #expect(throws: BackupError.exists(path: home.database)) { try home.backups().restore(made.name) }
    #expect(try contents(home.database) == before)
  }

  @Test func `with force the old file is kept under another name, and both can be opened`() throws {
    let home = try TestHome()
    var market: SmallMarket? = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let backedUp = try contents(home.database)
    try market?.add(hours: 60..<90)
    let later = try contents(home.database)
    market = nil
    let restored = try home.backups().restore(made.name, force: true)
    #expect(restored.keptOld == "\(home.database).before-restore-20250919T223000Z")
    #expect(try contents(home.database) == backedUp)
    #expect(try contents(restored.keptOld ?? "") == later)
    #expect(try SmallMarket(home.database).store.catalogue.series(SmallMarket.bitcoin)?.count == 60)
  }

  @Test func `what a dead run left in the log goes with the old file, never into the new one`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let backedUp = try contents(home.database)
    let later = try layLog(beside: home.database)
    let restored = try home.backups().restore(made.name, force: true)
    #expect(try contents(home.database) == backedUp)
    #expect(try contents(restored.keptOld ?? "") == later)
  }

  @Test func `the log of a file that is too damaged to be opened is kept beside it`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let backedUp = try contents(home.database)
    let damaged = [UInt8](repeating: 7, count: 9000)
    try write(damaged, to: home.database)
    try write([1, 2, 3], to: "\(home.database)-wal")
    let restored = try home.backups().restore(made.name, force: true)
    #expect(try contents(home.database) == backedUp)
    #expect(try bytes(restored.keptOld ?? "") == damaged)
    #expect(!isThere("\(home.database)-wal"))
  }

  @Test func `a stale log where there is no database is moved out of the way`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    _ = try layLog(beside: "\(home.path)/other.db")
    try remove("\(home.path)/other.db")
    _ = try home.backups().restore(made.name, to: "\(home.path)/other.db")
    #expect(try contents("\(home.path)/other.db") == contents(home.database))
    #expect(isThere("\(home.path)/other.db.before-restore-20250919T223000Z-wal"))
  }

  @Test func `while another run writes, a restore is refused and says who it is`() throws {
    let home = try TestHome()
    let market = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    #expect { try home.backups().restore(made.name, force: true) } throws: { error in
      if case .store(.locked(home.database, let holder)) = error as? BackupError {
        holder.hasSuffix("test")
      } else {
        false
      }
    }
    #expect(try market.store.catalogue.series(SmallMarket.bitcoin)?.count == 60)
    #expect(home.names(home.path).filter { $0.contains("before-restore") || $0.hasPrefix(".") }.isEmpty)
  }

  @Test func `a second restore keeps the first one's old file`() throws {
    let home = try TestHome()
    _ = try SmallMarket.filled(home.database)
    let made = try home.backups().create()
    let first = try home.backups().restore(made.name, force: true)
    let second = try home.backups().restore(made.name, force: true)
    #expect(first.keptOld != second.keptOld)
    #expect(isThere(first.keptOld ?? ""))
  }
}

/// Leaves a database at the path with a log beside it that holds rows, as a killed run does; tells what both hold.
private func layLog(beside path: String) throws -> [TableContent] {
  let market = try SmallMarket.filled(path, hours: 70)
  try market.add(hours: 70..<80)
  let (file, log) = (try bytes(path), try bytes("\(path)-wal"))
  let held = try contents(path)
  try market.store.queue.close()
  try write(file, to: path)
  try write(log, to: "\(path)-wal")
  return held
}

private func remove(_ path: String) throws {
  guard unlink(path) == 0 else { throw TestFault(what: "cannot remove \(path)") }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
