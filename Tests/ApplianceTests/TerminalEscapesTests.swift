import Foundation
import Support
import Testing

/// Whatever comes from outside cannot do anything to a terminal, and data stay as they are where a program reads them.
@Suite struct TerminalEscapesTests {
  /// Names that would clear the screen, colour it, ring, turn the direction of writing, or begin a line of their own.
  static let names = [
    "a\u{1B}[2Jb", "a\u{1B}[31mb", "a\u{1B}]0;title\u{07}b", "a\u{9B}31mb", "a\u{202E}b", "a\u{2066}b", "a\rb",
    "a\nappliance: Done", "a\u{08}\u{08}b", "a\u{7F}b",
  ]

  let scratch: Scratch
  init() throws { scratch = try Scratch() }

  private func run(
    _ arguments: [String], on output: ApplianceProcess.Output = .captured, environment: [String: String] = [:]
  ) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(arguments: arguments, environment: environment, output: output).run()
  }

  /// Bytes that a terminal would obey, other than line ends.
  private func obeyed(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
  }

  @Test(arguments: names, [[String: String](), ["CLICOLOR_FORCE": "1"]])
  func `a name in a message is shown and not obeyed, and makes no line of its own`(
    name: String, environment: [String: String]
  ) async throws {
    for arguments in [
      ["import", scratch.path + "/" + name, "--asset", "BTC", "--interval", "1h"],
      ["status", "--home", "/none/" + name],
      ["show", name, "--home", scratch.path], ["backup", "verify", name], ["report", "daily", "--date", name],
      ["export", "ohlc_hourly", "--from", name],
      ["export", "ohlc_hourly", "-o", scratch.path + "/no/" + name, "--home", scratch.path],
    ] {
      let ended = try await run(arguments, environment: environment)
      #expect(ended.exit != 0)
      #expect(obeyed(ended.talk) == [], "\(arguments)")
      #expect(
        !ended.talk.split(separator: "\n").dropFirst().contains { $0.hasPrefix("appliance: Done") }, "\(arguments)")
    }
  }

  @Test(arguments: names)
  func `nor does the parser's own message`(name: String) async throws {
    for arguments in [
      [name], ["gaps", name], ["ingest", "--\(name)"], ["ingest", "--since", name], ["ingest", "--since=\(name)"],
    ] {
      let ended = try await run(arguments)
      #expect(ended.exit == 64)
      #expect(obeyed(ended.talk) == [], "\(arguments)")
      #expect(!ended.talk.split(separator: "\n").contains { $0.hasPrefix("appliance: Done") }, "\(arguments)")
    }
  }

  @Test(arguments: names)
  func `a file that was imported is named in one harmless line on a terminal`(name: String) async throws {
    let csv = "time,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,2,1,2,5\n2024-01-01T01:00:00Z,1,2,1,2,5\n"
    try scratch.write(csv, to: name)
    let ended = try await run(
      ["import", scratch.path + "/" + name, "--asset", "BTC", "--interval", "1h", "--home", scratch.path],
      on: .terminal(columns: 100), environment: ["NO_COLOR": "1"])
    #expect(ended.exit == 0)
    let shown = ended.output.replacing("\r\n", with: "\n")
    #expect(obeyed(shown) == [])
    #expect(shown.hasPrefix("Imported a"))
    #expect(!shown.split(separator: "\n").contains { $0.hasPrefix("appliance: Done") })
  }

  @Test func `colours of our own are still written on a terminal`() async throws {
    let csv = "time,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,2,1,2,5\n"
    try scratch.write(csv, to: "hours.csv")
    let ended = try await run(
      ["import", scratch.path + "/hours.csv", "--asset", "BTC", "--interval", "1h", "--home", scratch.path],
      on: .terminal(columns: 100), environment: ["TERM": "xterm"])
    #expect(ended.output.hasPrefix("\u{1B}[1mImported hours.csv\u{1B}[0m"))
  }

  @Test func `what a provider says is shown and not obeyed`() async throws {
    let server = try LoopbackServer { _ in
      .status(
        400, [("Content-Type", "application/json")], #"{"code":-1100,"msg":"no\u001b[2J\u202e\nappliance: Done"}"#)
    }
    let ended = try await run(
      ["ingest", "--only", "prices", "--no-backup", "--home", scratch.path],
      environment: ["APPLIANCE_BASE_URL": server.url])
    #expect(ended.exit != 0)
    #expect(ended.talk.contains("refused with HTTP 400: no"))
    #expect(obeyed(ended.talk + ended.output) == [])
    #expect(!(ended.talk + ended.output).split(separator: "\n").contains { $0.hasPrefix("appliance: Done") })
  }

  @Test func `data are exact in a pipe and harmless on a terminal`() async throws {
    let made = try await run(["ingest", "--replay", "demo", "--no-backup", "--quiet", "--home", scratch.path])
    #expect(made.exit == 0)
    let question = ["query", "SELECT 'a' || char(27) || '[2J' || char(155) AS text", "--home", scratch.path]
    let piped = try await run(question + ["--format", "csv"])
    #expect(piped.output.contains("a\u{1B}[2J\u{9B}"))
    let seen = try await run(
      question + ["--format", "csv"], on: .terminal(columns: 80), environment: ["NO_COLOR": "1"])
    #expect(obeyed(seen.output.replacing("\r\n", with: "\n")) == [])
    let table = try await run(question + ["--format", "table"])
    #expect(obeyed(table.output) == [])
  }

  @Test func `a path on standard output is exact for a script`() async throws {
    let home = scratch.path + "/a\u{1B}[2Jb"
    let ended = try await run(["config", "init", "--home", home])
    #expect(ended.output == home + "/.env\n")
    #expect(obeyed(ended.talk) == [])
  }
}
