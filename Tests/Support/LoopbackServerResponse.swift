extension LoopbackServer {
  /// What the server does about a request: an answer, a faulty answer, or none.
  public struct Response: Sendable {
    enum Piece: Sendable {
      case bytes([UInt8])
      /// The same bytes again and again, until the client goes away.
      case endless([UInt8])
      /// One byte at a time, with so many milliseconds between them.
      case drip([UInt8], pause: Int32)
      /// Nothing more, until the client goes away.
      case silence
    }

    let pieces: [Piece]
    let closes: Bool
  }
}

// Answers as they should be.
extension LoopbackServer.Response {
  public typealias Headers = [(String, String)]

  /// An answer with its length stated.
  public static func answer(_ status: Int = 200, _ headers: Headers = [], body: [UInt8] = []) -> Self {
    let head = head(status, headers + [("Content-Length", "\(body.count)")])
    return Self(pieces: [.bytes(head + body)], closes: false)
  }

  public static func status(_ status: Int, _ headers: Headers = [], _ text: String = "") -> Self {
    answer(status, headers, body: Array(text.utf8))
  }

  public static func json(_ text: String, _ headers: Headers = []) -> Self {
    answer(200, [("Content-Type", "application/json")] + headers, body: Array(text.utf8))
  }

  public static func html(_ text: String, status: Int = 200) -> Self {
    answer(status, [("Content-Type", "text/html; charset=utf-8")], body: Array(text.utf8))
  }

  /// 429, with `Retry-After` as given: seconds or a date.
  public static func tooManyRequests(retryAfter: String? = nil, _ headers: Headers = []) -> Self {
    answer(429, headers + (retryAfter.map { [("Retry-After", $0)] } ?? []), body: Array("slow down".utf8))
  }

  public static func redirect(to location: String, status: Int = 302) -> Self {
    answer(status, [("Location", location)])
  }

  /// A body that is gzip already, such as `LoopbackServer.gzip` makes.
  public static func gzipped(_ gzip: [UInt8], _ headers: Headers = []) -> Self {
    answer(200, [("Content-Encoding", "gzip")] + headers, body: gzip)
  }

  /// In chunks, with the last, empty one.
  public static func chunked(_ chunks: [String]) -> Self {
    let body = chunks.map { chunk(Array($0.utf8)) }.joined() + Array("0\r\n\r\n".utf8)
    return Self(pieces: [.bytes(head(200, [("Transfer-Encoding", "chunked")]) + body)], closes: false)
  }
}

// Answers as they should not be.
extension LoopbackServer.Response {
  /// Exactly these bytes, then the connection is closed.
  public static func raw(_ bytes: [UInt8]) -> Self { Self(pieces: [.bytes(bytes)], closes: true) }
  public static func raw(_ text: String) -> Self { raw(Array(text.utf8)) }

  /// The connection is closed without a byte.
  public static let hangUp = Self(pieces: [], closes: true)

  /// Nothing comes, until the client goes away.
  public static let never = Self(pieces: [.silence], closes: true)

  /// States a greater length than it sends, then closes.
  public static func cut(_ body: String, statedLength: Int, _ headers: Headers = []) -> Self {
    raw(head(200, headers + [("Content-Length", "\(statedLength)")]) + Array(body.utf8))
  }

  /// Chunks without an end, then closes.
  public static func cutChunks(_ chunks: [String]) -> Self {
    raw(head(200, [("Transfer-Encoding", "chunked")]) + chunks.map { chunk(Array($0.utf8)) }.joined())
  }

  /// Chunks that never end.
  public static func endless(_ text: String) -> Self {
    let head = head(200, [("Transfer-Encoding", "chunked")])
    return Self(pieces: [.bytes(head), .endless(chunk(Array(text.utf8)))], closes: true)
  }

  /// One byte at a time. Give the client a time limit that ends it.
  public static func drip(_ body: String, pauseMilliseconds: Int32) -> Self {
    let head = head(200, [("Content-Length", "\(body.utf8.count)")])
    return Self(pieces: [.bytes(head), .drip(Array(body.utf8), pause: pauseMilliseconds)], closes: true)
  }

  /// The head and a beginning, then silence until the client goes away.
  public static func stalled(after beginning: String, statedLength: Int) -> Self {
    let head = head(200, [("Content-Length", "\(statedLength)")])
    return Self(pieces: [.bytes(head + Array(beginning.utf8)), .silence], closes: true)
  }
}

extension LoopbackServer.Response {
  private static func head(_ status: Int, _ headers: Headers) -> [UInt8] {
    let lines = ["HTTP/1.1 \(status) \(status == 200 ? "OK" : "Status")"] + headers.map { "\($0.0): \($0.1)" }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  private static func chunk(_ bytes: [UInt8]) -> [UInt8] {
    Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
  }
}
