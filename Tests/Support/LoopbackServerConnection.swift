/// One client of the server, served until it goes away or an answer ends the connection.
struct LoopbackConnection {
  private let client: Int32
  private let number: Int
  private let state: LoopbackServerState

  init(_ client: Int32, number: Int, state: LoopbackServerState) {
    self.client = client
    self.number = number
    self.state = state
  }

  func serve(by script: LoopbackServer.Script) {
    defer { state.dismiss(client) }
    var received: [UInt8] = []
    while let request = nextRequest(from: &received) {
      state.began(request)
      let response = script(request)
      // Counted down before the last byte: whoever has the whole answer sees the server at rest.
      state.ended()
      guard response.pieces.allSatisfy(send), !response.closes else { return }
    }
  }

  /// Whether the connection can go on.
  private func send(_ piece: LoopbackServer.Response.Piece) -> Bool {
    switch piece {
    case .bytes(let bytes):
      return LoopbackSocket.send(bytes, to: client)
    case .endless(let bytes):
      while LoopbackSocket.send(bytes, to: client) {}
      return false
    case .drip(let bytes, let pause):
      return bytes.allSatisfy {
        LoopbackSocket.send([$0], to: client) && LoopbackSocket.staysSilent(client, milliseconds: pause)
      }
    case .silence:
      while !LoopbackSocket.receive(from: client).isEmpty {}
      return false
    }
  }

  /// Reads on until a request is complete; `nil` at the end of the connection.
  private func nextRequest(from received: inout [UInt8]) -> LoopbackServer.Request? {
    while true {
      if let request = LoopbackServer.Request(takenFrom: &received, connection: number) { return request }
      let more = LoopbackSocket.receive(from: client)
      if more.isEmpty { return nil }
      received += more
      if let first = received.first, !(65...90).contains(first) {
        // Not HTTP: a TLS handshake, most likely. Real servers say so, too.
        _ = LoopbackSocket.send(Array("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".utf8), to: client)
        return nil
      }
    }
  }
}
