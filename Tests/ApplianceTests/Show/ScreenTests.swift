import Foundation
import Testing

/// Whole screens as a person sees them, at three widths. Read each difference as a reader would.
@Suite struct ScreenTests {
  private static func fit(_ output: String, _ columns: Int, _ home: TemporaryHome) -> String {
    output.replacing("\r\n", with: "\n").replacing(home.path, with: "/home/ann/markets")
  }

  @Test(arguments: [60, 80, 120])
  func `no line is wider than the terminal, and no word is broken`(columns: Int) async throws {
    let home = try TemporaryHome()
    let clock = ["APPLIANCE_NOW": ""]
    #expect(try await home.appliance("ingest", "--replay", "demo", "--no-backup", environment: clock).exit == 0)
    let hour = try #require(
      try SQL(home.database).rows("SELECT strftime('%Y-%m-%dT%H:%MZ', max(open_time), 'unixepoch') FROM bar")[0][0])
    let screens: [(name: String, words: [String])] = [
      ("show-btc", ["show", "BTC"]), ("show-snapshot", ["show", "daily_market_snapshot"]), ("gaps", ["gaps", "--all"]),
      ("why-bar", ["why", "BTC", hour, "close"]), ("why-day", ["why", "BTC", String(hour.prefix(10)), "close"]),
      ("report", ["report", "daily"]),
    ]
    for (name, words) in screens {
      let ended = try await ApplianceProcess(
        arguments: words + ["--home", home.path, "--no-color"], environment: clock, output: .terminal(columns: columns)
      ).run()
      #expect(ended.exit == 0, "\(name): \(ended.talk)")
      let text = Self.fit(ended.output, columns, home)
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns }, "\(name)")
      try Golden.expect(text + ended.talk, isGolden: "screen-\(name)-\(columns)")
    }
  }

  @Test func `a day in question means the day, and is said to`() async throws {
    let home = try TemporaryHome()
    let clock = ["APPLIANCE_NOW": ""]
    _ = try await home.appliance("ingest", "--replay", "demo", "--no-backup", environment: clock)
    let day = try #require(try SQL(home.database).rows("SELECT max(day) FROM market_snapshot")[0][0])
    let asked = try await ApplianceProcess(
      arguments: ["why", "BTC", day, "close", "--home", home.path], environment: clock
    ).run()
    let snapshot = try await ApplianceProcess(
      arguments: ["why", "snapshot", "BTC", day, "close", "--home", home.path], environment: clock
    ).run()
    #expect(asked.output == snapshot.output)
    #expect(
      asked.talk.contains("the close of the whole UTC day; of its first hour: appliance why BTC \(day)T00:00Z close"))
  }

  @Test func `the number of a summary is shown where summaries are`() async throws {
    let home = try TemporaryHome()
    let clock = ["APPLIANCE_NOW": ""]
    _ = try await home.appliance("ingest", "--replay", "demo", "--no-backup", environment: clock)
    let day = try #require(try SQL(home.database).rows("SELECT max(day) FROM market_snapshot")[0][0])
    let id = try #require(
      try SQL(home.database).rows("SELECT summary_id FROM summary WHERE day = '\(day)' AND asset_id IS NULL")[0][0])
    let shown = try await home.appliance(
      "show", "summary", "--from", day, "--columns", "summary_id,asset", "--format", "csv", environment: clock)
    #expect(shown.output.split(separator: "\n").contains("\(id),"))
    let report = try await home.appliance("report", "daily", environment: clock)
    #expect(report.output.contains("- the market: `appliance why summary \(id)`\n"))
    #expect(try await home.appliance("why", "summary", id, environment: clock).exit == 0)
  }

  @Test func `settings that cannot be read stop only what writes`() async throws {
    let home = try Record().home
    try FileManager.default.createDirectory(atPath: home.file(".env"), withIntermediateDirectories: false)
    let shown = try await home.appliance("show", "BTC", "--format", "csv")
    #expect(shown.exit == 0)
    #expect(shown.talk.contains("going on without the settings in it: "))
    let ingest = try await home.appliance("ingest", "--offline")
    #expect(ingest.exit == 1)
    #expect(ingest.talk.contains(".env"))
  }

  @Test func `a short passphrase is told of, without a word of it`() async throws {
    let home = try Record().home
    let secret = ["BACKUP_PASSPHRASE": "sesame"]
    for words in [["backup", "create"], ["doctor", "--offline"]] {
      let ended = try await ApplianceProcess(
        arguments: words + ["--home", home.path], environment: secret
      ).run()
      let text = ended.output + ended.talk
      #expect(text.contains("the passphrase has 6 characters"), "\(text)")
      #expect(!text.contains("sesame"))
    }
  }

  @Test func `the manual page says what help says`() async throws {
    let help = try await ApplianceProcess(arguments: ["help", "gaps"], environment: ["COLUMNS": "78"]).run()
    let page = try await ApplianceProcess(arguments: ["completions", "man"]).run()
    let plain = page.output.replacing("\\-", with: "-").replacing("\\e", with: "\\").replacing("\\&", with: "")
    #expect(page.output.hasPrefix(".TH APPLIANCE 1"))
    #expect(plain.contains(help.output.split(separator: "\n")[2]))
    #expect(plain.contains(".SS appliance backup list"))
  }
}
