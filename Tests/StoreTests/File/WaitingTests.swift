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

  @Test func `also where that work failed`() throws {
    #expect(throws: Fault.self) { try store.withoutWaitingForTheDisk { throw Fault() } }
    #expect(try store.rows("PRAGMA synchronous") == ["2"])
  }
}
