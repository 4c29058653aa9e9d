import Foundation
import SQLite
import Store
import Support
import Synchronization
import Testing

/// Keys are planted in every setting that takes one; providers repeat them in every way they know; everything that the
/// appliance writes, with the most verbose logs, is then searched.
@Suite(.serialized) struct SecretsTests {
  static let coingecko = Planted(name: "COINGECKO_API_KEY", text: "CG-plantedKey/one+7f3a9b21==")
  static let sosovalue = Planted(name: "SOSOVALUE_API_KEY", text: "SOSO-plantedKey/two&9c41d7e2")
  static let passphrase = Planted(name: "BACKUP_PASSPHRASE", text: "planted pass/phrase three 5e8d0c77")
  static let password = Planted(name: "a proxy's password", text: "planted/Proxy+word4=b6a2")
  static let all = [coingecko, sosovalue, passphrase, password]

  enum Place: String { case file, environment }

  @Test(arguments: [("text", Place.file), ("json", Place.environment)])
  func `a planted key is found nowhere after a full run with the most verbose logs`(
    format: String, place: Place
  ) async throws {
    let home = try Home(), seen = Seen()
    let market = try Market { request in seen.answer(request) }
    let proxy = try LoopbackServer { request in seen.proxied(request) }
    let password = Self.password.text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let keys = [Self.coingecko, Self.sosovalue, Self.passphrase].map { ($0.name, $0.text) }
    var environment: [String: String?] = market.environment.merging([
      "LOG_LEVEL": "trace", "LOG_FORMAT": format, "http_proxy": "http://user:\(password)@127.0.0.1:\(proxy.port)",
      // Two providers stand beyond the proxy, where names need no address.
      "APPLIANCE_KRAKEN_BASE_URL": "http://kraken.example", "APPLIANCE_FARSIDE_BASE_URL": "http://farside.example",
    ]) { $1 }
    switch place {
    case .file: try home.write(keys.map { "\($0)='\($1)'\n" }.joined(), to: ".env")
    case .environment: for (name, text) in keys { environment[name] = text }
    }

    var said = Data()
    let commands = [
      ["ingest", "-v", "--since", "3d"], ["ingest", "--json", "--since", "3d"], ["ingest", "-v", "--retry-failed"],
      ["doctor", "--json"], ["config", "show", "--json"],
      ["status", "--all", "--json"],
      ["export", "all", "-o", home.file("out")], ["report", "daily", "--format", "json"],
      ["backup", "create", "--json"],
      ["backup", "verify", "--all"], ["gaps", "--all"], ["ingest", "--dry-run"],
    ]
    for command in commands {
      let end = try await Child.appliance(command, home: home, environment: environment)
      #expect(end.code >= 0, "\(command) fell by signal \(-end.code): \(end.said)")
      said.append(Data(end.said.utf8))
    }
    if place == .environment {
      // One that is not encrypted, to look inside.
      var plain = environment
      plain[Self.passphrase.name] = nil
      try FileManager.default.removeItem(atPath: home.file("backups"))
      let end = try await Child.appliance(["backup", "create"], home: home, environment: plain)
      #expect(end.code == 0, "\(end.said)")
      #expect(home.archives.contains { $0.hasSuffix(".zst") })
    }
    let archive = try #require(home.archives.first)
    let restored = try await Child.appliance(
      ["backup", "restore", home.file(archive), "--to", home.file("restored.db")], home: home, environment: environment)
    #expect(restored.code == 0, "\(restored.said)")

    // They were sent where they belong, and came back in answers that were kept.
    #expect(seen.keys.isSuperset(of: [Self.coingecko.text, Self.sosovalue.text]))
    #expect(seen.passwords > 0)
    let record = try #require(try Record(home.database))
    #expect(try record.count("body WHERE redacted = 1") >= 3)

    #expect(Self.found(in: said) == [], "said")
    #expect(seen.commandLines == [], "in a command line, while it ran")
    for name in home.files where name != ".env" {
      #expect(Self.found(in: try home.bytes(name)) == [], "\(name)")
      if name.hasSuffix(".zst") {
        #expect(Self.found(in: try await Self.unpacked(home.file(name))) == [], "inside \(name)")
      }
    }
    for database in [home.database, home.file("restored.db")] {
      #expect(try Self.bodies(of: database).filter { !Self.found(in: $0).isEmpty } == [], "answers of \(database)")
    }
  }

  @Test func `the search finds what it looks for`() {
    for planted in Self.all {
      let spellings = Set(planted.found(in: Data(planted.echoes.utf8)))
      #expect(
        spellings.isSuperset(of: ["plain", "backwards", "address", "base64 behind 0", "base64 behind 2", "JSON"]))
    }
  }

  private static func found(in bytes: Data) -> [String] {
    all.flatMap { planted in planted.found(in: bytes).map { "\(planted.name), \($0)" } }
  }

  /// Every answer in the vault, as it came.
  private static func bodies(of database: String) throws -> [Data] {
    let store = try Store.reading(database)
    defer { store.close() }
    let record = try #require(try Record(database))
    let fetches = try record.rows("SELECT fetch_id FROM fetch WHERE body_id IS NOT NULL").compactMap { Int64($0) }
    try #require(!fetches.isEmpty)
    return try fetches.map { Data(try store.vault.keptAnswer(FetchID($0)).answer.body) }
  }

  private static func unpacked(_ archive: String) async throws -> Data {
    let end = try await Child(["/usr/bin/env", "zstd", "-dcqf", archive]).endBytes()
    #expect(!end.isEmpty, "\(archive) cannot be unpacked")
    return end
  }
}

/// What providers saw, and how they abuse it.
private final class Seen: Sendable {
  private let state = Mutex(State())

  private struct State {
    var keys: Set<String> = []
    var passwords = 0
    /// Of each key how often it was seen.
    var requests: [String: Int] = [:]
    var commandLines: Set<String> = []
  }

  var keys: Set<String> { state.withLock { $0.keys } }
  var passwords: Int { state.withLock { $0.passwords } }
  var commandLines: Set<String> { state.withLock { $0.commandLines } }

  /// Repeats the key in a body, a header, an address to go to, a refusal; then answers well.
  func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    look()
    let key = request.header("x-cg-demo-api-key") ?? request.header("x-soso-api-key")
    guard let key else { return Market.goodHours(request) }
    // By key, so that it does not hang on whose requests come first.
    let number = state.withLock { state in
      state.keys.insert(key)
      state.requests[key, default: 0] += 1
      return state.requests[key, default: 0]
    }
    let echoes = Planted(name: "", text: key).echoes
    switch number % 5 {
    case 0: return .status(401, [("WWW-Authenticate", "Key \(key)"), ("Server", key)], "bad key: \(echoes)")
    case 1: return .status(501, [("ETag", key)], echoes)
    case 3: return .redirect(to: "http://elsewhere.example/?key=\(key)")
    case 2: return .json(#"{"error":"\#(echoes.replacingOccurrences(of: "\\", with: "\\\\"))","message":"\#(key)"}"#)
    default: return .status(403, [], #"{"message":"\#(key) is not allowed","msg":"\#(key)"}"#)
    }
  }

  /// What stands behind the proxy repeats what the proxy was told.
  func proxied(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    look()
    let authorization = request.header("proxy-authorization") ?? ""
    let told = Data(base64Encoded: String(authorization.drop { $0 != " " }.dropFirst())) ?? Data()
    state.withLock { if !told.isEmpty { $0.passwords += 1 } }
    let words = "\(authorization) \(String(decoding: told, as: UTF8.self))"
    return request.target.contains("kraken") ? .status(407, [], words) : .html("<p>\(words)</p>", status: 501)
  }

  /// Searches the command lines of all processes for planted keys.
  private func look() {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    for folder in folders where folder.allSatisfy(\.isNumber) {
      guard let line = FileManager.default.contents(atPath: "/proc/\(folder)/cmdline") else { continue }
      for planted in SecretsTests.all where !planted.found(in: line).isEmpty {
        let words = String(decoding: line.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
        state.withLock { _ = $0.commandLines.insert(words) }
      }
    }
  }
}

extension Child {
  /// What it wrote, once it has ended.
  fileprivate func endBytes() async throws -> Data {
    let end = try await self.end()
    return end.code == 0 ? end.bytes : Data()
  }
}
