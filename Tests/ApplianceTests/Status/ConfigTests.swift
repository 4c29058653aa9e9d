import Formats
import Foundation
import Support
import Testing

@Suite struct ConfigTests {
  private func settings(_ result: Child.Result) throws -> [String: [String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let list = try #require(object?["settings"] as? [[String: Any]])
    return Dictionary(list.map { ($0["name"] as? String ?? "", $0) }) { first, _ in first }
  }

  @Test func `each setting with its value and origin, however narrow the terminal`() async throws {
    let scratch = try Scratch()
    try scratch.write("# mine\r\nLOG_LEVEL=\"debug\"\r\nexport BACKUP_EVERY='12h'\r\n", to: ".env")
    let environment = [
      "RATE_LIMIT_DELAY": "2", "COINGECKO_API_KEY": "CG-4fK29sLwq8Zt", "COLUMNS": "60", "UNIVERSE": "",
    ]
    let result = try await Child.run("config", "show", "--home", scratch.path, environment: environment)
    #expect(result.status == 0)
    #expect(result.talk == "")
    // The home is a path of this machine, and as long as it wants to be.
    let lines = result.output.split(separator: "\n").filter { !$0.hasPrefix("APPLIANCE_HOME") }
    try StatusGolden.expect(lines.joined(separator: "\n") + "\n", is: "config-show.txt", home: scratch.path)
  }

  @Test func `the same for programs, also without saying show`() async throws {
    let scratch = try Scratch()
    try scratch.write("COINGECKO_API_KEY=CG-4fK29sLwq8Zt\n", to: ".env")
    let result = try await Child.run(
      "config", "--json", "--home", scratch.path, "--db", "other.db", environment: ["UNIVERSE": ""])
    #expect(result.status == 0)
    try StatusGolden.expect(result.output, is: "config-show.json", home: scratch.path)
  }

  @Test func `a key is never shown, whoever asks`() async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    let home = record.scratch.path
    try record.scratch.write(
      "COINGECKO_API_KEY=CG-4fK29sLwq8Zt\nAPPLIANCE_BASE_URL=http://ann:hunter22@127.0.0.1:1\n", to: ".env")
    for arguments in [["config", "show"], ["config", "show", "--json"], ["status", "--json"], ["doctor", "-v"]] {
      let offline = arguments[0] == "doctor" ? "--offline" : "-v"
      let result = try await Child.run(arguments[0], arguments[1], offline, "--home", home)
      let text = result.output + result.talk
      #expect(!text.contains("4fK29sLwq8Zt"), "\(arguments)")
      #expect(!text.contains("hunter22"), "\(arguments)")
    }
  }

  @Test(arguments: [
    (
      "LOG_LEVEL=info\r\n\r\nAPPLIANCE_BINANCE_URL=http://localhost\r\n",
      "line 3: there is no setting APPLIANCE_BINANCE_URL"
    ),
    ("APPLIANCE_HOME=/elsewhere\n", "line 1: there is no setting APPLIANCE_HOME"),
    ("# mine\nLOG_LEVEL info\n", "line 2: no '='"),
    ("LOG_LEVEL=\"info\n", "line 1: the quote of LOG_LEVEL does not end on its line"),
  ])
  func `a line that cannot be meant is named`(text: String, message: String) async throws {
    let scratch = try Scratch()
    try scratch.write(text, to: ".env")
    let result = try await Child.run("config", "show", "--home", scratch.path)
    #expect(result.status == 64)
    #expect(result.output == "")
    #expect(result.talk.hasPrefix("appliance: \(scratch.path)/.env, \(message)"))
  }

  @Test func `init writes every setting, for its owner only, and sets nothing`() async throws {
    let scratch = try Scratch()
    let home = scratch.file("new/home")
    let result = try await Child.run("config", "init", "--home", home)
    #expect(result.status == 0)
    #expect(result.output == "\(home)/.env\n")
    #expect(try scratch.permissions(of: "new/home/.env") == 0o600)
    #expect(try scratch.permissions(of: "new/home") == 0o700)
    #expect(try DotEnv(Array(scratch.text("new/home/.env").utf8)).entries.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: home + "/appliance.db"))
  }

  @Test func `with its # taken away, each line of that file sets what it names`() async throws {
    let scratch = try Scratch()
    _ = try await Child.run("config", "init", "--home", scratch.path)
    let text = try scratch.text(".env").split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("#") && !line.hasPrefix("# ") ? String(line.dropFirst()) : String(line)
    }
    try FileManager.default.removeItem(atPath: scratch.file(".env"))
    try scratch.write(text.joined(separator: "\n"), to: ".env")
    let entries = try DotEnv(Array(scratch.text(".env").utf8)).entries
    let shown = try settings(
      await Child.run("config", "show", "--json", "--home", scratch.path, environment: ["UNIVERSE": ""]))
    #expect(Set(entries.map(\.key)) == Set(shown.keys).subtracting(["APPLIANCE_HOME"]))
    for entry in entries where !entry.value.isEmpty {
      #expect(shown[entry.key]?["value"] as? String == entry.value)
      #expect(shown[entry.key]?["from"] as? String == ".env, line \(entry.line)")
    }
  }

  @Test func `init leaves a file alone that is there`() async throws {
    let scratch = try Scratch()
    try scratch.write("LOG_LEVEL=debug\n", to: ".env")
    let result = try await Child.run("config", "init", "--home", scratch.path)
    #expect(result.status == 1)
    #expect(
      result.talk
        == "appliance: \(scratch.path)/.env is there already and was left as it is; edit it, or move it away first\n")
    #expect(try scratch.text(".env") == "LOG_LEVEL=debug\n")
  }
}
