extension LoopbackServer {
  /// A request as it was received.
  public struct Request: Sendable {
    public let method: String
    /// Path and query, still encoded: `/api/v3/klines?symbol=BTCUSDT`.
    public let target: String
    /// Names in lower case, in order.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]
    /// Which connection it came by, counted from 1.
    public let connection: Int

    /// The target without its query.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// The value of a query item, not decoded.
    public func query(_ name: String) -> String? {
      guard let start = target.firstIndex(of: "?") else { return nil }
      for item in target[target.index(after: start)...].split(separator: "&") where item.hasPrefix("\(name)=") {
        return String(item.dropFirst(name.count + 1))
      }
      return nil
    }

    /// The first header of that name, given in lower case.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
  }
}

extension LoopbackServer.Request {
  /// Takes the first complete request off the front of the bytes received; `nil` while there is none.
  init?(takenFrom received: inout [UInt8], connection: Int) {
    let lineEnds = Array("\r\n\r\n".utf8)
    guard let end = received.indices.first(where: { received[$0...].starts(with: lineEnds) }) else { return nil }
    let lines = String(decoding: received[..<end], as: UTF8.self).unicodeScalars.split { $0 == "\r" || $0 == "\n" }
    let headers = lines.dropFirst().map { line in
      let parts = String(line).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (name: parts[0].lowercased(), value: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
    }
    let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
    let bodyStart = end + lineEnds.count
    guard received.count >= bodyStart + length else { return nil }
    let words = lines.first.map { String($0).split(separator: " ") } ?? []
    method = words.first.map(String.init) ?? ""
    target = words.count > 1 ? String(words[1]) : ""
    self.headers = headers
    body = Array(received[bodyStart..<bodyStart + length])
    self.connection = connection
    received.removeFirst(bodyStart + length)
  }
}
