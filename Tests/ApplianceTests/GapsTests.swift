import Testing

@Suite struct GapsTests {
  @Test(arguments: [
    ("gaps", []), ("gaps-all", ["--all"]), ("gaps-json", ["--all", "--json"]), ("gaps-btc", ["--asset", "BTC"]),
  ])
  func `what is missing is told with its reason`(name: String, arguments: [String]) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(arguments: ["gaps"] + arguments + ["--home", record.home.path]).run()
    #expect(ended.exit == 0)
    try Golden.expect(ended.talk + ended.output.replacingNow, isGolden: name)
  }

  @Test func `where nothing is missing, one line says so`() async throws {
    // Nobody is asked any more, so that nothing is late either.
    let record = try Record("DELETE FROM gap; UPDATE series SET removed_at = 1;")
    let ended = try await record.home.appliance("gaps", environment: ["APPLIANCE_NOW": ""])
    #expect(ended.output == "")
    #expect(ended.talk == "nothing is missing that may yet come\n")
  }

  @Test func `what does not reach its day is no gap, and told all the same`() async throws {
    let record = try Record("DELETE FROM gap;")
    let ended = try await record.home.appliance("gaps", "--asset", "BTC", environment: ["APPLIANCE_NOW": ""])
    #expect(ended.talk.hasPrefix("nothing is missing among what is stored; 2 series do not reach what was due: "))
  }
}

extension String {
  /// The instant of the wall clock, which differs from run to run, as `NOW`.
  fileprivate var replacingNow: String {
    guard let start = firstRange(of: "\"now\":\"") else { return self }
    return self[..<start.upperBound] + "NOW" + self[index(start.upperBound, offsetBy: 20)...]
  }
}

@Suite struct HelpTests {
  @Test(arguments: ["show", "export", "gaps", "import", "calendar"])
  func `help says what it is, what it takes, and gives examples`(command: String) async throws {
    let ended = try await ApplianceProcess(
      arguments: ["help", command], environment: ["COLUMNS": "80"]
    ).run()
    #expect(ended.exit == 0)
    try Golden.expect(ended.output, isGolden: "help-\(command)")
  }
}
