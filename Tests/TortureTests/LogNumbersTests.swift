import Foundation
import Testing

@Suite struct LogNumbersTests {
  @Test func `a log of JSON lines prints numbers as numbers`() async throws {
    let home = try Home()
    let end = try await Child.appliance(
      ["ingest", "--replay", "demo", "--no-backup"], home: home,
      environment: ["LOG_FORMAT": "json", "LOG_LEVEL": "trace"])
    #expect(end.code == 0, "\(end.said)")
    let log = try #require(home.files.first { $0.hasPrefix("logs/ingestion_") })
    let lines = try home.bytes(log).split(separator: UInt8(ascii: "\n")).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
    }
    let ended = lines.filter { $0["message"] as? String == "ended" }
    try #require(!ended.isEmpty)
    for name in ["new", "changed", "unchanged", "refused", "requests"] {
      #expect(ended.allSatisfy { $0[name] is Int }, "\(name)")
    }
    #expect(ended.allSatisfy { $0["step"] is String })
  }
}
