import Foundation
import Support
import Synchronization
import Testing

/// A record that somebody moves, replaces or removes while a run writes it.
@Suite struct DisplacedRecordTests {
  enum Mischief: CaseIterable, Sendable { case removed, moved, replaced }

  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  private static func happen(_ mischief: Mischief, to path: String) {
    switch mischief {
    case .removed: unlink(path)
    case .moved: rename(path, path + ".elsewhere")
    case .replaced:
      try? Data(contentsOf: URL(fileURLWithPath: path)).write(to: URL(fileURLWithPath: path + ".copy"))
      rename(path + ".copy", path)
    }
  }

  /// A server that does it when it is first asked.
  private func server(_ mischief: Mischief, to path: String) throws -> LoopbackServer {
    let isDone = Mutex(false)
    return try LoopbackServer { _ in
      let isFirst = isDone.withLock { isDone in
        defer { isDone = true }
        return !isDone
      }
      if isFirst { Self.happen(mischief, to: path) }
      return .json("[]")
    }
  }

  @Test(arguments: Mischief.allCases, ["", ".lock"])
  func `the run ends with 7 and claims nothing`(mischief: Mischief, suffix: String) async throws {
    let server = try server(mischief, to: scratch.file("appliance.db" + suffix))
    let ended = try await ApplianceProcess(
      arguments: ["ingest", "--home", scratch.path], environment: ["APPLIANCE_BASE_URL": server.url]
    ).run()
    #expect(ended.exit == 7)
    #expect(ended.output == "")
    #expect(ended.talk.contains("was moved, replaced or removed while"))
    #expect(!ended.talk.contains("Done"))
  }

  @Test func `programs are told the same`() async throws {
    let server = try server(.removed, to: scratch.file("appliance.db"))
    let ended = try await ApplianceProcess(
      arguments: ["ingest", "--json", "--home", scratch.path], environment: ["APPLIANCE_BASE_URL": server.url]
    ).run()
    #expect(ended.exit == 7)
    #expect(ended.output.hasPrefix(#"{"version":1,"outcome":"failed","exit":7,"error":"#))
  }

  @Test func `the next run begins as if there had been none`() async throws {
    let server = try server(.moved, to: scratch.file("appliance.db"))
    let run = ApplianceProcess(
      arguments: ["ingest", "--no-backup", "--home", scratch.path], environment: ["APPLIANCE_BASE_URL": server.url])
    #expect(try await run.run().exit == 7)
    #expect(try await run.run().exit != 7)
    let doctor = try await ApplianceProcess(arguments: ["doctor", "--offline", "--home", scratch.path]).run()
    #expect(!doctor.output.contains("problem  integrity"))
  }
}
