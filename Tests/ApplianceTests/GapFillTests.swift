import Support
import Testing

/// What one source lacks is asked of another one, into a series of its own.
@Suite struct GapFillTests {
  /// Two weeks of a share without its 10 and 11 September, and a Polygon that has them.
  private struct Desk {
    let home: TemporaryHome
    let server: LoopbackServer

    private static let share = "(SELECT series_id FROM series WHERE provider_symbol = 'AAPL' AND dataset = 'bar')"

    init() async throws {
      home = try Record().home
      server = try LoopbackServer { request in
        guard request.path == "/polygon/v2/aggs/ticker/AAPL/range/1/day/2025-09-10/2025-09-11" else {
          return .status(404, [], "{}")
        }
        let rows = [1_757_476_800, 1_757_563_200].map {
          #"{"o":10,"h":12,"l":9,"c":11,"v":100,"vw":10.5,"n":42,"t":\#($0)000}"#
        }
        return .json(#"{"ticker":"AAPL","adjusted":true,"results":[\#(rows.joined(separator: ","))],"status":"OK"}"#)
      }
      let added = try await home.appliance("asset", "add", "AAPL", "--offline")
      #expect(added.exit == 0)
      try SQL(home.database).run(
        """
        BEGIN; DELETE FROM gap;
        WITH RECURSIVE day (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM day WHERE n < 16)
        INSERT INTO bar SELECT \(Self.share), unixepoch('2025-09-02') + 86400 * n, 10, 12, 9, 11, 100, 1 FROM day
        WHERE strftime('%w', '2025-09-02', n || ' days') NOT IN ('0', '6') AND n NOT IN (8, 9);
        UPDATE series SET row_count = 11, first_time = unixepoch('2025-09-02'), last_time = unixepoch('2025-09-18')
        WHERE series_id = \(Self.share);
        INSERT INTO gap VALUES (\(Self.share), unixepoch('2025-09-10'), unixepoch('2025-09-11'), 2, 'provider_empty', 1,
          NULL, NULL);
        COMMIT;
        """)
    }

    func appliance(_ words: String..., key: Bool = true) async throws -> ApplianceProcess.Ended {
      try await ApplianceProcess(
        arguments: words + ["--home", home.path],
        environment: [
          "APPLIANCE_NOW": "2025-09-19T17:30:20Z", "APPLIANCE_BASE_URL": server.url,
        ].merging(key ? ["POLYGON_API_KEY": "kX7vQ2mPz9Lw4TbN"] : [:]) { $1 }
      ).run()
    }

    func rows(_ sql: String) throws -> [String] {
      try SQL(home.database).rows(sql).map { $0.map { $0 ?? "∅" }.joined(separator: "|") }
    }

    static let bars = """
      SELECT source.name, count(*), min(date(open_time, 'unixepoch')), max(date(open_time, 'unixepoch'))
      FROM bar JOIN series USING (series_id) JOIN source USING (source_id) WHERE provider_symbol = 'AAPL'
      GROUP BY source.name
      """
  }

  @Test func `what is missing comes into a series of its own, which is not followed beyond that`() async throws {
    let desk = try await Desk()
    let plan = try await desk.appliance("gaps", "--fill", "--dry-run")
    #expect(plan.exit == 0)
    #expect(
      plan.output
        == "AAPL 1d: 2 bars that yahoo lacks, into polygon AAPL\nit would take 1 request to Polygon\n")
    #expect(desk.server.requests.isEmpty)
    let filled = try await desk.appliance("gaps", "--fill", "--asset", "aapl")
    #expect(filled.exit == 0, "\(filled.talk)")
    #expect(
      filled.talk.hasPrefix("AAPL 1d: 2 bars that yahoo lacks, into polygon AAPL\nit takes 1 request to Polygon\n"))
    #expect(try desk.rows(Desk.bars) == ["polygon|2|2025-09-10|2025-09-11", "yahoo|11|2025-09-02|2025-09-18"])
    #expect(desk.server.requests.count == 1)
    let shown = try await desk.appliance(
      "show", "AAPL", "--from", "2025-09-09", "--to", "2025-09-12", "--format", "csv")
    #expect(!shown.output.contains("polygon"))
    let asked = try await desk.appliance("ingest", "--dry-run")
    #expect(!asked.output.contains("polygon"))
  }

  @Test func `filling again asks nobody`() async throws {
    let desk = try await Desk()
    #expect(try await desk.appliance("gaps", "--fill").exit == 0)
    let again = try await desk.appliance("gaps", "--fill")
    #expect(again.exit == 0)
    #expect(again.talk == "no bars are missing that no other source here has\n", "\(again.talk)")
    #expect(desk.server.requests.count == 1)
  }

  @Test func `a plan for programs names source, count and cost`() async throws {
    let desk = try await Desk()
    let plan = try await desk.appliance("gaps", "--fill", "--dry-run", "--json")
    #expect(
      plan.output == """
        {"version":1,"fill":[{"asset":"AAPL","interval":"1d","lacking":"yahoo","source":"polygon","symbol":"AAPL",\
        "missing":2}],"cost":[{"source":"polygon","requests":1,"seconds":0}]}

        """)
  }

  @Test func `without a key it is said where to get one`() async throws {
    let desk = try await Desk()
    let ended = try await desk.appliance("gaps", "--fill", key: false)
    #expect(ended.exit == 4)
    let told = ended.talk.replacing("\n", with: " ")
    #expect(told.contains("POLYGON_API_KEY for Polygon, from https://"), "\(told)")
    #expect(told.contains("ALPHA_VANTAGE_API_KEY for Alpha Vantage, from https://"))
    #expect(desk.server.requests.isEmpty)
  }

  @Test func `a source that is switched off is not asked`() async throws {
    let desk = try await Desk()
    #expect(try await desk.appliance("source", "disable", "polygon").exit == 0)
    #expect(try await desk.appliance("gaps", "--fill").exit == 4)
    #expect(desk.server.requests.isEmpty)
  }

  @Test(arguments: [
    (["--fill", "--all"], "leave --all and --format away"), (["--dry-run"], "--dry-run goes with --fill"),
  ])
  func `what does not go together is wrong usage`(flags: [String], words: String) async throws {
    let ended = try await ApplianceProcess(arguments: ["gaps"] + flags).run()
    #expect(ended.exit == 64)
    #expect(ended.talk.contains(words))
  }
}
