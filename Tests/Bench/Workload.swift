import Foundation
import Market
import Providers

/// A thousand answers of a thousand rows: ten series of 100,000 hours, with two to six decimals.
struct Workload {
  static let answers = Workload(series: 10, pages: 100)
  static let pageRows = 1000
  /// The hour in which every walk begins; at `now` all of them are over.
  static let start = Instant(epochSeconds: 1_388_534_400)  // 2014-01-01
  static let now = Instant(epochSeconds: 1_758_320_100)  // 2025-09-19T22:15Z

  let series: Int
  let pages: Int

  var rows: Int { series * pages * Workload.pageRows }

  /// One answer: whose it is, and which page of it.
  struct Page {
    let symbol: String
    let span: ClosedRange<Instant>
    let name: String

    var request: Request {
      Request(
        provider: Binance().profile.name, path: "/api/v3/klines",
        query: [
          QueryItem("symbol", symbol), QueryItem("interval", "1h"),
          QueryItem("startTime", "\(span.lowerBound.epochSeconds * 1000)"),
          QueryItem("endTime", "\(span.upperBound.epochSeconds * 1000)"), QueryItem("limit", "1000"),
        ],
        weight: 2, maximumBytes: 4 << 20)
    }

    func answer(_ body: [UInt8]) -> Answer {
      Answer(
        status: 200, headers: [HeaderField("content-type", "application/json;charset=UTF-8")], body: body,
        receivedAt: Workload.now)
    }
  }

  static func symbol(_ series: Int) -> String { "A\(series)USDT" }

  static func walk(_ series: Int, hours: Int) -> RandomWalk {
    RandomWalk(seed: UInt64(series), decimals: 2 + series % 5, start: start, count: hours)
  }

  /// Every page with its bytes, series by series, oldest first.
  func forEachPage(_ body: (Page, [UInt8]) throws -> Void) rethrows {
    for number in 0..<series {
      let walk = Workload.walk(number, hours: pages * Workload.pageRows)
      for page in pageList where page.symbol == Workload.symbol(number) {
        try body(page, KlinesText(walk, walk.indices(in: page.span)).bytes)
      }
    }
  }

  var pageList: [Page] {
    (0..<series).flatMap { series in
      (0..<pages).map { page in
        let first = Workload.start + Int64(page * Workload.pageRows) * 3600
        return Page(
          symbol: Workload.symbol(series), span: first...first + Int64(Workload.pageRows - 1) * 3600,
          name: "\(series)-\(String(1000 + page)).json")
      }
    }
  }

  /// Writes every body to a file of its own, for those that read files.
  func writeBodies(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let began = ContinuousClock.now
    try forEachPage { page, bytes in try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(page.name)")) }
    report(rows: rows, .now - began)
  }
}
