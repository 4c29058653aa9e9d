import Foundation
import Market
import SQLite
import Schema
import Testing

@testable import Store

@Suite struct StoreDraftTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("appliance.db") }

  init() throws { folder = try TemporaryFolder() }

  private func names() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)).subtracting(["appliance.db.lock"])
  }

  @Test func `it bears the name when it is published, and is a record like any other`() throws {
    let draft = try StoreDraft(path, command: "import")
    let rig = try Rig(draft.store)
    let bars = Facts.bars((0..<5).map { Bar(hour: $0) })
    let counts = try rig.store.facts.store(
      Reading(series: Known.bars, facts: bars, covers: nil), from: try rig.fetch(), step: nil, at: Rig.start)
    #expect(counts.new == 5)
    #expect(try names() == ["appliance.db.draft"])
    try draft.publish()
    #expect(try names() == ["appliance.db"])
    #expect(folder.permissions(of: "appliance.db") == 0o600)
    let reader = try Store.reading(path)
    #expect(try reader.catalogue.series(Known.bars)?.count == 5)
    #expect(try reader.structuralFaults() == [])
    #expect(try reader.identity() != nil)
  }

  @Test func `one that is not published is gone, and holds the name until then`() throws {
    do {
      let draft = try StoreDraft(path, command: "import")
      #expect(Store.writer(of: path) == "process \(getpid()), import")
      #expect(throws: StoreError.self) { try Store.writing(path, command: "ingest") }
      #expect(throws: StoreError.self) { try StoreDraft(path, command: "import") }
      withExtendedLifetime(draft) {}
    }
    #expect(try names() == [])
    #expect(Store.writer(of: path) == nil)
  }

  #if os(Linux)
    @Test func `nothing is open of one that is published: closing it would unlock whoever opened it by its name`()
      throws
    {
      let place = "/\(URL(fileURLWithPath: folder.path).lastPathComponent)/appliance.db"
      func open() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { number in
          let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
          return file.map { $0.contains(place) && !$0.contains(".lock") } ?? false
        }
      }
      let draft = try StoreDraft(path, command: "import")
      #expect(try open() > 1)
      try draft.publish()
      #expect(try open() == 0)
      withExtendedLifetime(draft) {}
    }
  #endif

  @Test(arguments: [true, false])
  func `what a process that died left is removed by the next writer`(byDraft: Bool) throws {
    try folder.write(Array("rest".utf8), to: "appliance.db.draft")
    if byDraft {
      try StoreDraft(path, command: "import").publish()
    } else {
      _ = try Store.writing(path, command: "ingest")
    }
    #expect(try !names().contains("appliance.db.draft"))
    #expect(try Store.reading(path).schemaVersion() == Migration.latest)
  }

  @Test func `a name that was taken meanwhile is left alone`() throws {
    let draft = try StoreDraft(path, command: "import")
    try folder.write(Array("other".utf8), to: "appliance.db")
    #expect(throws: StoreError.self) { try draft.publish() }
    #expect(try folder.contents()["appliance.db"] == Array("other".utf8))
  }
}
