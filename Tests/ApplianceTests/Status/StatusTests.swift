import Foundation
import Market
import Rendering
import Store
import Support
import Testing

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
    #expect(result.talk.hasPrefix("appliance: no database at \(record.path); `/"))
    #expect(
      result.talk.hasSuffix(
        "/appliance ingest --home \(record.scratch.path)` makes one, or name another with --home or --db\n"))
  }

  @Test func `an empty file`() async throws {
    let record = try StatusRecord()
    _ = try record.empty()
    let result = try await status(record, columns: 80)
    #expect(result.status == 0)
    try StatusGolden.expect(result.output, is: "status-empty.txt", home: record.scratch.path)
  }

  @Test(arguments: [60, 80, 120]) func `a fresh file at several widths`(columns: Int) async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    let made = try await Child.run(
      "backup", "create", "--home", record.scratch.path, environment: ["APPLIANCE_NOW": "2025-09-19T12:00:00Z"])
    #expect(made.status == 0)
    try record.scratch.write("", to: "backups/appliance_20250919T220000Z.tar.zst")
    let result = try await status(record, "--gate", columns: columns)
    #expect(result.status == 0)
    #expect(result.talk == "")
    try StatusGolden.expect(result.output, is: "status-fresh-\(columns).txt", home: record.scratch.path)
  }

  @Test func `what is known of the backups and of the second folder is told`() async throws {
    let record = try StatusRecord()
    _ = try record.fresh()
    let home = record.scratch.path
    let disk = record.scratch.file("disk")
    func run(_ arguments: String..., at hour: String, with more: [String: String] = [:]) async throws -> Child.Result {
      try await Child.run(
        arguments: arguments + ["--home", home],
        environment: ["APPLIANCE_NOW": "2025-09-19T\(hour):00:00Z", "BACKUP_COPY_PATH": disk].merging(more) { $1 })
    }
    let first = try await run("backup", "create", at: "10")
    #expect(first.talk.contains("nothing was copied"))
    let absent = try await run("status", at: "12").output
    #expect(absent.contains("Copy      none yet; \(disk): there is no such folder"))
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    #expect(try await run("backup", "copy", at: "12").status == 0)
    let copied = try await run("status", at: "12").output
    #expect(copied.contains("Copy      appliance_20250919T100000Z.tar.zst, 2 h ago, in \(disk)\n"))
    try FileManager.default.removeItem(atPath: disk)
    let gone = try await run("status", at: "13").output
    #expect(gone.contains("Copy      appliance_20250919T100000Z.tar.zst, 3 h ago; \(disk): there is no such folder"))

    let secret = ["BACKUP_PASSPHRASE": "a phrase of some length"]
    #expect(try await run("backup", "create", at: "14", with: secret).status == 0)
    let mixed = try await run("backup", "verify", "--all", at: "15")
    #expect(mixed.status == 0)
    #expect(try await run("status", at: "15").output.contains("all 2 were verified now, 1 of them by SHA-256 only"))

    let archive = record.scratch.file("backups/appliance_20250919T140000Z.tar.zst.age")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: archive))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: archive))
    #expect(try await run("backup", "verify", "--all", at: "16", with: secret).status == 7)
    let failed = try await run("status", at: "16").output
    #expect(failed.contains("Backup    appliance_20250919T100000Z.tar.zst, proven, 6 h ago; "))
    #expect(failed.contains("appliance_20250919T140000Z.tar.zst.age is damaged; 1 of 2 failed verification now"))
    #expect(failed.contains("Next      \(Child.path) backup create --home \(home)\n"))
    #expect(try await run("backup", "list", at: "16").output.contains("damaged: "))
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
    let made = try await Child.run(
      "ingest", "--replay", "demo", "--home", scratch.path, "--no-backup", "--quiet",
      environment: ["UNIVERSE": ""])
    #expect(made.status == 0)
    let result = try await Child.run(
      "status", "--gate", "--home", scratch.path, environment: ["COLUMNS": "80", "UNIVERSE": ""])
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
      _ = try store.runs.begin(command: "ingest", at: StatusRecord.now, processID: 1, version: "1")
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
      try store.catalogue.add(Catalogue(assets: assets, funds: [], series: series), providers: [])
    }()
    let result = try await status(record, columns: 80)
    #expect(
      result.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 25,
      "with the line feed at the end, 24 lines")
    #expect(
      result.output.contains(/… and 296 more: \/.*\/appliance status --all --home [^\n]*\n/), "as it is typed here")
  }

  @Test(arguments: ["--json", "--gate"]) func `watching is for looking at`(flag: String) async throws {
    #expect(try await Child.run("status", "--watch", flag).status == 64)
  }
}
