import Foundation
import Support
import Testing

/// What `make run` does around the program, which is played here by a script.
@Suite struct FirstRunTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("first-run-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  /// Runs a script of ours in a folder of its own.
  private func run(_ script: String, _ arguments: String...) throws -> (code: Int32, said: String) {
    let path = Repository.root.appendingPathComponent(script).path
    return try ChildProgram.run([path] + arguments, in: folder.path, withErrors: true)
  }

  private func program(_ body: String) throws -> String {
    let program = folder.appendingPathComponent("program").path
    try ChildProgram.script(body, at: program)
    return program
  }

  /// Makes a record, and cannot reach anybody but the demo.
  private var cutOff: String {
    get throws {
      try program(
        """
        case "$*" in
          *--replay*) mkdir -p demo && echo facts > demo/appliance.db ;;
          ingest*) [ -e appliance.db ] || echo empty > appliance.db; mkdir -p logs; exit 5 ;;
        esac
        """)
    }
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "program" }.sorted()
  }

  @Test func `a first run without a network leaves the demo and nothing beside it`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let ended = try run(".ci/first-run", try cutOff)
    #expect(ended.code == 0, "\(ended.said)")
    #expect(try names() == ["demo"])
  }

  @Test func `a record that was there before stays as it was`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let record = folder.appendingPathComponent("appliance.db")
    try "mine".write(to: record, atomically: true, encoding: .utf8)
    #expect(try run(".ci/first-run", try cutOff).code == 0)
    #expect(try String(contentsOf: record, encoding: .utf8) == "mine")
    #expect(try names() == ["appliance.db", "demo", "logs"])
  }

  @Test(
    arguments: [
      ("echo 'Apple Swift version 6.2 (swiftlang-6.2)'", 0, ""), ("echo 'Swift version 6.10 (x)'", 0, ""),
      ("echo 'Swift version 5.10 (x)'", 1, "This is Swift 5.10. "),
    ] as [(String, Int32, String)])
  func `a toolchain that is too old is told, and where to get another one`(body: String, code: Int32, said: String)
    throws
  {
    defer { try? FileManager.default.removeItem(at: folder) }
    let ended = try run(".ci/toolchain", try program(body))
    #expect(ended.code == code)
    #expect(ended.said.hasPrefix(said))
    #expect(code == 0 || ended.said.contains("https://www.swift.org/install"))
  }

  @Test func `without Swift it is said where to get it`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let ended = try run(".ci/toolchain", "/nowhere/swift")
    #expect(ended.code == 1)
    #expect(ended.said.contains("There is no `/nowhere/swift` here. Swift 6.1 or later"))
  }
}
