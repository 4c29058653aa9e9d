import Support
import Testing

/// Economic series added and removed as a person does it, against a server that plays FRED and the World Bank.
@Suite struct EconomicSeriesTests {
  private let home: TemporaryHome
  private let server: LoopbackServer

  private static let json = [("Content-Type", "application/json")]

  init() throws {
    home = try TemporaryHome()
    server = try LoopbackServer { request in
      if request.query("api_key") != nil {
        return .status(
          400, EconomicSeriesTests.json,
          #"{"error_code":400,"error_message":"Bad Request.  The value for variable api_key is not registered."}"#)
      }
      switch request.target {
      case let path where path.contains("fredgraph.csv?id=WALCL"):
        return .status(
          200, [("Content-Type", "text/csv")],
          "observation_date,WALCL\n2025-09-03,6602000\n2025-09-10,6605000\n2025-09-17,6608000\n")
      case let path where path.contains("fredgraph.csv"):
        return .status(404, [("Content-Type", "text/html")], "<html><body>not found</body></html>")
      case let path where path.contains("/country/DEU/"): return .status(200, EconomicSeriesTests.json, germany)
      case let path where path.contains("/country/"):
        return .status(
          200, EconomicSeriesTests.json,
          #"[{"message":[{"id":"120","key":"Invalid value","value":"The provided parameter value is not valid"}]}]"#)
      default: return .status(404, [], "not here")
      }
    }
  }

  private func appliance(
    _ words: String..., at now: String = "2025-09-19T22:30:00Z", key: String? = nil, universe: String = "BTC"
  ) async throws -> ApplianceProcess.Ended {
    let environment = [
      "APPLIANCE_NOW": now, "APPLIANCE_BASE_URL": server.url, "UNIVERSE": universe,
    ]
    return try await ApplianceProcess(
      arguments: words + ["--home", home.path],
      environment: key.map { environment.merging(["FRED_API_KEY": $0]) { $1 } } ?? environment
    ).run()
  }

  @Test func `an id of FRED is added, listed by its id, filled, shown and removed`() async throws {
    _ = try await appliance("ingest", "--offline", "--no-backup")
    let added = try await appliance("series", "add", "walcl", "--source", "fred")
    #expect(added.exit == 0 && added.output.contains("WALCL at fred: asked for from now on"), "\(added.talk)")
    #expect(try await appliance("series", "add", "WALCL", "--source", "fred").output.contains("asked for already"))
    let run = try await appliance("ingest", "--only", "macro", "--no-backup", "--json")
    #expect(run.exit == 0 && run.output.contains(#""new":3"#), "\(run.output) \(run.talk)")
    let list = try await appliance("series", "list", "walcl", "--format", "csv")
    #expect(list.output.contains(",fred,") && list.output.contains("WALCL"), "\(list.output) \(list.talk)")
    #expect(list.output.split(separator: "\n").count == 2, "\(list.output)")
    #expect(try await appliance("show", "WALCL").output.contains("6608000"))
    let removed = try await appliance("series", "remove", "WALCL", "--source", "fred")
    #expect(removed.output.contains("not asked for any more; its 3 rows stay"), "\(removed.talk)")
    #expect(try await appliance("show", "WALCL").output.contains("6608000"))
  }

  @Test func `rows of the past say of which series nothing can be told`() async throws {
    _ = try await appliance("ingest", "--offline", "--no-backup")
    _ = try await appliance("series", "add", "WALCL", "--source", "fred")
    _ = try await appliance("ingest", "--only", "macro", "--no-backup")
    for subject in ["macro_observation", "walcl"] {
      for command in ["export", "show"] {
        let told = try await appliance(command, subject, "--as-of", "2025-09-15")
        #expect(told.talk.contains("left out, as this file knows it only from answers after"), "\(told.talk)")
        #expect(told.talk.contains(": WALCL"), "\(told.talk)")
        let object = try await appliance(command, subject, "--as-of", "2025-09-15", "--json")
        #expect(object.output.contains(#""unknown_then""#), "\(object.output)")
      }
    }
    let now = try await appliance("export", "macro_observation", "--as-of", "2025-09-19T22:30:00Z")
    #expect(now.output.contains("6608000") && !now.talk.contains("left out"), "\(now.talk)")
  }

  @Test func `a weekly series is late when nobody looked, and when nothing came for weeks`() async throws {
    _ = try await appliance("ingest", "--offline", "--no-backup", universe: "DGS10")
    _ = try await appliance("series", "add", "WALCL", "--source", "fred", universe: "DGS10")
    _ = try await appliance("ingest", "--only", "macro", "--no-backup", universe: "DGS10")
    func trouble(at now: String) async throws -> String? {
      let status = try await appliance("status", at: now, universe: "DGS10").output
      return status.split(separator: "\n").map(String.init).first { $0.contains("late  WALCL") }
    }
    #expect(try await trouble(at: "2025-09-19T23:00:00Z") == nil)
    // The day's look was due in the afternoon of the 22nd, and whoever runs once a day is not late.
    #expect(try await trouble(at: "2025-09-22T15:00:00Z") == nil)
    let unlooked = try await trouble(at: "2025-09-25T15:00:00Z")
    #expect(unlooked?.contains("not looked at since 2025-09-19T22:30:00Z") == true, "\(unlooked ?? "")")
    _ = try await appliance("ingest", "--only", "macro", "--no-backup", at: "2025-10-20T15:00:00Z", universe: "DGS10")
    let silent = try await trouble(at: "2025-10-20T15:30:00Z")
    #expect(silent?.contains("newest 2025-09-17") == true, "\(silent ?? "")")
    #expect(try await appliance("status", "--gate", "--quiet", at: "2025-10-20T15:30:00Z", universe: "DGS10").exit == 6)
  }

  @Test func `a country of the World Bank is added, and what is none is refused with the form`() async throws {
    _ = try await appliance("ingest", "--offline", "--no-backup")
    let added = try await appliance("series", "add", "DEU:NY.GDP.MKTP.CD", "--source", "worldbank")
    #expect(added.exit == 0, "\(added.talk)")
    #expect(added.output.contains("Germany"), "\(added.output)")
    let run = try await appliance("ingest", "--only", "macro", "--no-backup", "--json")
    #expect(run.output.contains(#""new":2"#), "\(run.output) \(run.talk)")
    let list = try await appliance(
      "series", "list", "BTC,DEU:NY.GDP.MKTP.CD", "--source", "worldbank", "--format", "csv")
    #expect(list.output.contains("DEU:NY.GDP.MKTP.CD"), "\(list.talk)")
    for id in ["DEU", "DE:NY.GDP.MKTP.CD"] {
      let form = try await appliance("series", "add", id, "--source", "worldbank")
      #expect(
        form.exit == 64 && form.talk.contains("look like USA:NY.GDP.MKTP.CD, a country by its three"), "\(form.talk)")
    }
    let unknown = try await appliance("series", "add", "XXX:NY.GDP.MKTP.CD", "--source", "worldbank")
    #expect(unknown.exit == 1 && unknown.talk.contains("nothing was changed"), "\(unknown.talk)")
  }

  @Test func `what FRED does not know changes nothing`() async throws {
    _ = try await appliance("ingest", "--offline", "--no-backup")
    let unknown = try await appliance("series", "add", "NOSUCHID", "--source", "fred")
    #expect(unknown.exit == 1, "\(unknown.talk)")
    #expect(unknown.talk.contains("does not know NOSUCHID; nothing was changed"), "\(unknown.talk)")
    #expect(try await appliance("series", "list", "NOSUCHID").exit == 64)
  }

  @Test func `a key that is refused is told once, with what to do about it`() async throws {
    let key = "bad00000000000000000000000000000"
    let run = try await appliance(
      "ingest", "--only", "macro", "--no-backup", key: key, universe: "GDP,CPIAUCSL,DGS10,DFF")
    #expect(run.exit == 4, "\(run.talk)")
    // One of four series, and of the releases behind them.
    #expect(server.requests.count == 1, "\(server.requests.map(\.path))")
    let summary = run.talk + run.output
    #expect(summary.contains("Correct FRED_API_KEY in .env, or take it out: FRED works without"), "\(summary)")
    #expect(summary.contains("Next: ") && summary.contains("source list"), "\(summary)")
    let status = try await appliance("status", key: key, universe: "GDP,CPIAUCSL,DGS10,DFF")
    // Once for the figures, once for the days on which they are published.
    #expect(status.output.ranges(of: "is not registered").count <= 2, "\(status.output)")
    #expect(!summary.contains(key) && !status.output.contains(key))
  }
}

private let germany = """
  [{"page":1,"pages":1,"per_page":2000,"total":2,"lastupdated":"2025-07-01"},[\
  {"indicator":{"id":"NY.GDP.MKTP.CD","value":"GDP (current US$)"},"country":{"id":"DE","value":"Germany"},\
  "countryiso3code":"DEU","date":"2023","value":4525703903627.53,"unit":"","obs_status":"","decimal":0},\
  {"indicator":{"id":"NY.GDP.MKTP.CD","value":"GDP (current US$)"},"country":{"id":"DE","value":"Germany"},\
  "countryiso3code":"DEU","date":"2022","value":4163596357879.39,"unit":"","obs_status":"","decimal":0}]]
  """
