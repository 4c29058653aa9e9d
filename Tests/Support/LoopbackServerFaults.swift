// Answers that break HTTP itself.
extension LoopbackServer.Response {
  /// Exactly these bytes; the connection stays open for the next request.
  public static func sent(_ bytes: [UInt8]) -> Self { Self(pieces: [.bytes(bytes)], closes: false) }

  /// These bytes, then others again and again, until the client goes away.
  public static func beginning(_ bytes: [UInt8], thenEndless more: [UInt8]) -> Self {
    Self(pieces: [.bytes(bytes), .endless(more)], closes: true)
  }

  /// These bytes, then nothing until the client goes away.
  public static func beginning(_ bytes: [UInt8]) -> Self { Self(pieces: [.bytes(bytes), .silence], closes: true) }

  /// An answer from its lines; the length is among them only if given.
  public static func head(_ lines: [String], _ body: [UInt8] = []) -> [UInt8] {
    Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }
}
