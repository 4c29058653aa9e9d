import Foundation
import Testing

/// Two runs at one instant, from the command line to the summary.
@Suite struct AskedTwiceTests {
  private static let prices = ["ingest", "--only", "prices", "--asset", "BTC"]

  @Test func `the second run asks nobody and says that nothing is due; with --force it asks and finds nothing new`()
    async throws
  {
    let home = try Home(), market = try Market(Market.goodHours)
    func ingest(_ more: String...) async throws -> Child.End {
      try await Child.appliance(Self.prices + more, home: home, environment: market.environment)
    }
    let first = try await ingest()
    #expect(first.code == 0, "\(first.said)")
    #expect(first.output.hasPrefix("Done: 336 new, 0 changed, 0 unchanged; 1 request, "), "\(first.said)")
    #expect(!first.output.contains("not due"))
    let asked = market.server.requests.count

    let second = try await ingest()
    #expect(second.code == 0, "\(second.said)")
    #expect(
      second.output == """
        Done, nothing due: 0 new, 0 changed, 0 unchanged; 0 requests, 0 B
        1 series not due
        Next: \(Binary.path) status --home \(home.path)

        """)
    let programs = try await ingest("--json")
    #expect(programs.output.contains(#""steps":[],"not_due":1,"#), "\(programs.said)")
    let plan = try await ingest("--dry-run")
    #expect(plan.output == "prices BTC binance            nothing: nothing due\n")
    #expect(market.server.requests.count == asked)

    let forced = try await ingest("--force")
    #expect(forced.code == 0, "\(forced.said)")
    #expect(forced.output.hasPrefix("Done: 0 new, 0 changed, 49 unchanged; 1 request, "), "\(forced.said)")
    #expect(market.server.requests.count == asked + 1)
  }
}
