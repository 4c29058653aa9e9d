import Testing

/// What was exported as CSV comes back, each row into the series that its columns name.
@Suite struct OwnExportsTests {
  private let home: TemporaryHome
  private let other: TemporaryHome
  private static let later = ["APPLIANCE_NOW": "2026-11-01T00:00:00Z"]

  init() throws {
    home = try TemporaryHome()
    other = try TemporaryHome()
  }

  private func run(_ home: TemporaryHome, _ arguments: [String], input: String = "") async throws
    -> ApplianceProcess.Ended
  {
    try await ApplianceProcess(
      arguments: arguments + ["--home", home.path], environment: Self.later, input: Array(input.utf8)
    ).run()
  }

  /// Fills the one record with the demo, exports from it, and brings that into the other.
  private func exported(_ dataset: String) async throws -> String {
    try await home.fillFromDemo()
    return try await run(home, ["export", dataset]).output
  }

  private func file(_ name: String, _ text: String) throws -> String {
    let path = other.file(name)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// Some columns of a table, its rows sorted.
  private func columns(_ names: [String], of text: String) -> [String] {
    let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let header = lines.first?.map(String.init) ?? []
    let places = names.compactMap { header.firstIndex(of: $0) }
    return lines.dropFirst().map { fields in places.map { String(fields[$0]) }.joined(separator: ",") }.sorted()
  }

  private static let bar = ["asset", "source", "ts_utc", "open", "high", "low", "close", "volume"]

  @Test(arguments: ["bar", "ohlc_hourly"])
  func `bars of several assets and sources come back without an option`(dataset: String) async throws {
    let text = try await exported(dataset)
    let ended = try await run(other, ["import", try file("out.csv", text)])
    #expect(ended.exit == 0, "\(ended.talk)")
    let again = try await run(other, ["export", "bar"]).output
    let back = columns(Self.bar, of: again.replacing("-archive", with: ""))
    #expect(back == columns(Self.bar, of: text) && back.count > 300)
    #expect(Set(columns(["asset"], of: again)) == ["BTC", "ETH"])
    let twice = try await run(other, ["import", other.file("out.csv"), "--json"])
    #expect(twice.exit == 0 && !twice.output.contains("\"new\":1"))
    let proof = try await run(other, ["rebuild", "--verify"])
    #expect(proof.exit == 0, "\(proof.output)\(proof.talk)")
  }

  @Test func `days of sentiment come back without an option`() async throws {
    let text = try await exported("sentiment_daily")
    let ended = try await run(other, ["import", try file("out.csv", text)])
    #expect(ended.exit == 0, "\(ended.talk)\(ended.output)")
    let again = try await run(other, ["export", "sentiment"]).output
    let back = columns(["as_of_date", "value", "classification"], of: again)
    #expect(back == columns(["as_of_date", "fng_value", "classification"], of: text) && back.count > 10)
  }

  @Test func `flows come back without an option, each fund to its asset`() async throws {
    let text = try await exported("etf_flows_daily")
    let ended = try await run(other, ["import", try file("out.csv", text)])
    #expect(ended.exit == 0, "\(ended.talk)\(ended.output)")
    let again = try await run(other, ["export", "etf_flow"]).output
    let names = ["as_of_date", "ticker", "net_flow_usd"]
    let back = columns(names, of: again)
    #expect(back == columns(names, of: text) && back.count > 100)
    let pairs = columns(["asset", "ticker"], of: again)
    let proof = try await run(other, ["rebuild", "--verify"])
    #expect(proof.exit == 0, "\(proof.output)\(proof.talk)")
    #expect(pairs.contains("ETH,ETHA") && pairs.contains("BTC,IBIT") && !pairs.contains("BTC,ETHA"))
  }

  private static let two = """
    asset,ts_utc,open,high,low,close,volume,session,source
    BTC,2025-09-18T00:00:00Z,100,102,99,101,5,ASIA,binance
    BTC,2025-09-18T01:00:00Z,101,103,100,102,5,ASIA,binance
    ETH,2025-09-18T00:00:00Z,4,6,3,5,5,ASIA,coinbase
    ETH,2025-09-18T01:00:00Z,5,7,4,6,5,ASIA,coinbase

    """

  @Test func `an export through a pipe comes back, into series of its sources`() async throws {
    let ended = try await run(other, ["import", "-"], input: Self.two)
    #expect(ended.exit == 0, "\(ended.talk)")
    let again = try await run(other, ["export", "bar"]).output
    #expect(
      Set(columns(["asset", "source", "interval"], of: again)) == ["BTC,binance-archive,1h", "ETH,coinbase-archive,1h"])
  }

  @Test func `of an export with two assets one can be asked for`() async throws {
    let path = try file("two.csv", Self.two)
    let ended = try await run(other, ["import", path, "--asset", "ETH", "--interval", "1h", "--source", "mine"])
    #expect(ended.exit == 0, "\(ended.talk)")
    #expect(ended.output.contains("binance BTC: 2 rows left out: not of ETH"))
    let again = try await run(other, ["export", "bar"]).output
    #expect(columns(["asset", "source", "open"], of: again) == ["ETH,mine,4", "ETH,mine,5"])
  }

  @Test func `a known fund belongs to its asset whatever the flag says`() async throws {
    let text = "as_of_date,ticker,net_flow_usd\n2025-09-18,IBIT,5\n2025-09-18,ETHA,7\n2025-09-18,ZZZZ,9\n"
    let path = try file("flows.csv", text)
    let ended = try await run(other, ["import", path, "--dataset", "etf-flow", "--asset", "BTC"])
    #expect(ended.exit == 0, "\(ended.talk)\(ended.output)")
    #expect(ended.output.contains("flows ETH: 1 row left out: funds of ETH"))
    let again = try await run(other, ["export", "etf_flow"]).output
    #expect(columns(["asset", "ticker"], of: again) == ["BTC,IBIT", "BTC,ZZZZ"])
    let unknown = try await run(home, ["import", path])
    #expect(unknown.exit == 3 && unknown.output.contains("funds that are not known: ZZZZ; --asset says what they hold"))
  }

  @Test func `days that are computed are refused, with the way to bring in what they come from`() async throws {
    let text = try await exported("daily_market_snapshot")
    let ended = try await run(other, ["import", try file("days.csv", text), "--asset", "BTC", "--interval", "1d"])
    #expect(ended.exit == 1)
    #expect(ended.talk.contains("`appliance export bar -o bars.csv --home "))
  }

  @Test func `bars that do not tell how long they are are asked about`() async throws {
    let text = Self.two.split(separator: "\n").prefix(2).joined(separator: "\n") + "\n"
    let ended = try await run(other, ["import", try file("one.csv", text)])
    #expect(ended.exit == 64 && ended.talk.contains("--interval"))
    #expect(try await run(other, ["import", other.file("one.csv"), "--interval", "1h"]).exit == 0)
  }

  @Test func `what is no export is asked about as ever`() async throws {
    let ended = try await run(other, ["import", "-"], input: "unix,open\n1,2\n")
    #expect(ended.exit == 64 && ended.talk.contains("bars need --interval"))
    #expect(try await run(other, ["import", try file("a.csv", "unix,open\n1,2\n")]).exit == 64)
  }

  // MARK: Several fields in one word

  @Test func `fields and columns are told in one word`() async throws {
    let rows = (0..<3).map { "x,\(1_730_419_200 + $0 * 3600),100,102,99,101,5\n" }.joined()
    let ended = try await run(
      other,
      [
        "import", "-", "--asset", "BTC", "--interval", "1h", "--map", "time=2,open=3,high=4,low=5", "--map",
        "close=6,volume=7",
      ],
      input: rows)
    #expect(ended.exit == 0 && ended.output.contains("3 new"), "\(ended.talk)")
  }

  @Test func `a comma may stand in the name of a column`() async throws {
    let head = "time,open,high,low,\"Close, adjusted\",volume\n"
    let ended = try await run(
      other, ["import", "-", "--asset", "BTC", "--interval", "1h", "--map", "time=1,close=Close, adjusted,volume=6"],
      input: head + "1730419200,100,102,99,101,5\n")
    #expect(ended.exit == 0 && ended.output.contains("1 new"), "\(ended.talk)")
  }

  @Test func `which rows are taken is told by a column, and kept with the import`() async throws {
    let head = "time,asset_id,open,high,low,close,volume\n"
    let rows = (0..<4).map { hour in
      "\(1_730_419_200 + hour * 3600),\(hour / 2),\(hour < 2 ? "900,930,890,910" : "50,52,49,51"),5\n"
    }
    let path = try file("ids.csv", head + rows.joined())
    let arguments = ["import", path, "--asset", "ETH", "--interval", "1h"]
    let asked = try await run(other, arguments)
    #expect(asked.exit == 1 && asked.talk.contains("--where-column asset_id=0 or --where-column asset_id=1"))
    let ended = try await run(other, arguments + ["--where-column", "asset_id=1"])
    #expect(ended.exit == 0 && ended.output.contains("2 left out: asset_id 0"), "\(ended.talk)")
    let proof = try await run(other, ["rebuild", "--verify"])
    #expect(proof.exit == 0, "\(proof.output)\(proof.talk)")
  }
}
