import Foundation

/// The few socket calls that the server needs.
enum LoopbackSocket {
  #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
    private static let quiet = Int32(MSG_NOSIGNAL)
  #else
    private static let stream = SOCK_STREAM
    private static let quiet: Int32 = 0
  #endif

  static func listen() throws -> Int32 {
    let socket = try bound()
    guard Foundation.listen(socket, 64) == 0 else {
      let code = errno
      close(socket)
      throw POSIXError(.init(rawValue: code) ?? .EIO)
    }
    return socket
  }

  /// One that has a port and refuses whoever comes.
  static func bound() throws -> Int32 {
    let socket = socket(AF_INET, stream, 0)
    guard socket >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) == 0 }
    }
    guard isBound else {
      let code = errno
      close(socket)
      throw POSIXError(.init(rawValue: code) ?? .EIO)
    }
    return socket
  }

  static func port(of socket: Int32) -> UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(socket, $0, &length) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  /// `nil` when the listener was woken to end.
  static func accept(_ listener: Int32) -> Int32? {
    while true {
      let client = Foundation.accept(listener, nil, nil)
      if client >= 0 { return client }
      if errno != EINTR && errno != ECONNABORTED { return nil }
    }
  }

  /// Ends every call that waits on the socket, on other threads too.
  static func wake(_ socket: Int32) { shutdown(socket, Int32(SHUT_RDWR)) }

  /// Whether all bytes were taken.
  static func send(_ bytes: [UInt8], to client: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Foundation.send(client, bytes.baseAddress.map { $0 + sent }, bytes.count - sent, quiet)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return false }
        sent += count
      }
      return true
    }
  }

  /// Empty at the end of the connection.
  static func receive(from client: Int32) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = recv(client, &buffer, buffer.count, 0)
      if count < 0 && errno == EINTR { continue }
      return count > 0 ? Array(buffer[..<count]) : []
    }
  }

  /// Waits for so long, or until the other side goes away or says something; whether it stayed silent.
  static func staysSilent(_ client: Int32, milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: client, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, milliseconds) == 0
  }
}
