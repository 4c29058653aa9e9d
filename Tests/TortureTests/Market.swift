import Dispatch
import Foundation
import Support
import Synchronization

/// A loopback server that plays providers for a child process, and the environment that sends it there.
struct Market: Sendable {
  let server: LoopbackServer

  init(_ script: @escaping LoopbackServer.Script) throws { server = try LoopbackServer(script) }

  /// The clock stands where the hours that `goodHours` gives end.
  static let now = "2025-09-19T22:30:00Z"

  var environment: [String: String?] { ["APPLIANCE_BASE_URL": server.url, "APPLIANCE_NOW": Market.now] }

  /// Hourly prices as Binance gives them, for whatever stretch is asked.
  static func goodHours(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    guard request.path == "/binance/api/v3/klines", let first = number("startTime", request),
      let last = number("endTime", request)
    else { return .status(404) }
    let rows = stride(from: first, through: last, by: 3_600_000).prefix(1000).map { open in
      let price = 100 + open / 3_600_000 % 50
      return
        #"[\#(open),"\#(price).5","\#(price + 2).0","\#(price - 1).25","\#(price + 1).0","12.5",\#(open + 3_599_999),"#
        + #""1250.0",10,"6.0","600.0","0"]"#
    }
    return .json("[\(rows.joined(separator: ","))]")
  }

  private static func number(_ name: String, _ request: LoopbackServer.Request) -> Int64? {
    request.query(name).flatMap { Int64($0) }
  }
}

/// A door in front of a script: says when somebody stands before it, and opens once.
final class Door: Sendable {
  private let opening = DispatchSemaphore(value: 0)
  private let first = Mutex<(hasCome: Bool, action: (@Sendable () -> Void)?)>((false, nil))

  /// For the server's thread: holds it until the door is open.
  func pass() {
    let action = first.withLock { first in
      defer { first = (true, nil) }
      return first.action
    }
    action?()
    opening.wait()
    opening.signal()
  }

  /// Does something as soon as somebody comes, on the server's thread: that no task is free for a minute delays it by nothing.
  func whenSomebodyComes(_ action: @escaping @Sendable () -> Void) {
    let isThere = first.withLock { first in
      if !first.hasCome { first.action = action }
      return first.hasCome
    }
    if isThere { action() }
  }

  /// Until somebody has come.
  func waitForArrival() async { await withCheckedContinuation { waiting in whenSomebodyComes { waiting.resume() } } }

  func open() { opening.signal() }
}
