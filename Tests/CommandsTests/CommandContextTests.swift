import ArgumentParser
import Formats
import Health
import Market
import Store
import Support
import Testing

@testable import Commands

@Suite struct CommandContextTests {
  private func context(env: String = "", in folder: TemporaryFolder) throws -> CommandContext {
    try folder.write(env, to: ".env")
    return try CommandContext(GlobalOptions.parse(["--home", folder.path]), wiring: PaperRooms())
  }

  @Test func `commands ask nobody but those that were handed in`() throws {
    let context = try context(in: TemporaryFolder())
    #expect(context.profiles.map(\.name) == ["paper"])
    #expect(context.version == "9.9.9")
    #expect(context.universe.assets.map(\.symbol) == ["BTC"])
  }

  @Test(
    arguments: [
      ("", "unset"), ("PAPER_KEY='a b c d e f'", "unusable"), ("PAPER_KEY=your_key_here", "placeholder"),
      ("PAPER_KEY=4fK29sLwq8Zt71bN", "set"),
    ])
  func `a key is judged without being told`(env: String, state: String) throws {
    let key = try #require(try context(env: env, in: TemporaryFolder()).keySettings.first)
    let text = try #require(KeyChecks([key]).findings.first).text
    #expect("\(key.state)".hasPrefix(state))
    #expect(!"\(key) \(text)".contains("4fK29sLwq8Zt71bN"))
  }

  @Test func `the network is made as the settings want it`() throws {
    let folder = try TemporaryFolder()
    let env = "RATE_LIMIT_DELAY=2\nAPPLIANCE_PACE=always\nAPPLIANCE_BASE_URL=http://127.0.0.1:1\n"
    let order = try #require(try context(env: env, in: folder).network(quotas: []) as? PaperNetwork).order
    #expect(order.spacing == .seconds(2))
    #expect(order.pace == .always)
    #expect(order.addresses.base(of: "paper") == "http://127.0.0.1:1/paper")
  }

  @Test(
    arguments: [
      ("", Duration.seconds(900)), ("INGEST_TIME_LIMIT=90s", .seconds(90)), ("INGEST_TIME_LIMIT=2h", .seconds(7200)),
      ("INGEST_TIME_LIMIT=0", nil),
    ])
  func `a run asks for so long`(env: String, limit: Duration?) throws {
    #expect(try context(env: env, in: TemporaryFolder()).timeLimit() == limit)
  }

  @Test(arguments: ["15", "soon", "-1m", "0m"])
  func `a time limit of no known length is wrong usage`(text: String) throws {
    let context = try context(env: "INGEST_TIME_LIMIT=\(text)", in: TemporaryFolder())
    let failure = #expect(throws: Failure.self) { _ = try context.timeLimit() }
    #expect(failure?.status == .usage)
  }

  @Test(arguments: ["RATE_LIMIT_DELAY=soon", "APPLIANCE_PACE=never", "APPLIANCE_BASE_URL=paper"])
  func `a setting that cannot be used is wrong usage`(env: String) throws {
    let context = try context(env: env, in: TemporaryFolder())
    let failure = #expect(throws: Failure.self) { _ = try context.network(quotas: []) }
    #expect(failure?.status == .usage)
  }

  @Test func `the report of status is about the file of the home`() throws {
    let folder = try TemporaryFolder()
    let context = try context(in: folder)
    let store = try Store.writing(folder.file("appliance.db"), command: "test")
    try store.catalogue.add(context.universe, providers: context.profiles)
    let report = try context.statusReport(of: try context.reader())
    #expect(report.database == folder.file("appliance.db"))
    #expect(report.cron?.hasSuffix(" ingest --home \(folder.path) --quiet") == true)
    #expect(report.states.map(\.standing) == [.empty])
  }
}
