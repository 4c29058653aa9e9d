import Backups
import Market
import Store
import Support
import Testing

@testable import Health

@Suite struct DatabaseChecksTests {
  private struct Unset: Error {}

  private func findings(of path: String, _ backups: Backups, throwing: Bool = false) -> [Finding] {
    DatabaseChecks(path: path, clock: .standing(at: Known.now), closedBackups: backups) {
      if throwing { throw Unset() }
      return backups
    }.findings
  }

  @Test func `a sound file has no problem, and wants a backup`() throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Known.now.floored(to: 3600) - 3600)])
    let findings = findings(of: record.store.path, record.backups)
    #expect(
      findings.map(\.subject) == [
        "database", "lock", "schema", "integrity", "references", "kept answers", "last run", "backups",
      ])
    #expect(findings.worst == nil)
    #expect(findings.last?.state == .warning)
    #expect(findings.last?.hint == "`appliance backup create` makes and proves one")
  }

  @Test func `no file is told alone`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("appliance.db")
    let findings = findings(of: path, try SmallRecord().backups)
    #expect(findings.map(\.text) == ["none at \(path)"])
    #expect(findings.worst == .noDatabase)
  }

  @Test func `another program's file is damage`() throws {
    let folder = try TemporaryFolder()
    try folder.write("not a database", to: "appliance.db")
    #expect(findings(of: folder.file("appliance.db"), try SmallRecord().backups).worst == .damage)
  }

  @Test func `a setting of the backups that cannot be used costs their checks only`() throws {
    let record = try SmallRecord()
    try record.run([.hours(through: Known.now.floored(to: 3600) - 3600)])
    let findings = findings(of: record.store.path, record.backups, throwing: true)
    #expect(findings.last?.subject == "backup folders")
    #expect(findings.worst == .other)
    #expect(findings.contains { $0.subject == "integrity" && $0.state == .ok })
  }
}
