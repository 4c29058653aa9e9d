import Foundation
import Testing

/// Environment, settings, flags, pipes: what the world around a process can be like.
@Suite(.serialized) struct SurroundingsTests {
  static let sentiment = Demo.replay + ["--only", "sentiment"]

  @Test func `settings may have Windows line ends, quotes and export`() async throws {
    let home = try Home()
    try home.write(
      "\u{FEFF}# mine\r\nexport LOG_LEVEL=\"debug\"\r\nCSV_BACKUP_PATH='my tables' # here\r\nSOMETHING_ELSE=1\r\n",
      to: ".env")
    let end = try await Child.appliance(Demo.replay, home: home)
    #expect(end.code == 0, "\(end.said)")
    #expect(home.files.contains { $0.hasPrefix("my tables/ohlc_hourly_") })
  }

  @Test(arguments: [
    ("A=1\n\nAPPLIANCE_BASE_ULR=http://127.0.0.1:1\n", "line 3: there is no setting APPLIANCE_BASE_ULR"),
    ("A=1\r\nB='open\r\n", "line 2: the quote of B does not end"),
    ("nonsense\n", "line 1: no '='"),
    ("LOG_LEVEL=loud\n", "LOG_LEVEL: there is no level 'loud'"),
    ("BACKUP_EVERY=often\n", "BACKUP_EVERY: 'often'"),
    ("ENABLE_CSV_BACKUP=perhaps\n", "ENABLE_CSV_BACKUP: 'perhaps'"),
    ("APPLIANCE_NOW=noon\n", "APPLIANCE_NOW: 'noon'"),
    ("APPLIANCE_BASE_URL=localhost\n", "APPLIANCE_BASE_URL: 'localhost'"),
  ])
  func `a wrong setting ends with 64 and names its place`(content: String, words: String) async throws {
    let home = try Home()
    try home.write(content, to: ".env")
    let end = try await Child.appliance(Self.sentiment, home: home)
    #expect(end.code == 64, "\(end.said)")
    #expect(end.errors.contains(words), "\(end.said)")
    #expect(!home.files.contains("appliance.db"))
  }

  @Test(arguments: [
    ["ingest", "--nonsense"], ["nonsense"], ["ingest", "--only", "nonsense"], ["ingest", "--asset", "NOPE"],
    ["ingest", "--replay", "demo", "--offline"], ["ingest", "--since", "yesterdayish"], ["backup", "restore"],
    ["ingest", "--since", "2025-02-01", "--until", "2025-01-01"], ["report", "daily", "--format", "pdf"],
    ["backup", "prune"], ["backup", "verify", "--all", "x"],
  ])
  func `wrong usage ends with 64 and touches nothing`(arguments: [String]) async throws {
    let home = try Home()
    let end = try await Child.appliance(arguments, home: home)
    #expect(end.code == 64, "\(end.said)")
    #expect(end.output == "")
    #expect(!end.errors.isEmpty)
    #expect(home.files == [])
  }

  @Test func `without HOME a place must be named`() async throws {
    let nowhere = try await Child.appliance(Self.sentiment, home: nil, environment: ["HOME": nil])
    #expect(nowhere.code == 64, "\(nowhere.said)")
    #expect(nowhere.errors.contains("HOME is not set"), "\(nowhere.said)")
    let named = try await Child.appliance(Self.sentiment, home: try Home(), environment: ["HOME": nil])
    #expect(named.code == 0, "\(named.said)")
  }

  /// Without the seal, which names the record that a report is from.
  private static func unsealed(_ report: String) -> [Substring] {
    report.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("<!--") }
  }

  @Test func `language and time zone change no byte`() async throws {
    let odd: [String: String?] = [
      "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8", "LC_NUMERIC": "de_DE.UTF-8", "TZ": "Pacific/Apia",
    ]
    let plain = try Home(), other = try Home()
    let here = try await Child.appliance(Demo.replay, home: plain)
    let there = try await Child.appliance(Demo.replay, home: other, environment: odd)
    // What is to be typed next names the home.
    #expect(there.output.replacing(other.path, with: plain.path) == here.output)
    for format in ["md", "json"] {
      let report = ["report", "daily", "--format", format]
      let expected = try await Child.appliance(report, home: plain)
      let found = try await Child.appliance(report, home: other, environment: odd)
      #expect(expected.code == 0)
      #expect(Self.unsealed(found.output) == Self.unsealed(expected.output))
    }
    let tables = plain.files.filter { $0.hasSuffix(".csv") }
    #expect(!tables.isEmpty)
    for name in tables { #expect(try plain.bytes(name) == other.bytes(name)) }
  }

  @Test(arguments: [
    ["report", "daily"], ["report", "daily", "--format", "json"], ["backup", "list"], ["backup", "verify"],
    ["backup", "create"], ["--help"], ["--version"], ["ingest", "--help"], Demo.replay, Demo.replay + ["--json"],
  ])
  func `a reader who closes the pipe ends a command quietly`(command: [String]) async throws {
    let home = try Home()
    try home.fill(try await Demo.whole.files)
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let place = command.contains("--help") || command.contains("--version") ? nil : home
    let end = try await Child.appliance(command, home: place, output: pipe.fileHandleForWriting)
    #expect(end.code == 0, "\(end.said)")
    #expect(!end.errors.contains("appliance:") && !end.errors.contains("rror"), "\(end.said)")
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"),
    arguments: [["report", "daily"], ["backup", "list"], ["--version"], Demo.replay, Demo.replay + ["--json"]])
  func `a result that cannot be written is a failure that names the disk`(command: [String]) async throws {
    let home = try Home()
    try home.fill(try await Demo.whole.files)
    let full = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    let end = try await Child.appliance(command, home: command == ["--version"] ? nil : home, output: full)
    #expect(end.code == 1, "\(end.said)")
    #expect(end.errors.contains("the disk is full"), "\(end.said)")
  }

  #if os(Linux)
    @Test func `where addresses are scarce it says so instead of waiting for a thread`() async throws {
      let home = try Home()
      let scarce = ["/bin/sh", "-c", "ulimit -v 300000; exec \"$@\"", "sh"]
      let end = try await Child.appliance(Demo.replay, home: home, under: scarce)
      #expect(end.code == 1, "\(end.said)")
      #expect(end.errors.contains("ulimit -v unlimited"), "\(end.said)")
      #expect(home.files == [])
    }
  #endif
}
