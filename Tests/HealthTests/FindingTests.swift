import Market
import SQLite
import Store
import Testing

@testable import Health

@Suite struct FindingTests {
  private let other = Finding.problem("a", "b", nil)
  private let damage = Finding.problem("a", "b", nil, .damage)

  @Test func `no database goes before damage, damage before the rest`() {
    let missing = Finding.problem("a", "b", nil, .noDatabase)
    #expect([Finding.ok("a", "b"), .warning("a", "b", "c")].worst == nil)
    #expect([other, damage].worst == .damage)
    #expect([other, damage, missing].worst == .noDatabase)
    #expect([Finding.ok("a", "b"), other].worst == .other)
  }

  @Test func `what it is for programs`() {
    #expect(
      Finding.warning("disk", "1 MB free", "free some").json
        == ["check": "disk", "state": "warning", "text": "1 MB free", "hint": "free some"])
    #expect(other.json == ["check": "a", "state": "problem", "text": "b", "hint": nil])
  }

  @Test(
    arguments: [
      (.noDatabase(path: "x"), .noDatabase), (.corrupt(path: "x", detail: "y"), .damage),
      (.foreign(path: "x", found: "y"), .damage), (.diskFull(path: "x"), .other),
    ] as [(StoreError, Finding.Problem)])
  func `a file that cannot be read is a problem of its kind`(error: StoreError, expected: Finding.Problem) {
    #expect(Finding.Problem(error) == expected)
  }
}
