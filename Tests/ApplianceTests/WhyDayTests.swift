import Foundation
import Testing

/// `why` about a day: of an asset with daily bars only, of a computed figure, and of a row that imports replaced.
@Suite struct WhyDayTests {
  private let home: TemporaryHome

  init() throws { home = try TemporaryHome() }

  private static func days(_ closes: [Int]) -> String {
    "date,open,high,low,close,volume\n"
      + closes.enumerated().map { "2025-09-0\($0 + 2),100,200,90,\($1),5000\n" }.joined()
  }

  private func bring(_ name: String, _ closes: [Int], _ flags: String...) async throws {
    try Data(Self.days(closes).utf8).write(to: URL(fileURLWithPath: home.file(name)))
    let ended = try await ApplianceProcess(
      arguments: ["import", home.file(name), "--asset", "AAPL", "--interval", "1d", "--home", home.path] + flags,
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
    ).run()
    #expect(ended.exit == 0, "\(ended.talk)")
  }

  @Test func `a price of a day without hours is that of its bar, and nothing is said of an hour`() async throws {
    try await bring("a.csv", [110, 111, 112])
    for words in [["close"], ["high"], []] {
      let why = try await ApplianceProcess(
        arguments: ["why", "AAPL", "2025-09-03"] + words + ["--home", home.path],
        environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]
      ).run()
      #expect(why.exit == 0, "\(why.output) \(why.talk)")
      #expect(
        why.output.hasPrefix("AAPL 2025-09-03T00:00Z \(words.first ?? "close") is \(words == ["high"] ? 200 : 111)"))
      #expect(!(why.output + why.talk).contains("first hour"))
    }
    #expect(try await home.appliance("import", "undo", "1").exit == 0)
    let undone = try await home.appliance("why", "AAPL", "2025-09-03", "close")
    #expect(undone.exit == 1)
    #expect(undone.output.contains("import 1 (a.csv) had brought it, and was undone"), "\(undone.output)")
    let never = try await home.appliance("why", "AAPL", "2025-09-10", "close")
    #expect(never.exit == 1 && !(never.output + never.talk).contains("hour"), "\(never.output) \(never.talk)")
  }

  @Test func `what an undone import put in place of a value is named by that import, and nothing else is`() async throws
  {
    try await bring("a.csv", [110, 111, 112])
    try await bring("b.csv", [110, 121, 112])
    #expect(try await home.appliance("import", "undo", "2").exit == 0)
    let changed = try await home.appliance("why", "AAPL", "2025-09-03", "close", environment: ["COLUMNS": "200"])
    #expect(changed.output.hasPrefix("AAPL 2025-09-03T00:00Z close is 111"), "\(changed.output)")
    #expect(changed.output.contains("121 from fetch 2, replaced "))
    #expect(changed.output.contains(" by decision 1, which undid import 2 (b.csv)\n"), "\(changed.output)")
  }

  @Test func `where the same value came again, no decision moved it`() async throws {
    try await bring("a.csv", [110, 111, 112])
    try await bring("b.csv", [110, 121, 112])
    try await bring("a.csv", [110, 111, 112])
    #expect(try await home.appliance("import", "undo", "2").exit == 0)
    let same = try await home.appliance("why", "AAPL", "2025-09-03", "close")
    #expect(same.exit == 0 && !same.output.contains("decision"), "\(same.output)")
    #expect(try await home.appliance("rebuild", "--verify").exit == 0)
  }

  @Test func `a computed figure of a day is answered, and an index is no asset`() async throws {
    try await home.fillFromDemo()
    let day = try #require(try SQL(home.database).rows("SELECT max(day) FROM market_snapshot")[0][0])
    let short = try await home.appliance("why", "BTC", day, "change_24h", environment: ["APPLIANCE_NOW": ""])
    let long = try await home.appliance("why", "snapshot", "BTC", day, "change_24h", environment: ["APPLIANCE_NOW": ""])
    #expect(short.exit == 0 && short.output == long.output, "\(short.talk)")
    #expect(!short.talk.contains("first hour"))
    let unknown = try await home.appliance("why", "NOPE", day)
    #expect(unknown.talk.contains("the assets are ") && !unknown.talk.contains(", fng;"), "\(unknown.talk)")
  }

  @Test func `what is to be typed next is typed as it stands there`() async throws {
    try await bring("a.csv", [110, 111, 112])
    let found = try await home.appliance("why", "AAPL", "2025-09-03", environment: ["COLUMNS": "300"])
    #expect(
      found.output.contains(
        "appliance why AAPL 2025-09-03T00:00Z --interval 1d --source import --raw --home \(home.path)\n"),
      "\(found.output)")
    #expect(try await home.appliance("import", "undo", "1").exit == 0)
    let gone = try await home.appliance("why", "AAPL", "2025-09-03", environment: ["COLUMNS": "300"])
    #expect(
      gone.output.contains("appliance import a.csv --asset AAPL --interval 1d --again --home \(home.path)\n"),
      "\(gone.output)")
  }
}
