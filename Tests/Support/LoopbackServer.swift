import Foundation
import Synchronization

/// A small HTTP/1.1 server on 127.0.0.1 that plays a provider, well or badly, by a script.
///
///     let server = try LoopbackServer { request in
///       request.path == "/api/v3/klines" ? .json("[]") : .status(404)
///     }
///     let address = server.url  // http://127.0.0.1:40123
///
/// The script runs on the connection's own thread, several at a time; it may block. Connections are kept alive. The
/// server ends with its last reference, or by `stop()`.
public final class LoopbackServer: Sendable {
  public typealias Script = @Sendable (Request) -> Response

  /// Where it listens; chosen by the system.
  public let port: UInt16
  private let listener: Int32
  /// Whether nobody listens, so that it closes its socket itself.
  private let refuses: Bool
  private let state: LoopbackServerState

  /// - Throws: `POSIXError` when there is no socket to be had.
  public init(_ script: @escaping Script) throws {
    let listener = try LoopbackSocket.listen()
    let state = LoopbackServerState()
    self.listener = listener
    self.state = state
    refuses = false
    port = LoopbackSocket.port(of: listener)
    Thread.detachNewThread {
      while let client = LoopbackSocket.accept(listener) {
        guard let number = state.admit(client) else { break }
        Thread.detachNewThread { LoopbackConnection(client, number: number, state: state).serve(by: script) }
      }
      close(listener)
    }
  }

  /// One that nobody can connect to, on a port that nobody else gets meanwhile.
  private init() throws {
    listener = try LoopbackSocket.bound()
    state = LoopbackServerState()
    refuses = true
    port = LoopbackSocket.port(of: listener)
  }

  /// One that refuses every connection.
  public static func refusing() throws -> LoopbackServer { try LoopbackServer() }

  deinit {
    stop()
    if refuses { close(listener) }
  }

  /// `http://127.0.0.1:40123`
  public var url: String { "http://127.0.0.1:\(port)" }

  /// Every request received so far, in the order in which they were complete.
  public var requests: [Request] { state.requests }

  /// How many connections were made to it.
  public var connections: Int { state.connections }

  /// The most requests that were being answered at the same time.
  public var mostAtOnce: Int { state.mostAtOnce }

  /// Refuses new connections and cuts those that are open.
  public func stop() {
    if state.close() { LoopbackSocket.wake(listener) }
  }
}

/// What the threads of one server share.
final class LoopbackServerState: Sendable {
  private struct Content {
    var requests: [LoopbackServer.Request] = []
    var clients: Set<Int32> = []
    var connections = 0
    var underWay = 0
    var mostAtOnce = 0
    var isClosed = false
  }

  private let content = Mutex(Content())

  var requests: [LoopbackServer.Request] { content.withLock { $0.requests } }
  var connections: Int { content.withLock { $0.connections } }
  var mostAtOnce: Int { content.withLock { $0.mostAtOnce } }
  var isClosed: Bool { content.withLock { $0.isClosed } }

  /// The number of the new connection, from 1; `nil` when the server is closed.
  func admit(_ client: Int32) -> Int? {
    content.withLock { content in
      guard !content.isClosed else {
        Foundation.close(client)
        return nil
      }
      content.clients.insert(client)
      content.connections += 1
      return content.connections
    }
  }

  func dismiss(_ client: Int32) {
    content.withLock { content in
      content.clients.remove(client)
      Foundation.close(client)
    }
  }

  func began(_ request: LoopbackServer.Request) {
    content.withLock { content in
      content.requests.append(request)
      content.underWay += 1
      content.mostAtOnce = max(content.mostAtOnce, content.underWay)
    }
  }

  func ended() { content.withLock { $0.underWay -= 1 } }

  /// Whether it was open.
  func close() -> Bool {
    content.withLock { content in
      defer { content.isClosed = true }
      for client in content.clients { LoopbackSocket.wake(client) }
      return !content.isClosed
    }
  }
}
