import Foundation
import Support
import Testing

@Suite struct AssetTests {
  @Test(arguments: [
    ("asset-add-known", ["Cameco"]), ("asset-add-unknown", ["acme", "--group", "mine"]),
    ("asset-add-foreign", ["SAP.DE"]), ("asset-add-coin", ["AVAX"]), ("asset-add-group", ["--group", "quantum"]),
    ("asset-add-json", ["Cameco", "BTC", "--json"]), ("asset-add-dry-run", ["--group", "wide", "--dry-run"]),
    ("asset-add-offline", ["ACME", "--offline", "--class", "fund", "--name", "A fund"]),
  ])
  func `what is added is told with what it costs`(name: String, arguments: [String]) async throws {
    let directory = try Directory()
    let ended = try await ApplianceProcess(
      arguments: ["asset", "add"] + arguments + ["--home", directory.home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_YAHOO_BASE_URL": directory.server.url]
    ).run()
    #expect(ended.exit == 0, "\(ended.talk)")
    try Golden.expect(ended.talk + ended.output, isGolden: name)
  }

  @Test(
    arguments: [
      (["NOPE"], 1, "'NOPE' is not known to Yahoo Finance either"), (["Camecoo"], 1, "(did you mean 'CCJ (Cameco)'?)"),
      (["FB"], 1, "FB is META now (Meta Platforms): `appliance asset add META"),
      (["ACME", "--offline"], 64, "--class says what it is"),
      (["--group", "quantun"], 64, "(did you mean 'quantum'?)"),
      ([], 64, "name an asset, a group with --group, or a table with --from"), (["a b"], 64, "'a b' is no symbol"),
      (["ACME", "--symbol", "yahoo"], 64, "write it like yahoo=BRK-B"),
      (["ACME", "--symbol", "yaho=X"], 64, "(did you mean 'yahoo'?)"),
      (["A", "B", "--name", "x"], 64, "are about one asset"), (["X", "--from", "f"], 64, "its table says all of that"),
      (["ACME", "--symbol", "binance=BTCUSDT", "--class", "crypto"], 1, "binance BTCUSDT is a series of BTC already"),
    ] as [([String], Int32, String)])
  func `what cannot be added says why, and leaves no file`(arguments: [String], exit: Int32, words: String) async throws
  {
    let directory = try Directory()
    let ended = try await ApplianceProcess(
      arguments: ["asset", "add"] + arguments + ["--home", directory.home.path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_YAHOO_BASE_URL": directory.server.url]
    ).run()
    #expect(ended.exit == exit)
    #expect(ended.talk.contains(words), "\(ended.talk)")
    #expect(directory.home.names().isEmpty)
  }

  @Test func `without a network it says so and names --offline`() async throws {
    let directory = try Directory()
    let ended = try await directory.appliance(
      "asset", "add", "ACME", environment: ["APPLIANCE_YAHOO_BASE_URL": "http://127.0.0.1:1"])
    #expect(ended.exit == 5)
    #expect(ended.talk.contains("cannot be reached"))
    #expect(ended.talk.contains("--offline"))
    #expect(directory.home.names().isEmpty)
  }

  @Test func `one request looks a symbol up, and what it used of the quota is noted`() async throws {
    let directory = try Directory()
    #expect(try await directory.appliance("asset", "add", "ACME", environment: ["APPLIANCE_PACE": "always"]).exit == 0)
    #expect(directory.server.requests.map(\.path) == ["/v8/finance/chart/ACME"])
    let sources = try await directory.appliance(
      "source", "list", "--json", environment: ["APPLIANCE_NOW": "2025-09-19T22:30:30Z"]
    ).output
    #expect(
      sources.contains(
        #""source":"yahoo","title":"Yahoo Finance","homepage":"https://finance.yahoo.com","state":"asked","key":null,"limits":[{"limit":30,"seconds":60,"used":1,"left":29"#
      ))
    #expect(try await directory.appliance("asset", "add", "CCJ").exit == 0)
    #expect(directory.server.requests.count == 1)
  }

  @Test func `a look-up in vain is noted too`() async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "CCJ")
    #expect(try await directory.appliance("asset", "add", "NOPE", environment: ["APPLIANCE_PACE": "always"]).exit == 1)
    let sources = try await directory.appliance(
      "source", "list", "--json", environment: ["APPLIANCE_NOW": "2025-09-19T22:30:30Z"]
    ).output
    #expect(sources.contains(#""limits":[{"limit":30,"seconds":60,"used":1,"left":29"#))
  }

  @Test func `a source that is switched off is not asked what a symbol stands for`() async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "CCJ")
    _ = try await directory.appliance("source", "disable", "yahoo")
    let ended = try await directory.appliance("asset", "add", "ACME")
    #expect(ended.exit == 64)
    #expect(ended.talk.contains("nobody is asked; --class says what it is"))
    #expect(directory.server.requests.isEmpty)
  }

  @Test func `adding twice changes nothing and says so`() async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "ACME")
    let before = try await directory.appliance("asset", "list", "--json").output
    let ended = try await directory.appliance("asset", "add", "acme")
    #expect(ended.exit == 0)
    #expect(ended.output == "followed already: ACME\n")
    #expect(try await directory.appliance("asset", "list", "--json").output == before)
    #expect(directory.server.requests.count == 1)
  }

  @Test func `a table adds a line an asset, or none of them`() async throws {
    let directory = try Directory()
    let table = directory.home.file("mine.csv")
    try write("symbol,name,class,groups\nVWRL.L,\"World, all of it\",fund,mine\nacme,,,\nBTC,,,mine\n", to: table)
    let ended = try await directory.appliance("asset", "add", "--from", table)
    #expect(ended.exit == 0)
    try Golden.expect(ended.talk + ended.output, isGolden: "asset-add-table")
    try write("symbol,class\nQQQ,fund\nNOPE,\n", to: table)
    let failed = try await directory.appliance("asset", "add", "--from", table)
    #expect(failed.exit == 1)
    #expect(failed.told.contains("mine.csv, line 3: 'NOPE' is not known to Yahoo Finance either"), "\(failed.talk)")
    #expect(failed.told.hasSuffix("; nothing was added "), "\(failed.talk)")
    let list = try await directory.appliance("asset", "list", "--format", "csv").output
    #expect(!list.contains("QQQ"))
    #expect(list.contains("VWRL.L,\"World, all of it\",fund"))
  }

  @Test func `what is removed is asked for no more, says what is kept, and comes back`() async throws {
    let record = try Record()
    let removed = try await record.home.appliance("asset", "remove", "btc")
    #expect(removed.exit == 0)
    try Golden.expect(removed.talk + removed.output, isGolden: "asset-remove")
    try Golden.expect(try await record.home.appliance("asset", "remove", "btc").output, isGolden: "asset-remove-again")
    let status = try await record.home.appliance("status", "--all", "--json").output
    #expect(status.contains(#""not_asked""#))
    #expect(try await record.home.appliance("show", "BTC", "--last", "2h").output.contains("BTC"))
    let plan = try await record.home.appliance("ingest", "--dry-run").output
    #expect(!plan.contains("prices BTC"))
    let told = try await record.home.appliance("ingest", "--dry-run", "--asset", "BTC")
    #expect(told.exit == 1)
    #expect(told.talk.contains("`appliance asset restore BTC"))
    try Golden.expect(
      try await record.home.appliance("asset", "list", "--removed").output, isGolden: "asset-list-removed")
    let restored = try await record.home.appliance("asset", "restore", "BTC", "--json")
    try Golden.expect(restored.output, isGolden: "asset-restore-json")
    #expect(try await record.home.appliance("ingest", "--dry-run").output.contains("prices BTC"))
  }

  @Test func `in a demo no request is promised, and no run is advised that it refuses`() async throws {
    let home = try TemporaryHome()
    try await home.fillFromDemo()
    let ended = try await home.appliance("asset", "add", "CCJ", "--offline")
    #expect(ended.exit == 0)
    #expect(ended.talk.contains("this record is a demo, beside which nobody is asked"), "\(ended.talk)")
    #expect(!ended.talk.contains("request"))
    #expect(ended.output.contains("Next: appliance asset list --home"), "\(ended.output)")
  }

  @Test func `an edit is told, and stands in the list`() async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "ACME")
    let ended = try await directory.appliance(
      "asset", "edit", "acme", "--name", "Acme & Sons", "--sector", "Anvils", "--group", "mine", "--symbol",
      "yahoo=SAP.DE", "--meta", "thesis=falls", "--prefer", "yahoo", "--calendar", "weekdays")
    #expect(ended.exit == 0, "\(ended.talk)")
    try Golden.expect(ended.talk + ended.output, isGolden: "asset-edit")
    try Golden.expect(
      try await directory.appliance("asset", "list", "--group", "mine", "--json").output, isGolden: "asset-list-json")
    let series = try await directory.appliance("series", "list", "ACME", "--all", "--format", "csv").output
    try Golden.expect(series, isGolden: "series-list-after-edit")
    let left = try await directory.appliance("asset", "edit", "ACME", "--leave", "mine")
    #expect(left.output == "ACME: in no group\n", "\(left.talk)\(left.output)")
  }

  @Test(
    arguments: [
      (["ACME"], 64, "say what is to be changed"), (["NOSUCH", "--name", "x"], 64, "there is no asset 'NOSUCH'"),
      (["BTC", "--symbol", "yahoo=BTC-USD"], 1, "`appliance series add BTC --source yahoo --interval 1d"),
      (["BTC", "--symbol", "binance=ETHUSDT"], 1, "binance ETHUSDT is a series of ETH"),
      (["BTC", "--prefer", "krake"], 64, "(did you mean 'kraken'?)"),
      (["BTC", "--group", "Mine!"], 64, "is no name of a group"),
      (["BTC", "--calendar", "NYSE"], 1, "--calendar: BTC has"),
      (["BTC", "--leave", "mine"], 1, "BTC is in no group 'mine'; it is in"),
      (["BTC", "--meta", "x"], 64, "write it like thesis=services"),
      (["BTC", "--name", "\u{1b}[2J"], 64, "is no name"),
    ] as [([String], Int32, String)])
  func `an edit that cannot be says why`(arguments: [String], exit: Int32, words: String) async throws {
    let record = try Record()
    let ended = try await ApplianceProcess(arguments: ["asset", "edit"] + arguments + ["--home", record.home.path])
      .run()
    #expect(ended.exit == exit)
    #expect(ended.talk.contains(words), "\(ended.talk)")
  }

  @Test func `prices of a source that is not asked are not preferred, and the line to type is said`() async throws {
    let home = try Record().home
    func prefer(_ source: String) async throws -> ApplianceProcess.Ended {
      try await home.appliance("asset", "edit", "BTC", "--prefer", source)
    }
    _ = try await home.appliance("series", "remove", "BTC", "--source", "coinbase")
    let removed = try await prefer("coinbase")
    #expect(removed.exit == 1)
    #expect(removed.told.contains("`appliance series resume BTC --source coinbase"), "\(removed.talk)")
    _ = try await home.appliance("series", "resume", "BTC", "--source", "coinbase")
    #expect(try await prefer("coinbase").output == "BTC: prices of coinbase first\n")
    _ = try await home.appliance("source", "disable", "kraken")
    #expect(try await prefer("kraken").told.contains("`appliance source enable kraken"))
    #expect(try await prefer("farside").told.contains("that source tells no prices of it"))
  }

  @Test(arguments: [60, 80, 120])
  func `a list fits its screen`(columns: Int) async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "--group", "quantum", "--quiet")
    let ended = try await directory.appliance("asset", "list", output: .screen(columns: columns))
    try Golden.expect(ended.output, isGolden: "screen-asset-list-\(columns)")
  }

  @Test(arguments: ["list", "edit", "remove", "restore"])
  func `all but adding want a file`(command: String) async throws {
    let home = try TemporaryHome()
    let more = command == "list" ? [] : command == "edit" ? ["BTC", "--name", "x"] : ["BTC"]
    let ended = try await ApplianceProcess(arguments: ["asset", command] + more + ["--home", home.path]).run()
    #expect(ended.exit == 10)
    #expect(home.names().isEmpty)
  }

  @Test(arguments: ["asset", "asset add", "asset edit", "series add", "source list", "ingest"])
  func `help gives examples`(command: String) async throws {
    let ended = try await ApplianceProcess(
      arguments: command.split(separator: " ").map(String.init) + ["--help"], environment: ["COLUMNS": "80"]
    ).run()
    #expect(ended.exit == 0)
    try Golden.expect(ended.output, isGolden: "help-\(command.replacing(" ", with: "-"))")
  }

  private func write(_ text: String, to path: String) throws {
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }
}

extension ApplianceProcess.Ended {
  /// What it said on standard error, however that was folded.
  fileprivate var told: String { talk.replacing("\n", with: " ") }
}
