import Testing

/// A file is held against what it says of itself, from the command line on: what is asked ends with 1, leaves no trace
/// and names what to type.
@Suite struct EvidenceImportTests {
  private let home: TemporaryHome

  init() throws { home = try TemporaryHome() }

  private func bring(_ lines: [String], _ arguments: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: ["import", "-"] + arguments + ["--home", home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"], input: Array((lines.joined(separator: "\n") + "\n").utf8)
    ).run()
  }

  private func bars() async throws -> [String] {
    let ended = try await home.appliance("export", "bar")
    return ended.output.split(separator: "\n").dropFirst().map(String.init)
  }

  private func expectAsked(_ ended: ApplianceProcess.Ended, _ words: String...) {
    #expect(ended.exit == 1, "\(ended.talk)")
    for word in words { #expect(ended.talk.contains(word), "\(ended.talk)") }
    #expect(home.names() == [])
  }

  // MARK: Numbers

  @Test func `a sheet of decimal commas and points between groups is stored as it was meant, and the form is told`()
    async throws
  {
    let ended = try await bring(
      [
        "Date;Open;High;Low;Close;Volume", "12.09.2025;1.313,04;1.321;1.305,50;1.316,9;1.600",
        "15.09.2025;1.305;1.321;1.301;1.310;2.100", "16.09.2025;1.310,5;1.322,75;1.308;1.320;1.850",
      ], "--asset", "DAX", "--class", "stock", "--interval", "1d")
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(ended.output.contains("3 new, 0 changed, 0 unchanged\n"))
    #expect(ended.output.contains("  numbers like 1.234,56\n"))
    let bars = try await bars()
    #expect(bars.count == 3)
    #expect(bars.first?.contains(",1313.04,1321,1305.5,1316.9,1600,") == true, "\(bars)")
    let rebuilt = try await home.appliance("rebuild", "--verify")
    #expect(rebuilt.exit == 0, "\(rebuilt.talk)")
  }

  @Test func `where two forms fit, either is asked for and taken`() async throws {
    let lines = ["Date;Open;High;Low;Close;Volume", "15.09.2025;1.305;1.321;1.301;1.310;2.100"]
    let flags = ["--asset", "DAX", "--class", "stock", "--interval", "1d"]
    let asked = try await bring(lines, flags[0], flags[1], flags[2], flags[3], flags[4], flags[5])
    expectAsked(asked, "--decimal-point for 1.305", "--decimal-comma for 1305")
    let told = try await bring(
      lines, flags[0], flags[1], flags[2], flags[3], flags[4], flags[5], "--decimal-comma")
    #expect(told.exit == 0)
    #expect(try await bars().first?.contains(",1305,1321,1301,1310,2100,") == true)
  }

  @Test func `a line with more fields than its header is refused, the rest is stored`() async throws {
    let ended = try await bring(
      [
        "Date,Open,High,Low,Close,Volume", "2025-09-15,12,960.0,12,970.0,12,900.0,12,920.0,4321",
        "2025-09-17,990.5,995.0,985.0,992.0,4321",
      ], "--asset", "NDX", "--class", "stock", "--interval", "1d")
    #expect(ended.exit == 0)
    #expect(ended.output.contains("1 new, 0 changed, 0 unchanged, 1 refused"))
    let bars = try await bars()
    #expect(bars.count == 1)
    #expect(bars.first?.contains(",990.5,995,985,992,4321,") == true)
  }

  // MARK: Volumes

  @Test func `a volume in dollars is asked about, and left away or believed as told`() async throws {
    let lines = ["date,open,high,low,close,Volume USD", "2025-09-18 00:00:00,115000,115500,114900,115100,2437500"]
    expectAsked(
      try await bring(lines, "--asset", "BTC", "--interval", "1h"), "'Volume USD'", "--no-volume",
      "--map volume='Volume USD'")
    let without = try await bring(lines, "--asset", "BTC", "--interval", "1h", "--no-volume")
    #expect(without.exit == 0)
    #expect(try await bars().first?.contains(",115100,0,") == true)
  }

  @Test func `eight columns that are not Kraken's are asked about`() async throws {
    let lines = (0..<3).map { "\(1_496_188_560 + 60 * $0),2130,2130,2129.5,2129.5,2.35330472,5012.53827,2129.999667" }
    expectAsked(try await bring(lines, "--asset", "BTC", "--interval", "1m"), "--map")
  }

  @Test func `a volume that only its size betrays is stored and marked`() async throws {
    let ended = try await bring(
      ["date,open,high,low,close,volume", "2025-09-17,116788.1,117286.7,114794.4,116468.5,60494494122"],
      "--asset", "BTC", "--interval", "1d")
    #expect(ended.exit == 0, "\(ended.talk)")
    let marks = try await home.appliance("quarantine", "list", "--flags")
    #expect(marks.output.contains("volume"), "\(marks.output)\(marks.talk)")
  }

  // MARK: Flows

  private static let flows = ["--dataset", "etf-flow", "--asset", "BTC", "--source", "farside"]

  private func bringFlows(_ lines: [String], _ more: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: ["import", "-"] + Self.flows + more + ["--home", home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"], input: Array((lines.joined(separator: "\n") + "\n").utf8)
    ).run()
  }

  @Test func `the days of a thousand millions are not lost`() async throws {
    let ended = try await bringFlows([
      "Date,IBIT,FBTC,GBTC,Total", "10 Sep 2025,\"1,145.0\",10.0,(95.1),1059.9",
      "11 Sep 2025,366.2,134.7,\"(1,213.7)\",-712.8", "12 Sep 2025,264.7,315.2,8.2,588.1",
    ])
    #expect(ended.exit == 0)
    #expect(ended.output.contains("9 new, 0 changed, 0 unchanged\n"), "\(ended.output)")
  }

  @Test func `a column of prices is asked about, and left out when told`() async throws {
    let lines = ["Date,IBIT,FBTC,PRICE", "2025-09-10,91.1,11.0,64500", "2025-09-11,1.5,2.5,64100"]
    expectAsked(try await bringFlows(lines), "PRICE", "64,500,000,000 dollars", "--skip-column PRICE")
    let told = try await bringFlows(lines, "--skip-column", "PRICE")
    #expect(told.exit == 0, "\(told.talk)")
    #expect(told.output.contains("4 new"))
    let wrong = try await bringFlows(lines, "--skip-column", "PRIZE")
    #expect(wrong.exit == 64)
    let rebuilt = try await home.appliance("rebuild", "--verify")
    #expect(rebuilt.exit == 0, "\(rebuilt.talk)")
  }

  @Test func `totals only are kept as such, beside the flows and in no snapshot`() async throws {
    let ended = try await bringFlows(["Date,Total", "11 Jan 2024,645.3", "12 Jan 2024,213"])
    #expect(ended.exit == 0, "\(ended.talk)")
    let flows = try await home.appliance("export", "etf_flow")
    #expect(flows.output.contains("BTC,2024-01-11,ALL,total,645300000,"), "\(flows.output)")
    let daily = try await home.appliance("export", "etf_flows_daily")
    #expect(!daily.output.contains("645300000"))
    let rebuilt = try await home.appliance("rebuild", "--verify")
    #expect(rebuilt.exit == 0, "\(rebuilt.talk)")
  }

  // MARK: Damage

  @Test func `a day in the year 1 and two closes end with a sentence`() async throws {
    let old = try await bring(
      ["date,open,high,low,close,volume", "0001-01-01,1,2,1,2,5"], "--asset", "BTC", "--interval", "1d")
    #expect(old.exit == 1)
    #expect((old.output + old.talk).contains("not one of its 1 lines"), "\(old.output)\(old.talk)")
    let fresh = try TemporaryHome()
    let two = try await fresh.appliance(
      "import", "-", "--asset", "BTC", "--interval", "1d",
      input: Array("date,open,high,low,close,close,volume\n2025-09-15,1,2,1,2,2,5\n".utf8))
    #expect(two.exit == 1)
    #expect(two.talk.contains("--map close=5 or --map close=6"), "\(two.talk)")
  }
}
