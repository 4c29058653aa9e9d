import Foundation
import Market
import Testing

/// A short form of `make fuzz`, which feeds for minutes.
@Suite struct FuzzTests {
  private static let program = URL(fileURLWithPath: Binary.path).deletingLastPathComponent().path + "/fuzz"
  private static let environment: [String: String?] = [
    "MARKET_DATA": ProcessInfo.processInfo.environment["MARKET_DATA"]
  ]

  @Test func `no reader of foreign bytes falls over a few hundred spoilt inputs`() async throws {
    let end = try await Child(
      [Self.program, "run", "--inputs", "300", "--jobs", "2", "--seed", "20250919"], environment: Self.environment
    ).end()
    #expect(end.code == 0, "\(end.said)")
    #expect(end.output.contains("none fell"), "\(end.said)")
  }

  @Test func `every room that reads foreign bytes has its readers there`() async throws {
    let end = try await Child([Self.program, "list"]).end()
    let names = end.output.split(separator: "\n")
    #expect(Set(names).count == names.count)
    let others: [ProviderName: String] = [
      "rss": "feed", "calendar": "events-week", "sec": "filings", "newsapi": "news-newsapi",
    ]
    for name in FaultScene.names { #expect(names.contains("\(others[name] ?? "provider-\(name)")")) }
    #expect(
      Set(names).isSuperset(of: [
        "json", "decimal-text", "dotenv", "html-table", "tar", "zstd", "capture", "capture-manifest", "retry-after",
        "http-date", "backup-manifest", "backup-proof", "instant", "day", "request-target", "redirect", "redaction",
        "import-bars", "import-sentiment", "import-flows", "delimited-text", "amount-text", "unpacked-file",
      ]))
  }

  @Test func `an input falls again by its number alone`() async throws {
    let inputs = [Self.program, "one", "dotenv", "--seed", "7", "--input", "91", "--show"]
    let first = try await Child(inputs).end(), second = try await Child(inputs).end()
    #expect(first.code == 0 && !first.bytes.isEmpty)
    #expect(first.bytes == second.bytes)
  }
}
