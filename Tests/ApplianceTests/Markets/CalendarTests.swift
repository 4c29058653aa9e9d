import Testing

@Suite struct CalendarTests {
  /// Central Europe by its rule, so that no table of zones is needed.
  private static let zone = "CET-1CEST,M3.5.0,M10.5.0/3"

  private func ended(_ arguments: [String], now: String = "2025-11-26T12:00:00Z") async throws
    -> ApplianceProcess.Ended
  {
    let home = try TemporaryHome()
    return try await ApplianceProcess(
      arguments: ["calendar"] + arguments + ["--home", home.path],
      environment: ["APPLIANCE_NOW": now, "TZ": Self.zone, "COLUMNS": "80"]
    ).run()
  }

  @Test(arguments: [
    // Two weeks from now: Thanksgiving, a half day, weekends.
    ("calendar-nyse", ["NYSE"]),
    ("calendar-nyse-json", ["nyse", "--from", "2025-10-30", "--to", "2025-11-04", "--json"]),
    ("calendar-cmes-csv", ["CMES", "--from", "2025-12-23", "--to", "2025-12-29", "--format", "csv"]),
    ("calendar-always", ["24/7", "--from", "2025-12-24", "--to", "2025-12-26", "--format", "md"]),
    ("calendar-unknown-years", ["NYSE", "--from", "2030-12-30", "--to", "2031-01-02"]),
    ("calendar-at-open", ["NYSE", "--at", "2025-10-28T14:00Z"]),
    ("calendar-at-half-day", ["NYSE", "--at", "2025-11-28T17:59:59Z"]),
    ("calendar-at-night", ["NYSE", "--at", "2025-11-26T05:00Z"]),
    ("calendar-at-weekend", ["NYSE", "--at", "2025-11-29T12:00Z"]),
    ("calendar-at-holiday", ["NYSE", "--at", "2025-11-27T15:00Z"]),
    ("calendar-at-always", ["24/7", "--at", "2025-09-19T22:30Z"]),
    ("calendar-at-always-json", ["24/7", "--at", "2025-09-19T22:30Z", "--json"]),
    ("calendar-at-json", ["CMES", "--at", "2025-11-30T23:30Z", "--json"]),
  ])
  func `sessions and states are told`(name: String, arguments: [String]) async throws {
    let ended = try await ended(arguments)
    #expect(ended.exit == 0)
    try Golden.expect(ended.talk + ended.output, isGolden: name)
  }

  @Test(arguments: [
    // Before the opening, at it, before the close of a half day, at it, on a weekend, on a holiday that fell on a Sunday.
    ("2025-11-28T14:29:59Z", 20), ("2025-11-28T14:30:00Z", 0), ("2025-11-28T17:59:59Z", 0),
    ("2025-11-28T18:00:00Z", 20), ("2025-11-29T15:00:00Z", 20), ("2021-07-05T15:00:00Z", 20),
    // Clocks forward between two weeks, and back.
    ("2025-03-07T14:29:59Z", 20), ("2025-03-10T13:30:00Z", 0), ("2025-10-31T13:30:00Z", 0),
    ("2025-11-03T14:29:59Z", 20),
  ])
  func `a check ends with 0 while the market is open and with 20 while it is closed`(now: String, exit: Int32)
    async throws
  {
    let byClock = try await ended(["NYSE", "--check", "--quiet"], now: now)
    #expect(byClock.exit == exit)
    #expect(byClock.output + byClock.talk == "")
    #expect(try await ended(["NYSE", "--check", "--at", now]).exit == exit)
  }

  @Test func `a check with JSON says the same on standard output`() async throws {
    let ended = try await ended(["NYSE", "--check", "--at", "2025-11-27T15:00Z", "--json"])
    #expect(ended.exit == 20)
    #expect(ended.output.hasPrefix(#"{"version":1,"calendar":"NYSE","at":"2025-11-27T15:00:00Z","state":"closed""#))
  }

  @Test(arguments: [
    (["LSE"], "the value 'LSE' is none for '<calendar>'; there are NYSE, CMES, 24/7, weekdays; see"),
    (["NYSE", "--from", "2025-02-01", "--to", "2025-01-01"], "--from 2025-02-01 lies after --to 2025-01-01"),
    (["NYSE", "--at", "2025-02-01", "--to", "2025-03-01"], "leave them away with --at and --check"),
    (["NYSE", "--check", "--format", "csv"], "leave them away with --at and --check"),
    (["NYSE", "--format", "ledger"], "sessions are no prices"),
    (["NYSE", "--json", "--format", "csv"], "--json prints one object, and so no csv"),
    (["NYSE", "shut", "2025-03-05"], "'shut' changes no calendar; there are close DAY and open DAY"),
    (["NYSE", "close", "2025-03-05"], "--reason: say why it is closed"),
    (["NYSE", "close", "--reason", "storm"], "close: name one day"),
    (["NYSE", "open", "2025-03-05", "--reason", "storm"], "leave --early and --reason away"),
    (["NYSE", "--early", "13:00"], "--early and --reason go with close DAY"),
    (["NYSE", "open", "2025-03-05", "--check"], "leave the flags of questions away"),
  ])
  func `what does not go together is wrong usage`(arguments: [String], words: String) async throws {
    let ended = try await ended(arguments)
    #expect(ended.exit == 64)
    #expect((ended.talk + ended.output).contains(words))
  }

  @Test func `market status tells of all calendars, and wants a file`() async throws {
    let home = try TemporaryHome()
    #expect(try await home.appliance("market", "status").exit == 10)
    let record = try Record()
    for (name, arguments) in [("market-status", []), ("market-status-json", ["--json"])] {
      let ended = try await ApplianceProcess(
        arguments: ["market", "status"] + arguments + ["--home", record.home.path],
        environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "TZ": Self.zone, "COLUMNS": "80"]
      ).run()
      #expect(ended.exit == 0)
      try Golden.expect(ended.talk + ended.output, isGolden: name)
    }
  }

  @Test func `a closure wants a file`() async throws {
    #expect(try await ended(["NYSE", "close", "2025-03-05", "--reason", "storm"]).exit == 10)
  }

  private func ended(_ words: String..., in record: Record) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: ["calendar"] + words + ["--home", record.home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "TZ": Self.zone, "COLUMNS": "80"]
    ).run()
  }

  @Test func `market status says why a market is closed that would be open, and leaves out what is no market`()
    async throws
  {
    let record = try Record()
    _ = try await ended("NYSE", "close", "2025-09-22", "--reason", "day of mourning", in: record)
    let status = try await ApplianceProcess(
      arguments: ["market", "status", "--home", record.home.path],
      environment: ["APPLIANCE_NOW": "2025-09-22T15:00:00Z"]
    ).run()
    #expect(status.output.contains("(closed: day of mourning)"), "\(status.output)")
    #expect(!status.output.contains("a holiday"))
    #expect(!status.output.contains("weekdays"))
  }

  @Test func `a closure is noted, seen by whoever asks, and taken back`() async throws {
    let record = try Record()
    let noted = try await ended("NYSE", "close", "2025-09-22", "--reason", "day of mourning", in: record)
    #expect(noted.exit == 0)
    var told = noted.talk + noted.output
    for words in [
      ["NYSE", "close", "2025-09-23", "--early", "11:30", "--reason", "storm"], ["NYSE", "--to", "2025-09-25"],
      ["NYSE", "--to", "2025-09-25", "--json"], ["NYSE", "--at", "2025-09-22T15:00Z"],
      ["NYSE", "--at", "2025-09-23T15:00Z", "--json"], ["NYSE", "open", "2025-09-23"],
      ["NYSE", "close", "2025-09-22", "--reason", "day of mourning"], ["NYSE", "open", "2025-09-22", "--json"],
    ] {
      let ended = try await ApplianceProcess(
        arguments: ["calendar"] + words + ["--home", record.home.path],
        environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "TZ": Self.zone, "COLUMNS": "80"]
      ).run()
      told += "$ calendar \(words.joined(separator: " "))\n" + ended.talk + ended.output
    }
    try Golden.expect(told.replacing(record.home.path, with: "HOME"), isGolden: "calendar-closures")
  }

  @Test func `a check is closed on a day that was closed by hand`() async throws {
    let record = try Record()
    #expect(try await ended("NYSE", "--check", "--at", "2025-09-22T15:00Z", in: record).exit == 0)
    _ = try await ended("NYSE", "close", "2025-09-22", "--reason", "storm", in: record)
    #expect(try await ended("NYSE", "--check", "--at", "2025-09-22T15:00Z", in: record).exit == 20)
    #expect(try await ended("CMES", "--check", "--at", "2025-09-22T15:00Z", in: record).exit == 0)
    let status = try await ApplianceProcess(
      arguments: ["market", "status", "--json", "--home", record.home.path],
      environment: ["APPLIANCE_NOW": "2025-09-22T15:00:00Z"]
    ).run()
    #expect(status.output.contains(#"{"calendar":"NYSE","state":"closed""#))
    #expect(status.output.contains(#"{"calendar":"CMES","state":"open""#))
    let day = try await record.home.appliance(
      "query", "SELECT is_us_market_open FROM dim_date WHERE date_id = 20250922")
    #expect(day.output.contains("0"))
  }

  @Test(arguments: [
    ("NYSE", "2025-12-25", "", "2025-12-25 is no session of NYSE: it is a holiday by its rules"),
    ("NYSE", "9999-12-31", "", "9999-12-31 cannot be closed: the sessions of 1990 to 2030 are known"),
    ("NYSE", "2025-09-20", "", "2025-09-20 is no session of NYSE: it is a weekend"),
    ("24/7", "2025-09-22", "", "24/7 never closes; there is nothing to note of 2025-09-22"),
    ("NYSE", "2025-09-22", "16:00", "can end early from 09:31 to 15:59 on the market's own clock"),
    ("NYSE", "2025-09-22", "1pm", "--early: '1pm' is no time of day; write it like 13:00"),
    ("NYSE", "tomorrow", "", "'tomorrow' is no day; write it like 2027-03-01"),
  ])
  func `what cannot be closed is refused, with the reason`(name: String, day: String, early: String, words: String)
    async throws
  {
    let record = try Record()
    let flags = early.isEmpty ? [] : ["--early", early]
    let ended = try await ApplianceProcess(
      arguments: ["calendar", name, "close", day, "--reason", "x"] + flags + ["--home", record.home.path]
    ).run()
    #expect(ended.exit == 64)
    #expect(ended.talk.replacing("\n", with: " ").contains(words), "\(ended.talk)")
  }

  @Test func `a day of which nothing is noted cannot be opened`() async throws {
    let record = try Record()
    let ended = try await ended("NYSE", "open", "2025-12-25", in: record)
    #expect(ended.exit == 64)
    #expect(ended.talk.contains("it is a holiday by its rules, which nothing opens"))
  }
}
