import Foundation
import Testing

@testable import Store

@Suite struct HostileStatementsTests {
  let record: AskedRecord
  init() throws { record = try AskedRecord() }

  private var limits: QueryLimits { QueryLimits(time: nil, steps: 1_000_000) }

  @Test(arguments: HostileStatements.all)
  func `a hostile statement gets no answer and leaves no trace`(sql: String) throws {
    let before = try record.bytes()
    let names = try FileManager.default.contentsOfDirectory(atPath: record.folder.path).sorted()
    let door = GuardedQuery(record.path, limits: limits)
    #expect(throws: QueryError.self) { try record.ask(door, Query(sql)) }
    #expect(try record.bytes() == before)
    // Looking at it first, as saving does, is as harmless.
    _ = try? GuardedQuery(record.path, limits: limits).check(sql)
    #expect(try record.bytes() == before)
    let left = try FileManager.default.contentsOfDirectory(atPath: record.folder.path)
    #expect(
      left.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted()
        == names.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") })
    #expect(!FileManager.default.fileExists(atPath: "/tmp/appliance-hostile.db"))
    #expect(try record.ask("SELECT count(*) FROM bar") == ["count(*)", "48"])
  }

  @Test(arguments: HostileStatements.writing + HostileStatements.reaching)
  func `what is refused is told with the reason and the next step`(sql: String) throws {
    let error = #expect(throws: QueryError.self) {
      try record.ask(GuardedQuery(record.path, limits: limits), Query(sql))
    }
    let text = try #require(error).description
    // Some are no names or no syntax here, which is a reason as well; each says what to do.
    #expect(
      ["SELECT", "appliance", "https://"].contains { text.contains($0) }, "\(text)")
    #expect(!text.contains("not authorized"))
  }

  @Test func `there are more than a hundred of them`() {
    #expect(Set(HostileStatements.all).count >= 140)
  }
}
