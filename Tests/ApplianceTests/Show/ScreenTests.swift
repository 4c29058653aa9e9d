import Foundation
import Support
import Testing

/// Whole screens as a person sees them, results and talk on one terminal, at three widths. Read each difference as a
/// reader would.
@Suite struct ScreenTests {
  private static let demo = ["ingest", "--replay", "demo", "--no-backup"]

  private func screen(
    _ words: [String], columns: Int, rows: Int = 24, in home: TemporaryHome,
    environment: [String: String] = ["APPLIANCE_NOW": ""], exit: Int32 = 0
  ) async throws -> TerminalScreen {
    let ended = try await ApplianceProcess(
      arguments: words + ["--home", home.path, "--no-color"], environment: environment,
      output: .screen(columns: columns, rows: rows)
    ).run()
    #expect(ended.exit == exit, "\(ended.output)")
    var screen = TerminalScreen(columns: columns, rows: rows)
    screen.show(
      ended.output.replacing(home.path, with: "/home/ann/markets").replacing(/[0-9]+\.[0-9](?=\s+s\b)/, with: "0.0"))
    return screen
  }

  /// Pieces of words: what is told on a narrow screen and nowhere else, unless it is of a word that is longer than a line.
  private func broken(_ screen: TerminalScreen, among texts: [String], columns: Int) -> [String] {
    func words(_ text: String) -> [String] {
      text.split { $0.isWhitespace }.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ",.:;")) }
    }
    let whole = Set((texts + ["No room for: -o FILE has all"]).flatMap(words))
    let long = whole.filter { $0.count > columns * 3 / 4 }
    return screen.lines.flatMap(words).filter { word in
      word != "…" && !whole.contains(word) && !long.contains { $0.contains(word) }
    }
  }

  /// The lines that the terminal wrapped, other than those that are there to be copied.
  private func spoilt(_ screen: TerminalScreen) -> [String] { screen.wrapped.filter { !$0.hasPrefix("Next: ") } }

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
      let screen = try await screen(words, columns: columns, in: home)
      #expect(spoilt(screen) == [], "\(name)")
      let unfolded = try await ApplianceProcess(
        arguments: words + ["--home", home.path, "--no-color"], environment: clock, output: .terminal(columns: columns)
      ).run()
      let talk = unfolded.talk.replacing(home.path, with: "/home/ann/markets")
      let wide = try await self.screen(words, columns: 1_000, in: home)
      #expect(broken(screen, among: [talk] + wide.lines, columns: columns) == [], "\(name)")
      try Golden.expect(screen.lines.joined(separator: "\n") + "\n", isGolden: "screen-\(name)-\(columns)")
    }
  }

  @Test(arguments: [60, 80, 120])
  func `a run is told in whole lines, and what stays of it is each step once`(columns: Int) async throws {
    let screen = try await screen(Self.demo, columns: columns, in: try TemporaryHome())
    #expect(spoilt(screen) == [])
    let wide = try await self.screen(Self.demo, columns: 1_000, in: try TemporaryHome())
    let text = screen.lines.filter { !$0.hasPrefix("Next: ") }
    #expect(text.count >= 8)
    #expect(broken(screen, among: wide.lines, columns: columns) == [])
    try Golden.expect(screen.lines.joined(separator: "\n") + "\n", isGolden: "screen-ingest-\(columns)")
  }

  @Test func `a run of more steps than the screen has lines tells each of them once`() async throws {
    let server = try LoopbackServer { _ in .status(501, [], "out of order") }
    let screen = try await screen(
      ["ingest"], columns: 60, rows: 14, in: try TemporaryHome(),
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_BASE_URL": server.url], exit: 5)
    let steps = screen.lines.filter { $0.contains(#/^(prices|sentiment|etf-flows|snapshot|summaries|backup) /#) }
    #expect(steps.count > 5)
    #expect(Set(steps.map { $0.prefix(28) }).count == steps.count, "\(screen.lines.joined(separator: "\n"))")
    #expect(spoilt(screen) == [])
  }

  @Test func `a day in question means the day, and is said to`() async throws {
    let home = try TemporaryHome()
    let clock = ["APPLIANCE_NOW": ""]
    try await home.fillFromDemo()
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
    try await home.fillFromDemo()
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
