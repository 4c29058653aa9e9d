import Foundation
import Testing

/// Every command that the README shows is run as it stands there.
@Suite struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The indented lines, without prompt and comment.
  private static func commands(beginning: String) throws -> [String] {
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    return text.components(separatedBy: "\n").filter { $0.hasPrefix("    ") }.map { line in
      var command = line.components(separatedBy: "  #")[0].trimmingCharacters(in: .whitespaces)
      if command.hasPrefix("$ ") { command.removeFirst(2) }
      return command
    }.filter { $0.hasPrefix(beginning) }
  }

  /// The words of a command as a shell takes them apart; what stands in single quotes is one.
  private static func words(of command: String) -> [String] {
    command.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap { place, part in
      place % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
  }

  @Test func `every appliance command of the README works`() async throws {
    let home = try TemporaryHome()
    let commands = try Self.commands(beginning: "appliance ")
    #expect(commands.count >= 7)
    #expect(commands.first == "appliance ingest")
    for command in commands.flatMap({ $0.components(separatedBy: " && ") }) {
      var arguments = Array(Self.words(of: command).dropFirst())
      // Recorded answers in place of the network, and files into the home.
      if arguments == ["ingest"] { arguments += ["--replay", "demo"] }
      // Cron mails what is said, so that its lines are quiet.
      if arguments == ["ingest", "--interval", "1m", "--quiet"] { arguments += ["--dry-run"] }
      if let flag = arguments.firstIndex(of: "-o") { arguments[flag + 1] = "\(home.path)/\(arguments[flag + 1])" }
      let ended = try await ApplianceProcess(
        arguments: arguments + ["--home", home.path], environment: ["UNIVERSE": ""]
      ).run()
      // At the demo's last instant New York is closed, which is what a check is there to say.
      let expected: Int32 = arguments.contains("--check") ? 20 : 0
      #expect(ended.exit == expected, "\(command): \(ended.talk)")
    }
  }

  @Test(.enabled(if: Program.sqlite != nil, "the sqlite3 program is not installed"))
  func `the query of the README answers`() async throws {
    let home = try TemporaryHome()
    try await home.fillFromDemo()
    let queries = try Self.commands(beginning: "sqlite3 ")
    #expect(queries.count == 1)
    for query in queries {
      let ended = try await ApplianceProcess(
        executable: "/bin/sh", arguments: ["-c", "cd \"$0\" && \(query)", home.path]
      ).run()
      #expect(ended.exit == 0, "\(query): \(ended.talk)")
      #expect(ended.output.split(separator: "\n").count == 32)
    }
  }

  @Test func `every make target of the README is one`() throws {
    let makefile = try String(contentsOf: Self.root.appendingPathComponent("Makefile"), encoding: .utf8)
    let targets = try Self.commands(beginning: "make ").map { String($0.split(separator: " ")[1]) }
    #expect(targets.count >= 4)
    for target in targets { #expect(makefile.contains("\n\(target):"), "make \(target)") }
  }

  @Test func `the line for cron is the one that status gives`() throws {
    let lines = try Self.commands(beginning: "5 * * * *")
    #expect(lines.count == 1)
    #expect(lines.first?.contains("ingest") == true)
  }
}
