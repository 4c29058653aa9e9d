import Foundation
import Testing

@testable import Queries
@testable import Store

@Suite struct HostileStatementsTests {
  /// One file for all: nothing may change it, neither here nor there.
  private static let shared = Result { try AskedRecord() }

  let record: AskedRecord
  init() throws { record = try Self.shared.get() }

  private var limits: QueryLimits { QueryLimits(time: nil, steps: 1_000_000) }

  /// The names in the folder; the log and its index come and go with connections.
  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: record.folder.path)
      .filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted()
  }

  @Test(arguments: HostileStatements.all)
  func `a hostile statement gets no answer and leaves no trace`(sql: String) throws {
    let before = try record.bytes()
    #expect(throws: QueryError.self) { try record.ask(GuardedQuery(record.path, limits: limits), Query(sql)) }
    // Looking at it first, as saving does, is as harmless.
    _ = try? GuardedQuery(record.path, limits: limits).check(sql)
    #expect(try record.bytes() == before)
    #expect(try names() == ["appliance.db", "appliance.db.lock"])
    #expect(!FileManager.default.fileExists(atPath: "/tmp/appliance-hostile.db"))
    #expect(try record.ask("SELECT count(*) FROM bar") == ["count(*)", "48"])
  }

  @Test(arguments: HostileStatements.toothless)
  func `a statement that only looks hostile is answered, and leaves no trace`(sql: String) throws {
    let before = try record.bytes()
    #expect(try record.ask(sql, limits: limits).count > 1)
    #expect(try record.bytes() == before)
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
