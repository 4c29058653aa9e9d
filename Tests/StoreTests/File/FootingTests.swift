import Foundation
import GRDB
import Market
import SQLite
import Testing

@testable import Store

/// Moves, replaces or removes a file behind the back of its writer.
enum Mischief: CaseIterable, Sendable {
  case move, replaceByCopy, replaceByEmpty, remove, link

  func happen(to path: String) throws {
    let files = FileManager.default
    switch self {
    case .move: try files.moveItem(atPath: path, toPath: path + ".elsewhere")
    case .replaceByCopy:
      try files.copyItem(atPath: path, toPath: path + ".copy")
      #expect(rename(path + ".copy", path) == 0)
    case .replaceByEmpty:
      try files.removeItem(atPath: path)
      #expect(files.createFile(atPath: path, contents: nil))
    case .remove: try files.removeItem(atPath: path)
    case .link:
      try files.moveItem(atPath: path, toPath: path + ".elsewhere")
      try files.createSymbolicLink(atPath: path, withDestinationPath: path + ".elsewhere")
    }
  }
}

@Suite struct FootingTests {
  let folder: TemporaryFolder
  var path: String { folder.file("appliance.db") }

  init() throws { folder = try TemporaryFolder() }

  private func expectDisplaced(_ file: String, _ body: () throws -> Void) {
    let error = #expect(throws: StoreError.displaced(path: file, database: path)) { try body() }
    #expect(error?.isIntegrity == true)
  }

  @Test(arguments: Mischief.allCases, ["", ".lock"])
  func `a commit sees that its file or lock is not where it was, and is undone`(mischief: Mischief, suffix: String)
    throws
  {
    let rig = try Rig(try Store.writing(path, command: "ingest"))
    try rig.store(.bars([Bar(hour: 0, close: 5)]), of: Known.bars)
    try mischief.happen(to: path + suffix)
    expectDisplaced(path + suffix) { try rig.store(.bars([Bar(hour: 1, close: 6)]), of: Known.bars) }
    expectDisplaced(path + suffix) { try rig.store.checkFooting() }
    #expect(try rig.rows("SELECT count(*) FROM bar") == ["1"])
  }

  @Test(arguments: ["", ".lock"])
  func `so does one of thousands of rows`(suffix: String) throws {
    let rig = try Rig(try Store.writing(path, command: "ingest"))
    let fetch = try rig.fetch()
    try Mischief.remove.happen(to: path + suffix)
    let bars = (0..<StoredFacts.bulkRows).map { Bar(hour: $0, close: 5) }
    expectDisplaced(path + suffix) {
      _ = try rig.store.facts.store(
        Reading(series: Known.bars, facts: .bars(bars), covers: nil), from: fetch, step: nil, at: Rig.start)
    }
    #expect(try rig.rows("SELECT count(*) FROM bar") == ["0"])
  }

  @Test func `a draft whose lock was taken away gets no name`() throws {
    let draft = try StoreDraft(path, command: "import")
    try Mischief.remove.happen(to: path + ".lock")
    #expect(throws: StoreError.self) { try draft.publish() }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a file that is where it was is written, also through a folder of another name`() throws {
    let alias = folder.file("alias")
    try FileManager.default.createSymbolicLink(atPath: alias, withDestinationPath: folder.path)
    let rig = try Rig(try Store.writing(alias + "/appliance.db", command: "ingest"))
    try rig.store(.bars([Bar(hour: 0, close: 5)]), of: Known.bars)
    try rig.store.checkFooting()
  }

  @Test func `the words say which file it was and what to do`() {
    let error = StoreError.displaced(path: "/a/appliance.db.lock", database: "/a/appliance.db")
    #expect(error.description.hasPrefix("/a/appliance.db.lock was moved, replaced or removed while /a/appliance.db"))
  }
}
