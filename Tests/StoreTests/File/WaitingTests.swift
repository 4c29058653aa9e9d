import Testing

@testable import Store

@Suite struct WaitingTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "import")
  }

  private struct Fault: Error {}

  @Test func `the disk is waited for again after work that did not`() throws {
    let within = try store.withoutWaitingForTheDisk { try store.rows("PRAGMA synchronous") }
    #expect(within == ["1"])
    #expect(try store.rows("PRAGMA synchronous") == ["2"])
  }

  @Test func `rows are looked at again after work that looked at them itself`() throws {
    let looks =
      "SELECT foreign_keys, ignore_check_constraints FROM pragma_foreign_keys, pragma_ignore_check_constraints"
    let within = try store.withoutLooking(at: [.references, .constraints]) {
      // What is written within it switches nothing.
      try store.write(unseen: .references) { _ in }
      return try store.rows(looks)
    }
    #expect(within == ["0|1"])
    #expect(try store.rows(looks) == ["1|0"])
    #expect(throws: Fault.self) { try store.withoutLooking(at: .references) { throw Fault() } }
    #expect(try store.rows(looks) == ["1|0"])
  }

  @Test func `also where that work failed`() throws {
    #expect(throws: Fault.self) { try store.withoutWaitingForTheDisk { throw Fault() } }
    #expect(try store.rows("PRAGMA synchronous") == ["2"])
  }
}
