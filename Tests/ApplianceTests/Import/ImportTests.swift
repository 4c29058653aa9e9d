import Foundation
import Testing

@Suite struct ImportTests {
  private static let hours =
    "unix,open,high,low,close,volume\n"
    + (0..<30).map { "\(1_730_419_200 + $0 * 3600),\(100 + $0),\(102 + $0),99,\(101 + $0),5\n" }.joined()

  private let home: TemporaryHome

  init() throws { home = try TemporaryHome() }

  private func bring(_ arguments: String..., input: String = ImportTests.hours) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: ["import"] + arguments + ["--home", home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"], input: Array(input.utf8)
    ).run()
  }

  @Test func `a table from standard input becomes a record that can be shown and exported`() async throws {
    let first = try await bring("-", "--asset", "BTC", "--interval", "1h")
    #expect(first.exit == 0)
    #expect(first.output.hasPrefix("Imported standard input: 30 new, 0 changed, 0 unchanged\n"))
    let again = try await bring("-", "--asset", "BTC", "--interval", "1h")
    #expect(again.output.hasPrefix("Imported standard input: 0 new, 0 changed, 30 unchanged\n"))
    let export = try await home.appliance("export", "ohlc_hourly", "--asset", "BTC")
    #expect(export.output.split(separator: "\n").count == 31)
    #expect(export.output.contains("BTC,2024-11-01T00:00:00Z,100,102,99,101,5,ASIA,import"))
    let status = try await home.appliance("status")
    #expect(status.exit == 0)
  }

  @Test func `an import as one object`() async throws {
    let text = Self.hours + "1730527200,5,2,1,2,5\n1730419200,1,2,1,2,5\nsoon,1,1,1,1,1\n"
    let ended = try await bring(
      "-", "--asset", "BTC", "--interval", "1h", "--source", "binance", "--json", input: text)
    #expect(ended.exit == 0)
    try Golden.expect(ended.output.withoutSeconds, isGolden: "import-json")
  }

  @Test func `what an import found is told`() async throws {
    let text = Self.hours + "1730527200,5,2,1,2,5\n1730419200,1,2,1,2,5\n1730419200,100,102,99,101,5\nsoon,1,1,1,1,1\n"
    let ended = try await bring("-", "--asset", "BTC", "--interval", "1h", input: text)
    try Golden.expect(ended.talk + ended.output, isGolden: "import")
  }

  @Test func `a file kept by reference that is gone or another is named by doctor and when a backup is made`()
    async throws
  {
    let file = home.file("hours.csv")
    try Data(Self.hours.utf8).write(to: URL(fileURLWithPath: file))
    let brought = try await bring(file, "--asset", "BTC", "--interval", "1h", "--by-reference")
    #expect(brought.exit == 0, "\(brought.talk)")
    let sound = try await home.appliance("doctor", "--offline").output
    #expect(sound.contains("1 by reference, each where it was"))
    #expect(try await !home.appliance("backup", "create").talk.contains("hours.csv"))
    try Data((Self.hours + "1730527200,5,6,4,5,5\n").utf8).write(to: URL(fileURLWithPath: file))
    let other = try await home.appliance("doctor", "--offline").output
    #expect(other.contains("hours.csv: it has "))
    try FileManager.default.removeItem(atPath: file)
    let gone = try await home.appliance("doctor", "--offline").output
    #expect(gone.contains("warning  imported files"))
    #expect(gone.contains("hours.csv: No such file or directory"))
    let made = try await home.appliance("backup", "create", "--json")
    #expect(made.exit == 0)
    #expect(made.talk.contains("warning: not in the backup, and not there: \(file): No such file"))
    #expect(made.output.contains("\"missing_files\":[\""))
  }

  @Test func `a figure that was imported is shown with its line`() async throws {
    #expect(try await bring("-", "--asset", "BTC", "--interval", "1h").exit == 0)
    for (name, words) in [("row", ["BTC", "2024-11-01T02:00Z"]), ("figure", ["BTC", "2024-11-01T02:00Z", "close"])] {
      let why = try await ApplianceProcess(
        arguments: ["why"] + words + ["--home", home.path], environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
      ).run()
      try Golden.expect(why.output, isGolden: "why-imported-\(name)")
    }
    let raw = try await home.appliance("why", "BTC", "2024-11-01T02:00Z", "--raw")
    #expect(raw.output == "1730426400,102,104,99,103,5")
  }

  @Test func `a day of sentiment that was imported can be asked about`() async throws {
    let ended = try await bring(
      "-", "--dataset", "sentiment", "--source", "mine", input: "date,value,classification\n2025-09-02,51,Neutral\n")
    #expect(ended.exit == 0, "\(ended.talk)")
    let why = try await home.appliance("why", "fng", "2025-09-02")
    #expect(why.exit == 0 && why.output.contains("line 2 of the file"), "\(why.output)")
    let named = try await home.appliance("why", "fng", "2025-09-02", "value", "--source", "mine")
    #expect(named.exit == 0 && named.output.hasPrefix("fng 2025-09-02 value is 51\n"), "\(named.output)")
    #expect(try await home.appliance("why", "fng", "2025-09-02", "--source", "alternative.me").exit == 1)
  }

  @Test func `a figure of a file that is gone is explained without its line`() async throws {
    let file = home.file("far.csv")
    try Self.hours.write(toFile: file, atomically: true, encoding: .utf8)
    #expect(
      try await home.appliance("import", file, "--asset", "BTC", "--interval", "1h", "--by-reference").exit == 0)
    let there = try await home.appliance("why", "BTC", "2024-11-01T02:00Z")
    #expect(there.output.contains("line 4 of the file"), "\(there.output)")
    unlink(file)
    let gone = try await home.appliance("why", "BTC", "2024-11-01T02:00Z")
    #expect(gone.exit == 0)
    #expect(gone.output.contains("far.csv was imported by reference"), "\(gone.output)")
  }

  @Test func `a dry run changes nothing`() async throws {
    let ended = try await bring("-", "--asset", "BTC", "--interval", "1h", "--dry-run")
    #expect(ended.exit == 0)
    #expect(ended.output.hasPrefix("standard input could be imported: 30 new, 0 changed, 0 unchanged\n"))
    #expect(home.names() == [])
  }

  @Test func `a dry run tells what is new, changed and stored already, as the import then does, and changes nothing`()
    async throws
  {
    _ = try await bring("-", "--asset", "BTC", "--interval", "1h")
    let before = try Data(contentsOf: URL(fileURLWithPath: home.database))
    // The index of the log stays where somebody has read the file.
    let names = home.names().filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
    let text =
      Self.hours.replacing("1730422800,101,103,", with: "1730422800,101,104,")
      + "1730527200,5,6,4,5,5\nsoon,1,1,1,1,1\n"
    let rehearsed = try await bring("-", "--asset", "BTC", "--interval", "1h", "--dry-run", input: text)
    try Golden.expect(rehearsed.talk + rehearsed.output, isGolden: "import-dry-run")
    let object = try await bring("-", "--asset", "BTC", "--interval", "1h", "--dry-run", "--json", input: text)
    try Golden.expect(object.output.withoutSeconds, isGolden: "import-dry-run-json")
    #expect(try Data(contentsOf: URL(fileURLWithPath: home.database)) == before)
    #expect(home.names().filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") } == names)
    let done = try await bring("-", "--asset", "BTC", "--interval", "1h", input: text)
    #expect(done.output.hasPrefix("Imported standard input: 1 new, 1 changed, 29 unchanged, 1 refused\n"))
  }

  @Test func `a dry run of what is stored says that there is nothing to do`() async throws {
    _ = try await bring("-", "--asset", "BTC", "--interval", "1h")
    let ended = try await bring("-", "--asset", "BTC", "--interval", "1h", "--dry-run")
    #expect(ended.exit == 0)
    #expect(ended.output.hasPrefix("standard input was imported before: 0 new, 0 changed, 30 unchanged\n"))
    #expect(ended.output.hasSuffix("Next: nothing; it is all stored\n"))
  }

  @Test func `a dry run beside a demo record is refused as the import would be`() async throws {
    try await home.fillFromDemo()
    let ended = try await bring("-", "--asset", "BTC", "--interval", "1h", "--dry-run")
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("demo"))
  }

  @Test func `a file that is refused leaves no trace`() async throws {
    let ended = try await bring("-", "--asset", "BTC", "--interval", "1d", input: "Date,Price\n2025-01-02,5\n")
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("no bar"))
    #expect(home.names() == [])
  }

  @Test func `a file of which no line is a row has failed`() async throws {
    let text = "unix,open,high,low,close,volume\n1730419200,5,2,1,2,5\n"
    let ended = try await bring("-", "--asset", "BTC", "--interval", "1h", input: text)
    #expect(ended.exit == 1)
    #expect(ended.output.hasPrefix("Nothing of standard input was imported"))
  }

  @Test(arguments: [
    ["-", "--asset", "BTC"], ["-", "--interval", "1h"], ["-", "--asset", "BTC", "--interval", "2h"],
    ["-", "--asset", "NOBODYKNOWS", "--interval", "1h"], ["-", "--asset", "BTC", "--interval", "1h", "--map", "open"],
    ["-", "--asset", "BTC", "--interval", "1h", "--map", "open=2", "--map", "open=3"],
    ["-", "--asset", "BTC", "--interval", "1h", "--map", "open=2", "--map", "high=2"],
    ["-", "--asset", "", "--interval", "1h"], ["-", "--asset", "BTC", "--interval", "1h", "--by-reference"],
    ["-", "--asset", "BTC", "--interval", "1h", "--class", "stock"],
    ["-", "--asset", "BTC", "--interval", "1h", "--source", "a b"],
    ["-", "--asset", "BTC", "--interval", "1h", "--date-order", "ydm"],
    ["-", "--dataset", "etf-flow", "--asset", "BTC", "--unit", "yen"],
  ])
  func `wrong usage is told before anything is touched`(arguments: [String]) async throws {
    let ended = try await ApplianceProcess(arguments: ["import"] + arguments + ["--home", home.path]).run()
    #expect(ended.exit == 64)
    #expect(!ended.talk.isEmpty)
    #expect(home.names() == [])
  }

  @Test(arguments: [
    (["--map", "foo=2"], "The fields are time, time-of-day, open, high, low, close, volume, symbol"),
    (["--map", "value=2"], "there is no such field"),
    (["--map", "open=99"], "its lines have 6 columns. The columns are unix, open, high, low, close, volume"),
    (["--map", "open=0"], "counted from 1"),
    (["--map", "open=NoSuchColumn"], "no column has that name. The columns are unix, open, high, low, close, volume"),
    (["--time-zone", "Mars/Phobos"], "no place 'Mars/Phobos'; write it like America/New_York"),
    (["--time-zone", "New York"], "did you mean America/New_York?"),
  ])
  func `a field, a column or a place that is not there is wrong usage and leaves no trace`(
    flags: [String], words: String
  ) async throws {
    for more in [[], ["--dry-run"], ["--json"]] {
      let ended = try await ApplianceProcess(
        arguments: ["import", "-", "--asset", "BTC", "--interval", "1h", "--home", home.path] + flags + more,
        environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"], input: Array(Self.hours.utf8)
      ).run()
      #expect(ended.exit == 64)
      #expect((ended.talk + ended.output).contains(words), "\(ended.talk)\(ended.output)")
      #expect(home.names() == [])
    }
  }

  @Test func `a file in a demo record is refused`() async throws {
    try await home.fillFromDemo()
    let ended = try await bring("-", "--asset", "BTC", "--interval", "1h")
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("demo"))
  }

  @Test func `a live run after an import leaves the imported series alone`() async throws {
    _ = try await bring("-", "--asset", "BTC", "--interval", "1h")
    let ended = try await home.appliance("ingest", "--offline", "--no-backup")
    #expect(!ended.talk.contains("import"))
    let again = try await bring("-", "--asset", "BTC", "--interval", "1h")
    #expect(again.output.contains("0 new, 0 changed, 30 unchanged"))
  }
}

extension String {
  /// Without how long it took, which differs from run to run.
  fileprivate var withoutSeconds: String {
    guard let start = firstRange(of: "\"seconds\":") else { return self }
    return self[..<start.upperBound] + "0" + self[start.upperBound...].drop { $0 != "," }
  }
}
