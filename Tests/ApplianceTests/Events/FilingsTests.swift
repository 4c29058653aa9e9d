import Support
import Synchronization
import Testing

/// What companies file, against a server that plays the SEC: it answers who says how he can be reached.
@Suite struct FilingsTests {
  private let home: TemporaryHome
  private let server: LoopbackServer
  private let day: Day

  /// Which day it is at the server.
  private final class Day: Sendable {
    let number = Mutex(1)
  }

  private static let tickers = #"{"0":{"cik_str":320193,"ticker":"AAPL"},"1":{"cik_str":789019,"ticker":"MSFT"}}"#

  private static func submissions(_ filer: String, _ rows: [[String]]) -> String {
    let names = ["accessionNumber", "filingDate", "form", "items", "primaryDocument"]
    let columns = names.enumerated().map { index, name in
      "\"\(name)\":[\(rows.map { "\"\($0[index])\"" }.joined(separator: ","))]"
    }
    return "{\"cik\":\"\(filer)\",\"filings\":{\"recent\":{\(columns.joined(separator: ","))},\"files\":[]}}"
  }

  private static let report = ["0000320193-24-000100", "2024-09-19", "10-Q", "", "q.htm"]
  private static let notice = ["0000320193-24-000099", "2024-09-18", "8-K", "2.02,9.01", "n.htm"]
  private static let corrected = ["0000320193-24-000099", "2024-09-18", "8-K/A", "2.02", "n.htm"]
  private static let oldest = ["0000320193-24-000001", "2024-01-05", "8-K", "", "o.htm"]

  init() throws {
    home = try TemporaryHome()
    let day = Day()
    self.day = day
    server = try LoopbackServer { request in
      let agent = request.header("user-agent") ?? ""
      guard agent.hasSuffix(" name@example.org") else { return .status(403, [], "<html>Undeclared</html>") }
      switch request.path {
      case "/sec/files/company_tickers.json": return .json(FilingsTests.tickers)
      case "/sec/submissions/CIK0000320193.json":
        let amended = ["0000320193-24-000101", "2024-09-20", "10-Q/A", "", "a.htm"]
        let rows =
          switch day.number.withLock({ $0 }) {
          case 1: [FilingsTests.report, FilingsTests.notice, FilingsTests.oldest]
          case 2: [amended, FilingsTests.report, FilingsTests.oldest]
          default: [FilingsTests.report, FilingsTests.corrected, FilingsTests.oldest]
          }
        return .json(FilingsTests.submissions("320193", rows))
      case "/sec/submissions/CIK0000789019.json": return .json(FilingsTests.submissions("789019", []))
      default: return .status(404, [], "not here")
      }
    }
  }

  private func appliance(
    at now: String = "2024-09-20T15:00:00Z", contact: String? = "name@example.org",
    universe: String = "AAPL,MSFT,events", _ words: String...
  ) async throws -> ApplianceProcess.Ended {
    var environment = ["APPLIANCE_NOW": now, "APPLIANCE_BASE_URL": server.url, "UNIVERSE": universe]
    environment["SEC_CONTACT"] = contact
    return try await ApplianceProcess(arguments: words + ["--home", home.path], environment: environment).run()
  }

  private var asked: [String] { server.requests.map(\.path) }

  @Test func `filings are asked of each company once a day, listed with form, day and address, and explained`()
    async throws
  {
    let run = try await appliance("ingest", "--source", "sec", "--no-backup", "--json")
    #expect(run.exit == 3 || run.exit == 0, "\(run.output) \(run.talk)")
    #expect(run.output.contains(#""name":"events""#) && run.output.contains(#""new":3"#), "\(run.output)")
    #expect(
      asked == [
        "/sec/files/company_tickers.json", "/sec/submissions/CIK0000320193.json", "/sec/submissions/CIK0000789019.json",
      ])
    let list = try await appliance("events", "--kind", "filing", "--from", "2024-09-01", "--json").output
    #expect(list.contains(#""title":"8-K (2.02, 9.01)""#) && list.contains(#""asset":"AAPL""#), "\(list)")
    #expect(list.contains("https://www.sec.gov/Archives/edgar/data/320193/000032019324000099/n.htm"))
    #expect(list.contains(#""country":null"#) && !list.contains("USD"), "\(list)")
    let week = try await appliance("events", "--kind", "filing", "--json").output
    #expect(week.contains(#""from":"2024-09-13","to":"2024-09-20""#) && week.contains("10-Q"), "\(week)")
    let none = try await appliance("events", "--kind", "filing", "--country", "USD", "--from", "2024-09-01")
    #expect(none.output.isEmpty && none.talk.contains("nothing of that"), "\(none.output)")
    let later = try await appliance("events", "--asset", "AAPL", "--from", "2024-09-20")
    #expect(later.talk.contains("the last before on 2024-09-19: --from"), "\(later.talk)")
    let export = try await appliance("export", "market_event", "--format", "csv").output
    #expect(export.split(separator: "\n").first?.hasSuffix(",asset") == true && export.contains(",AAPL\n"), "\(export)")
    let table = try await appliance("events", "--asset", "AAPL", "--from", "2024-09-01").output
    #expect(table.contains("of    title") && table.contains("AAPL") && !table.contains("forecast"), "\(table)")
    #expect(table.contains("10-Q") && table.contains("2024-09-19") && table.contains("q.htm"), "\(table)")
    let id = try #require(list.split(separator: #""event_id":"#).dropFirst().first?.prefix { $0.isNumber })
    let why = try await appliance("why", "event", String(id), "day")
    #expect(why.exit == 0 && why.output.contains("$.filings.recent.filingDate[1]"), "\(why.output) \(why.talk)")
    #expect(why.output.contains("CIK0000320193.json"), "\(why.output)")
    let whole = try await appliance("why", "event", String(id)).output
    #expect(whole.contains("of AAPL is on 2024-09-18, to be read at https://") && !whole.contains("–"), "\(whole)")
    // Where one answers that it filed nothing, it is asked again; the other is not.
    _ = try await appliance("ingest", "--source", "sec", "--no-backup")
    #expect(asked.count { $0.hasSuffix("CIK0000320193.json") } == 1 && asked.count { $0.contains("tickers") } == 1)
    #expect(try await appliance("rebuild", "--verify").exit == 0)
  }

  @Test func `what is not told any more is withdrawn, and told again as itself`() async throws {
    _ = try await appliance("ingest", "--source", "sec", "--no-backup")
    day.number.withLock { $0 = 2 }
    let next = try await appliance(at: "2024-09-21T15:00:00Z", "ingest", "--source", "sec", "--no-backup", "--json")
    #expect(next.output.contains(#""new":1,"changed":1,"unchanged":2"#), "\(next.output)")
    let list = try await appliance(at: "2024-09-21T15:00:00Z", "events", "--kind", "filing", "--from", "2024-01-01")
      .output
    #expect(list.contains("8-K (2.02, 9.01) (withdrawn)") && list.contains("10-Q/A"), "\(list)")
    let then = try await appliance(
      at: "2024-09-21T15:00:00Z", "events", "--kind", "filing", "--from", "2024-01-01", "--as-of",
      "2024-09-20T16:00:00Z"
    ).output
    #expect(!then.contains("withdrawn") && !then.contains("10-Q/A"), "\(then)")
    day.number.withLock { $0 = 1 }
    _ = try await appliance(at: "2024-09-22T15:00:00Z", "ingest", "--source", "sec", "--no-backup")
    let again = try await appliance(at: "2024-09-22T15:00:00Z", "events", "--kind", "filing", "--from", "2024-01-01")
      .output
    #expect(!again.contains("9.01) (withdrawn)") && again.contains("10-Q/A (withdrawn)"), "\(again)")
    #expect(try await appliance("rebuild", "--verify").exit == 0)
  }

  @Test func `a filing that is told under another form is one event, told otherwise`() async throws {
    _ = try await appliance("ingest", "--source", "sec", "--no-backup")
    day.number.withLock { $0 = 3 }
    let next = try await appliance(at: "2024-09-21T15:00:00Z", "ingest", "--source", "sec", "--no-backup", "--json")
    #expect(next.output.contains(#""new":0,"changed":1,"unchanged":2"#), "\(next.output)")
    func list(_ words: String...) async throws -> String {
      let words = ["events", "--from", "2024-09-18", "--to", "2024-09-18", "--json"] + words
      let environment = ["APPLIANCE_NOW": "2024-09-21T15:00:00Z"]
      return try await ApplianceProcess(arguments: words + ["--home", home.path], environment: environment).run().output
    }
    let now = try await list()
    #expect(now.components(separatedBy: "event_id").count == 2 && now.contains(#""title":"8-K/A (2.02)""#), "\(now)")
    #expect(now.contains(#""is_withdrawn":false"#))
    let then = try await list("--as-of", "2024-09-20T16:00:00Z")
    #expect(then.contains(#""title":"8-K (2.02, 9.01)""#), "\(then)")
    let changes = try await appliance(at: "2024-09-21T15:00:00Z", "changes").output
    #expect(changes.contains("8-K (2.02, 9.01)") && changes.contains("8-K/A (2.02)"), "\(changes)")
    #expect(try await appliance("rebuild", "--verify").exit == 0)
  }

  @Test func `a share that the list of tickers lacks is told of once`() async throws {
    let universe = "AAPL,NVDA,events"
    func run(at now: String) async throws -> ApplianceProcess.Ended {
      try await appliance(at: now, universe: universe, "ingest", "--source", "sec", "--no-backup")
    }
    let first = try await run(at: "2024-09-20T15:00:00Z")
    #expect(first.exit == 0, "\(first.talk)")
    #expect(first.talk.contains("NVDA sec") && first.talk.contains("is not listed by SEC EDGAR"), "\(first.talk)")
    let count = asked.count
    let again = try await run(at: "2024-09-20T16:00:00Z")
    #expect(!again.talk.contains("NVDA") && asked.count == count, "\(again.talk)")
    let next = try await run(at: "2024-09-21T15:00:00Z")
    #expect(!next.talk.contains("NVDA") && asked.count == count + 1, "\(next.talk)")
  }

  @Test func `without a mail address nobody is asked, and it is said what to do`() async throws {
    let none = try await appliance(contact: nil, "ingest", "--source", "sec", "--no-backup")
    #expect(none.exit == 4 && none.talk.contains("needs SEC_CONTACT, your mail address, in .env"), "\(none.talk)")
    #expect(asked.isEmpty)
    let doctor = try await appliance(contact: nil, "doctor", "--offline").output
    #expect(doctor.contains("put your mail address into .env as SEC_CONTACT=…"), "\(doctor)")
    let wrong = try await appliance(contact: "me", "ingest", "--source", "sec", "--no-backup")
    #expect(wrong.exit == 64 && wrong.talk.contains("write it like name@example.org"), "\(wrong.talk)")
    let refused = try await appliance(contact: "other@example.org", "ingest", "--source", "sec", "--no-backup")
    #expect(refused.exit == 4 && refused.talk.contains("SEC_CONTACT"), "\(refused.exit) \(refused.talk)")
    #expect(try await appliance(contact: nil, "source", "list").talk.contains("SEC_CONTACT=… (your mail address)"))
  }
}
