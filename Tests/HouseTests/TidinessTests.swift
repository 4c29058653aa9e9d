import Foundation
import Testing

@Suite struct TidinessTests {
  private static let longest = 350

  /// Files that a program made.
  private static let generated: Set<String> = ["seeds/DemoCaptureBytes.swift"]

  /// Where a trap is right: our own mistake, never data. Each with its reason in the code.
  private static let mayTrap: Set<String> = []

  /// All that may lie at the top of the repository besides dot files.
  private static let top: Set<String> = [
    "Package.swift", "Sources", "Tests", "seeds", "backups", "README.md", "Makefile",
  ]

  private static func files() throws -> [Repository.File] {
    try Repository.swiftFiles(in: "Sources") + Repository.swiftFiles(in: "seeds")
  }

  @Test func `no file is too long to be read in one go`() throws {
    let long = try Self.files().filter { !Self.generated.contains($0.path) && $0.lines.count > Self.longest }
    #expect(long.map { "\($0): \($0.lines.count) lines" } == [])
  }

  @Test(arguments: ["try!", "fatalError(", "preconditionFailure(", "as!"])
  func `nothing traps on what comes from outside`(word: String) throws {
    let trapping = try Self.files().filter { !Self.mayTrap.contains($0.path) }.flatMap { file in
      file.lines.enumerated().filter { _, line in
        line.contains(word) && !line.drop { $0 == " " }.hasPrefix("//")
      }.map { "\(file):\($0.offset + 1)" }
    }
    #expect(trapping == [])
  }

  @Test func `time comes from one clock`() throws {
    let calls = ["Date()", "Date.now", "gettimeofday(", "clock_gettime(", "time(nil)"]
    let found = try Self.files().filter { $0.path != "Sources/Market/Time/Clock.swift" }.filter { file in
      calls.contains { file.text.contains($0) }
    }
    #expect(found.map(\.path) == [])
  }

  /// Files that wait for so long, with what they do it by; how long anything took decides nothing there.
  private static let mayWait: Set<String> = [
    "Tests/Support/LoopbackServerSocket.swift: po" + "ll(",  // A server that lets its client wait.
    "Tests/Fuzz/FuzzRun.swift: wait(time" + "out:",  // Looks from time to time how much work a child has done.
    "Tests/Fuzz/FuzzRun.swift: now() " + "+ ",
  ]

  /// What ends something by a clock, or only lets time pass.
  @Test(arguments: [
    ".time" + "Limit(.", "Task.sleep" + "(", "Thread.sleep" + "(", "usl" + "eep(", "nanosl" + "eep(",
    "async" + "After(",
    "po" + "ll(", "sel" + "ect(", "wait(time" + "out:", "now() " + "+ ", "al" + "arm(", "itimer" + "(",
    "makeTimer" + "Source",
    "SO_RCV" + "TIMEO",
  ])
  func `no test depends on how busy the machine is`(word: String) throws {
    let found = try Repository.swiftFiles(in: "Tests").filter { $0.text.contains(word) }
    #expect(found.map { "\($0.path): \(word)" }.filter { !Self.mayWait.contains($0) } == [])
  }

  @Test func `the top level holds what was agreed on and nothing else`() throws {
    let ignored = try ignoredAtTop()
    let found = try Repository.entries(of: "").filter {
      !$0.hasPrefix(".") && !Self.top.contains($0) && !ignored.contains($0) && !isDatabase($0)
    }
    #expect(found == [])
  }

  /// Plain names in the ignore file: `/logs/`, `Package.resolved`.
  private func ignoredAtTop() throws -> Set<String> {
    let text = try String(contentsOf: Repository.root.appendingPathComponent(".gitignore"), encoding: .utf8)
    return Set(
      text.components(separatedBy: "\n").filter { !$0.hasPrefix("#") && !$0.hasPrefix("!") && !$0.isEmpty }
        .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "/")) })
  }

  private func isDatabase(_ name: String) -> Bool { name.hasPrefix("appliance.db") }

  @Test func `what a run leaves in the checkout is ignored`() throws {
    let ignored = try ignoredAtTop()
    #expect(ignored.isSuperset(of: ["appliance.db", "appliance.db-*", "appliance.db.lock", "logs", ".env"]))
  }

  @Test func `every target of the manifest has its folder, and every folder its target`() throws {
    let manifest = try String(contentsOf: Repository.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let sources = names(
      in: manifest,
      after: [
        "room(\"", "room(\n      \"", ".systemLibrary(name: \"", ".executableTarget(\n      name: \"",
        ".target(name: \"CBuild",
      ])
    let tests = names(in: manifest, after: ["tests(\"", "tests(\n      \""]).map { $0 + "Tests" }
    #expect(sources.count > 10)
    #expect(sources.filter { !["bench", "fuzz"].contains($0) && !Repository.exists("Sources/\($0)") } == [])
    #expect(Repository.exists("Tests/Bench") && Repository.exists("Tests/Fuzz"))
    #expect(tests.filter { !Repository.exists("Tests/\($0)") } == [])
    let folders = try Repository.entries(of: "Sources").filter { !$0.contains(".") }
    #expect(folders.filter { !manifest.contains("\"\($0)\"") } == [])
    let testFolders = try Repository.entries(of: "Tests").filter { !$0.contains(".") && $0.hasSuffix("Tests") }
    let known = Set(tests).union(["HouseTests"])
    #expect(testFolders.filter { !known.contains($0) && !manifest.contains("\"\($0)\"") } == [])
  }

  /// What stands in quotes after each of these beginnings.
  private func names(in text: String, after beginnings: [String]) -> [String] {
    beginnings.flatMap { beginning in
      text.components(separatedBy: beginning).dropFirst().compactMap { rest in
        let name = rest.prefix { $0 != "\"" }
        return name.isEmpty || name.contains("\\") ? nil : String(name)
      }
    }
  }

  @Test func `every file of Tests mirrors a room`() throws {
    let known = Set(RoomsTests.rooms.keys.map { $0 + "Tests" }).union([
      "Bench", "Fuzz", "HouseTests", "Support", "TortureTests",
    ])
    let found = try Repository.entries(of: "Tests").filter { !$0.contains(".") }
    #expect(found.filter { name in !known.contains { $0.lowercased() == name.lowercased() } } == [])
  }

  @Test func `nothing is left of the stubs that rooms began with`() throws {
    let stubs = try Self.files().filter { file in
      file.path.hasSuffix("/Placeholder.swift") || file.path.hasSuffix("/P.swift") || file.path.hasSuffix("/X.swift")
        || file.text.allSatisfy(\.isWhitespace)
    }
    #expect(stubs.map(\.path) == [])
  }
}
