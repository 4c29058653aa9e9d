import Foundation
import Market
import Rendering
import Store
import Support
import Testing

@testable import appliance

@Suite struct StatusTests {
  private func status(
    _ record: StatusRecord, _ flags: String..., at now: String = "2025-09-19T22:30:00Z", columns: Int? = nil
  )
    async throws -> Child.Result
  {
    var environment = ["APPLIANCE_NOW": now]
    environment["COLUMNS"] = columns.map { "\($0)" }
    let home = record.scratch.path
    switch flags.count {
    case 0: return try await Child.run("status", "--home", home, environment: environment)
    case 1: return try await Child.run("status", "--home", home, flags[0], environment: environment)
    default: return try await Child.run("status", "--home", home, flags[0], flags[1], environment: environment)
    }
  }

  @Test func `without a file it says how to make one`() async throws {
    let record = try StatusRecord()
    let result = try await status(record)
    #expect(result.status == 10)
    #expect(result.output == "")
    #expect(
      result.talk == """
        appliance: no database at \(record.path); `appliance ingest` makes one, or name another with --home or --db

        """)
  }

  @Test func `an empty file`() async throws {
    let record = try StatusRecord()
    _ = try record.empty()
    let result = try await status(record, columns: 80)
    #expect(result.status == 0)
    try StatusGolden.expect(result.output, is: "status-empty.txt", home: record.scratch.path)
  }

  @Test func `a fresh file`() async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    try record.scratch.write("", to: "backups/appliance_20250919T120000Z.tar.zst")
    try record.scratch.write("{}", to: "backups/appliance_20250919T120000Z.tar.zst.proof.json")
    try record.scratch.write("", to: "backups/appliance_20250919T220000Z.tar.zst")
    let result = try await status(record, "--gate", columns: 80)
    #expect(result.status == 0)
    #expect(result.talk == "")
    try StatusGolden.expect(result.output, is: "status-fresh.txt", home: record.scratch.path)
  }

  @Test(arguments: [60, 80, 120]) func `a failing file at several widths`(columns: Int) async throws {
    let record = try StatusRecord()
    _ = try record.failing()
    let result = try await status(record, at: "2025-09-19T23:30:20Z", columns: columns)
    #expect(result.status == 0)
    try StatusGolden.expect(result.output, is: "status-failing-\(columns).txt", home: record.scratch.path)
  }

  @Test func `every series of a failing file`() async throws {
    let record = try StatusRecord()
    _ = try record.failing()
    let result = try await status(record, "--all", at: "2025-09-19T23:30:20Z", columns: 100)
    try StatusGolden.expect(result.output, is: "status-all.txt", home: record.scratch.path)
  }

  @Test(arguments: [("status.json", "--quiet"), ("status-all.json", "--all")])
  func `the same for programs`(golden: String, flag: String) async throws {
    let record = try StatusRecord()
    _ = try record.failing()
    let result = try await status(record, "--json", flag, at: "2025-09-19T23:30:20Z")
    try StatusGolden.expect(result.output, is: golden, home: record.scratch.path)
    #expect(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) is [String: Any])
  }

  @Test func `a demo says so, and its clock is that of its last run`() async throws {
    let scratch = try Scratch()
    let made = try await Child.run("ingest", "--replay", "demo", "--home", scratch.path, "--no-backup", "--quiet")
    #expect(made.status == 0)
    let result = try await Child.run("status", "--gate", "--home", scratch.path, environment: ["COLUMNS": "80"])
    #expect(result.status == 0)
    try StatusGolden.expect(result.output, is: "status-demo.txt", home: scratch.path)
  }

  @Test func `the gate fails when a series is late or the last run failed`() async throws {
    let record = try StatusRecord()
    _ = try record.failing()
    let result = try await status(record, "--gate", "--quiet", at: "2025-09-19T23:30:20Z")
    #expect(result.status == 6)
    #expect(result.output == "")
    #expect(result.talk == "appliance: 2 series are late; run 2 failed\n")
  }

  @Test(arguments: [("2025-09-19T23:15:59Z", 0), ("2025-09-19T23:16:00Z", 6)] as [(String, Int32)])
  func `an hour is late a quarter of an hour after it was due`(now: String, expected: Int32) async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    let result = try await status(record, "--gate", "--quiet", at: now)
    #expect(result.status == expected)
  }

  @Test func `with --json the gate prints one object`() async throws {
    let record = try StatusRecord()
    _ = try record.failing()
    let result = try await status(record, "--gate", "--json", at: "2025-09-19T23:30:20Z")
    #expect(result.status == 6)
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(result.output.contains(#""gate":{"passed":false,"reasons":["2 series are late","run 2 failed"]}"#))
  }

  @Test func `a run that died is told, and who writes now`() async throws {
    let record = try StatusRecord()
    try { () throws in
      let store = try record.fresh()
      _ = try store.beginRun(command: "ingest", at: StatusRecord.now, processID: 1, version: "1")
    }()
    let dead = try await status(record, "--gate", "--quiet")
    #expect(dead.status == 6)
    #expect(dead.talk == "appliance: run 2 died\n")
    let writer = try Store.writing(record.path, command: "import")
    let busy = try await status(record, "--gate")
    #expect(busy.status == 0)
    #expect(busy.output.contains("Writing   process \(getpid()), import, now\n"))
    _ = writer
  }

  @Test func `hundreds of late series still fit on a screen`() async throws {
    let record = try StatusRecord()
    try { () throws in
      let store = try record.fresh()
      let assets = (0..<300).map { Asset(symbol: "C\($0)", name: "Coin \($0)", assetClass: .crypto) }
      let series = assets.map { asset in
        let key = SeriesKey(
          dataset: .bar, provider: "binance", providerSymbol: "\(asset.symbol)USDT", interval: .hour1)
        return SeriesDefinition(key: key, asset: asset.symbol, quoteCurrency: "USDT", priority: 1)
      }
      try store.register(Catalogue(assets: assets, funds: [], series: series), providers: [])
    }()
    let result = try await status(record, columns: 80)
    #expect(
      result.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 25,
      "with the line feed at the end, 24 lines")
    #expect(result.output.contains("… and 296 more: appliance status --all"))
  }

  @Test(arguments: ["--json", "--gate"]) func `watching is for looking at`(flag: String) async throws {
    #expect(try await Child.run("status", "--watch", flag).status == 64)
  }

  @Test(arguments: [
    ("/home/ann/markets", "/home/ann/markets"), ("/tmp/a b", "'/tmp/a b'"), ("/tmp/50%", "'/tmp/50\\%'"),
    ("/tmp/it's", "'/tmp/it'\\''s'"), ("/tmp/$HOME", "'/tmp/$HOME'"),
  ])
  func `a path in the line for cron is one word`(path: String, quoted: String) {
    #expect(CronLine.quoted(path) == quoted)
  }
}
