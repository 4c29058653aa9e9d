import Foundation
import Testing

/// The same bytes a second time, and the list of what was imported.
@Suite struct ImportAgainTests {
  private static let hours =
    "time,open,high,low,close,volume\n"
    + (0..<30).map {
      "2024-11-0\(1 + $0 / 24) \($0 % 24 < 10 ? "0" : "")\($0 % 24):00,\(100 + $0),\(102 + $0),99,\(101 + $0),5\n"
    }
    .joined()

  private let home: TemporaryHome

  init() throws {
    home = try TemporaryHome()
    try Data(Self.hours.utf8).write(to: URL(fileURLWithPath: home.file("hours.csv")))
  }

  private func bring(_ file: String, _ arguments: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: ["import", file == "-" ? file : home.file(file)] + arguments + [
        "--interval", "1h", "--home", home.path,
      ],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"], input: Array(Self.hours.utf8)
    ).run()
  }

  private func imports() async throws -> [[String: Any]] {
    let listed = try await home.appliance("import", "list", "--json")
    let object = try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [String: Any]
    #expect(object?["version"] as? Int == 1)
    return try #require(object?["imports"] as? [[String: Any]])
  }

  @Test(arguments: [
    ["--asset", "ETH", "--time-zone", "UTC"], ["--asset", "BTC", "--time-zone", "America/New_York"],
    ["--asset", "BTC", "--time-zone", "UTC", "--map", "time=1,open=2,high=3,low=4,close=5,volume=6"],
  ])
  func `under another asset, zone or map they are asked about, from a file and from a pipe`(flags: [String])
    async throws
  {
    #expect(try await bring("hours.csv", "--asset", "BTC", "--time-zone", "UTC").exit == 0)
    for file in ["hours.csv", "-"] {
      let asked = try await ApplianceProcess(
        arguments: ["import", file == "-" ? file : home.file(file)] + flags + [
          "--interval", "1h", "--home", home.path,
        ],
        environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"], input: Array(Self.hours.utf8)
      ).run()
      #expect(asked.exit == 1)
      let told = asked.talk + asked.output
      #expect(told.contains("imported as BTC import 1h at 2025-09-19T22:30:00Z (import 1, hours.csv)"), "\(told)")
      #expect(told.contains(flags.joined(separator: " ")) && told.contains("--again"), "\(told)")
      #expect(try await imports().count == 1)
    }
    let taken = try await ApplianceProcess(
      arguments: ["import", home.file("hours.csv"), "--again"] + flags + ["--interval", "1h", "--home", home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
    ).run()
    #expect(taken.exit == 0, "\(taken.talk)")
  }

  @Test func `read as before they change nothing and nobody is asked`() async throws {
    for _ in 0..<2 {
      #expect(try await bring("hours.csv", "--asset", "BTC", "--time-zone", "UTC").exit == 0)
      #expect(try await bring("-", "--asset", "BTC", "--time-zone", "UTC").exit == 0)
    }
  }

  @Test func `a rehearsal says that they were read otherwise`() async throws {
    _ = try await bring("hours.csv", "--asset", "BTC", "--time-zone", "UTC")
    let told = try await bring("hours.csv", "--asset", "ETH", "--time-zone", "UTC", "--dry-run")
    #expect(told.exit == 0)
    #expect(told.output.contains("--again takes it"), "\(told.output)")
  }

  @Test func `what was imported is listed, newest first`() async throws {
    let none = try await bring("hours.csv", "--asset", "BTC", "--time-zone", "UTC")
    #expect(none.exit == 0)
    try Data((Self.hours + "2024-11-02 06:00,1,2,1,2,5\n").utf8)
      .write(to: URL(fileURLWithPath: home.file("list")))
    #expect(try await bring("list", "--asset", "ETH", "--time-zone", "UTC").exit == 0)
    let listed = try await imports()
    #expect(listed.map { $0["file"] as? String } == ["list", "hours.csv"])
    #expect(listed.map { $0["assets"] as? [String] } == [["ETH"], ["BTC"]])
    #expect(listed.map { $0["rows"] as? Int } == [31, 30])
    #expect(listed.allSatisfy { ($0["sha256"] as? String)?.count == 64 && $0["undone"] as? Bool == false })
    let table = try await home.appliance("import", "list")
    #expect(table.exit == 0)
    #expect(table.output.contains("hours.csv") && table.output.contains("2025-09-19T22:30:00Z"), "\(table.output)")
  }

  @Test func `an import that is undone is gone, its past is not, and the same bytes may come as something else`()
    async throws
  {
    #expect(try await bring("hours.csv", "--asset", "BTC", "--time-zone", "UTC").exit == 0)
    func later(_ arguments: String...) async throws -> ApplianceProcess.Ended {
      try await ApplianceProcess(
        arguments: arguments + ["--home", home.path], environment: ["APPLIANCE_NOW": "2025-09-20T10:00:00Z"]
      ).run()
    }
    let undone = try await later("import", "undo", "1")
    #expect(undone.exit == 0, "\(undone.talk)")
    #expect(undone.output == "Import 1 is undone (hours.csv): 30 rows are gone, 0 changed\n")
    #expect(try await imports().map { $0["undone"] as? Bool } == [true])
    #expect(try await home.appliance("import", "list").output.contains("undone"))
    let why = try await later("why", "BTC", "2024-11-01T05:00Z", "close")
    #expect(
      why.output.contains(
        "106 from fetch 1, taken back 2025-09-20T10:00:00Z by decision 1, which undid import 1 (hours.csv)"))
    #expect(
      why.output.contains("import 1 (hours.csv) had brought it, and was undone 2025-09-20T10:00:00Z by decision 1"),
      "\(why.output)")
    #expect(why.output.contains("--asset BTC --interval 1h --time-zone UTC --again"))
    let json = try await later("why", "BTC", "2024-11-01T05:00Z", "close", "--json")
    #expect(json.output.contains(#""reason":"undone""#) || json.output.contains(#""reason": "undone""#))
    let status = try await later("status")
    #expect(status.output.contains("done: import 1 undone: 30 rows gone, 0 new, 0 changed"), "\(status.output)")
    let days = "SELECT count(*) FROM ohlc_hourly"
    let now = try await later("query", days, "--format", "csv")
    #expect(now.output.hasSuffix("\n0\n"), "\(now.output)")
    let then = try await later("query", days, "--format", "csv", "--as-of", "2025-09-20T09:00:00Z")
    #expect(then.output.hasSuffix("\n30\n"), "\(then.output) \(then.talk)")
    #expect(try await later("rebuild", "--verify").exit == 0)
    #expect(try await later("import", "undo", "1").exit == 1)
    #expect(try await later("import", "undo", "7").talk.contains("import list"))
    #expect(try await bring("hours.csv", "--asset", "ETH", "--time-zone", "UTC").exit == 0)
  }

  @Test func `the commands below it are helped with and completed as all others are`() async throws {
    for command in ["list", "undo"] {
      let help = try await ApplianceProcess(arguments: ["help", "import", command]).run()
      #expect(help.exit == 0)
      #expect(help.output.contains("USAGE: appliance import \(command)"), "\(help.output) \(help.talk)")
      #expect(
        try await home.appliance("import", command, "--help").output.contains("USAGE: appliance import \(command)"))
    }
    #expect(try await home.appliance("completions", "bash").output.contains("_appliance_import_undo()"))
    #expect(try await home.appliance("completions", "zsh").output.contains("_appliance_import_list()"))
    #expect(try await home.appliance("completions", "fish").output.contains("\"appliance import undo\""))
    #expect(try await home.appliance("import", "undo").exit == 64)
  }
}
