import Foundation
import Market
import Support

/// Binance's klines of one symbol on loopback, from its first hour in 2017 on, until standard input ends.
struct KlinesServer {
  /// Open time of the first hour of BTCUSDT there: 2017-08-17T04:00Z.
  private static let start = Instant(epochSeconds: 1_502_942_400)

  private let walk: RandomWalk

  init(hours: Int) {
    walk = RandomWalk(seed: 2017, decimals: 2, start: Self.start, count: hours)
  }

  /// Prints where it listens, and an instant at which all its hours are over.
  func serve() throws {
    let walk = walk
    let server = try LoopbackServer { request in
      guard request.path == "/api/v3/klines", let first = Self.seconds(request, "startTime"),
        let last = Self.seconds(request, "endTime"), let limit = request.query("limit").flatMap({ Int($0) }),
        first <= last
      else { return .status(400, [], #"{"code":-1100,"msg":"Illegal characters found in a parameter."}"#) }
      let range = walk.indices(in: Instant(epochSeconds: first)...Instant(epochSeconds: last)).prefix(limit)
      return .answer(
        200, [("Content-Type", "application/json;charset=UTF-8")], body: KlinesText(walk, range).bytes)
    }
    let told = #"{"url":"\#(server.url)","now":"\#(walk.end + 120)"}"#
    FileHandle.standardOutput.write(Data((told + "\n").utf8))
    while readLine() != nil {}
    server.stop()
  }

  private static func seconds(_ request: LoopbackServer.Request, _ name: String) -> Int64? {
    request.query(name).flatMap { Int64($0) }.map { $0 / 1000 }
  }
}
