import Support
import Testing

@Suite struct FollowedRebuildTests {
  @Test func `what was decided about assets, series and sources is in a rebuilt file as it was`() async throws {
    let home = try TemporaryHome()
    func run(_ arguments: String...) async throws -> ApplianceProcess.Ended {
      try await ApplianceProcess(arguments: arguments + ["--home", home.path]).run()
    }
    try await home.fillFromDemo()
    for command in [
      ["asset", "add", "Cameco"], ["asset", "add", "--group", "quantum"],
      [
        "asset", "edit", "CCJ", "--name", "Cameco Corporation", "--group", "mine", "--symbol", "yahoo=CCO.TO",
        "--offline",
      ],
      ["asset", "remove", "ETH"], ["asset", "remove", "IONQ"], ["asset", "restore", "IONQ"],
      ["series", "add", "BTC", "--source", "yahoo", "--interval", "1d"],
      ["series", "remove", "BTC", "--source", "coinbase"], ["source", "disable", "kraken"],
    ] {
      let ended = try await ApplianceProcess(arguments: command + ["--home", home.path]).run()
      #expect(ended.exit == 0, "\(command): \(ended.talk)")
    }
    let lists = [
      ["asset", "list", "--json"], ["asset", "list", "--removed", "--json"], ["series", "list", "--all", "--json"],
      ["source", "list", "--json"],
    ]
    func told() async throws -> [String] {
      var texts: [String] = []
      for list in lists {
        texts.append(try await ApplianceProcess(arguments: list + ["--home", home.path]).run().output)
      }
      return texts
    }
    let before = try await told()
    #expect(before[0].contains("CCO.TO") == false && before[2].contains("CCO.TO"))
    let verified = try await run("rebuild", "--verify")
    #expect(verified.exit == 0, "\(verified.output)\(verified.talk)")
    #expect(try await run("rebuild", "--apply").exit == 0)
    #expect(try await told() == before)
    // Another edition: what the settings follow is more now, and what was decided stands over it.
    let wider = try await ApplianceProcess(
      arguments: ["ingest", "--replay", "demo", "--quiet", "--no-backup", "--home", home.path],
      environment: ["UNIVERSE": "core,fusion-energy"]
    ).run()
    #expect(wider.exit == 0, "\(wider.talk)")
    let assets = try await run("asset", "list", "--json").output
    #expect(assets.contains(#""symbol":"CCJ","name":"Cameco Corporation""#))
    #expect(assets.contains(#""symbol":"AAPL""#))
    #expect(!assets.contains(#""symbol":"ETH""#))
    let series = try await run("series", "list", "CCJ", "--json").output
    #expect(series.contains("CCO.TO"))
    #expect(!series.contains(#""symbol":"CCJ""#))
  }
}
