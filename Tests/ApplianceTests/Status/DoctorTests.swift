import Foundation
import Market
import Store
import Support
import Testing

@Suite struct DoctorTests {
  private struct Check: Hashable {
    let name: String
    let state: String
  }

  private func checks(_ result: Child.Result) throws -> [Check] {
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let checks = try #require(object?["checks"] as? [[String: Any]])
    return checks.map { Check(name: $0["check"] as? String ?? "", state: $0["state"] as? String ?? "") }
  }

  private static let now = ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"]

  @Test func `a sound record has no problem`() async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    let result = try await Child.run(
      "doctor", "--offline", "--json", "--home", record.scratch.path, environment: Self.now)
    #expect(result.status == 0)
    let states = try checks(result)
    #expect(
      states.map(\.name) == [
        "program", "home", "disk", ".env", "database", "lock", "schema", "integrity", "references", "kept answers",
        "last run", "backups", "key", "key", "key", "key", "key", "key", "key", "clock",
      ])
    #expect(!states.contains { $0.state == "problem" })
  }

  @Test func `without a file it looks at the rest, and ends with 10`() async throws {
    let scratch = try Scratch()
    let result = try await Child.run("doctor", "--offline", "--home", scratch.path, environment: Self.now)
    #expect(result.status == 10)
    #expect(result.output.contains("problem  database        none at \(scratch.path)/appliance.db\n"))
    // As it is typed here: the program by its path, and the home.
    #expect(result.output.contains("→ `\(Child.path) ingest --home \(scratch.path)` makes one\n"))
    let object = try await Child.run("doctor", "--offline", "--json", "--home", scratch.path, environment: Self.now)
    #expect(object.output.contains(" ingest --home \(scratch.path)` makes one"))
    #expect(result.output.contains("ok       clock           2025-09-19T22:30:00Z, set by APPLIANCE_NOW\n"))
  }

  @Test func `a file of somebody else is an integrity failure`() async throws {
    let scratch = try Scratch()
    try scratch.write("not a database", to: "appliance.db")
    let result = try await Child.run("doctor", "--offline", "--home", scratch.path)
    #expect(result.status == 7)
    #expect(result.output.contains("is not an appliance database"))
  }

  @Test func `a changed answer is an integrity failure`() async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    let url = URL(fileURLWithPath: record.path)
    var bytes = try Data(contentsOf: url)
    let place = try #require(bytes.firstRange(of: Data("answer of ETHUSDT".utf8)))
    bytes[place.lowerBound] = UInt8(ascii: "A")
    try bytes.write(to: url)
    let result = try await Child.run("doctor", "--offline", "--home", record.scratch.path, environment: Self.now)
    #expect(result.status == 7)
    #expect(result.output.contains("problem  kept answers    body of fetch 2: its bytes do not match their SHA-256"))
  }

  @Test func `files that others can read are a warning`() async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    try record.scratch.write("LOG_LEVEL=info\n", to: ".env", permissions: 0o644)
    let result = try await Child.run("doctor", "--offline", "--home", record.scratch.path, environment: Self.now)
    #expect(result.status == 0)
    #expect(
      result.output.contains(
        "warning  .env            \(record.scratch.path)/.env is open to others (mode 644); keys may stand in it\n"))
    #expect(result.output.contains("→ chmod 600 \(record.scratch.path)/.env\n"))
  }

  @Test func `providers that answer are asked once each, and a clock far from theirs is a problem`() async throws {
    let server = try LoopbackServer { _ in .json("{}", [("Date", "Mon, 01 Jan 2001 00:00:00 GMT")]) }
    let record = try StatusRecord()
    _ = try record.fresh()
    let result = try await Child.run(
      "doctor", "--json", "--home", record.scratch.path, environment: ["APPLIANCE_BASE_URL": server.url])
    #expect(result.status == 1)
    let states = try checks(result)
    #expect(states.contains(Check(name: "binance", state: "ok")))
    #expect(states.contains(Check(name: "clock", state: "problem")))
    let paths = server.requests.map { $0.path.split(separator: "/").first ?? "" }.sorted()
    #expect(
      paths == [
        "alternative-me", "binance", "calendar", "cnn", "coinbase", "coingecko", "farside", "fred", "gdelt", "kraken",
        "rss",
        "worldbank",
        "yahoo",
      ])
  }

  @Test func `a refused key is a problem, and is not shown`() async throws {
    let server = try LoopbackServer { _ in .status(401) }
    let record = try StatusRecord()
    _ = try record.fresh()
    let result = try await Child.run(
      "doctor", "--home", record.scratch.path,
      environment: ["APPLIANCE_BASE_URL": server.url, "SOSOVALUE_API_KEY": "soso-8f2e91c7d0"])
    #expect(result.status == 1)
    #expect(result.output.contains("problem  sosovalue       refuses the key in SOSOVALUE_API_KEY (HTTP 401)\n"))
    #expect(!(result.output + result.talk).contains("8f2e91c7d0"))
  }

  @Test func `a key that could not be sent says where, not what`() async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    let result = try await Child.run(
      "doctor", "--offline", "--home", record.scratch.path, environment: ["COINGECKO_API_KEY": "CG-77aa bb88cc99"])
    #expect(result.status == 1)
    #expect(result.output.contains("problem  key             COINGECKO_API_KEY (environment): the key holds a space"))
    #expect(!(result.output + result.talk).contains("77aa"))
  }

  @Test(arguments: [(191, "all 196 looked at, each as it came"), (241, "200 of 246 looked at, each as it came; ")])
  func `it says what it did not read, and what would read it`(more: Int, words: String) async throws {
    let record = try StatusRecord()
    let store = try record.fresh()
    let run = try store.runs.begin(command: "ingest", at: StatusRecord.now, processID: 1, version: "test")
    for number in 0..<more {
      let answer = Answer(status: 200, headers: [], body: Array("\(number)".utf8), receivedAt: StatusRecord.now)
      let attempt = Attempt(
        url: "https://binance", startedAt: StatusRecord.now, elapsed: .zero, wireBytes: 1, result: .success(answer))
      let fetch = try store.vault.keep(
        RoundTrip(request: Request(provider: "binance", path: "/\(number)"), attempts: [attempt]), of: run, quotas: [])
      try store.vault.mark(try #require(fetch), .unreadable("a number"))
    }
    try store.runs.finish(run, outcome: .done, at: StatusRecord.now, quotas: [])
    store.close()
    let result = try await Child.run("doctor", "--offline", "--home", record.scratch.path, environment: Self.now)
    #expect(result.output.contains("ok       kept answers    \(words)"))
    #expect(result.output.contains("reads them all") == words.hasPrefix("200"))
    #expect(result.output.contains("ok       integrity       SQLite's full check finds no fault\n"))
  }

  @Test func `what a killed run left is told, and removed by the next one that writes`() async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    let left = record.scratch.path + "/backups/.scratch-2147483646-dead"
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
    try record.scratch.write("half a copy", to: "backups/.scratch-2147483646-dead/copy.db")
    let told = try await Child.run("doctor", "--offline", "--home", record.scratch.path, environment: Self.now)
    #expect(
      told.output.contains("warning  left behind     1 folder of unfinished work, 11 B, that killed runs left in"))
    #expect(FileManager.default.fileExists(atPath: left))
    let run = try await Child.run(
      "ingest", "--offline", "--no-backup", "--home", record.scratch.path, environment: Self.now)
    #expect(run.talk.contains("1 folder of unfinished work, 11 B, that killed runs left, is removed"))
    #expect(!FileManager.default.fileExists(atPath: left))
  }
}
