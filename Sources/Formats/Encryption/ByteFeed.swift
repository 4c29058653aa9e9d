/// Takes as many bytes off a source as are wanted, whatever the size of its pieces.
final class ByteFeed {
  private let source: any ByteSource
  /// What the source handed out last and was not taken yet.
  private var piece = UnsafeRawBufferPointer(start: nil, count: 0)[...]
  private var isDry = false
  /// Bytes taken so far.
  private(set) var offset = 0

  init(_ source: any ByteSource) { self.source = source }

  /// Whether nothing is left.
  func isAtEnd() throws(ArchiveError) -> Bool {
    if piece.isEmpty, !isDry {
      piece = try source.next()[...]
      isDry = piece.isEmpty
    }
    return piece.isEmpty
  }

  /// The next byte; `nil` at the end.
  func next() throws(ArchiveError) -> UInt8? {
    guard try !isAtEnd() else { return nil }
    offset += 1
    return piece.removeFirst()
  }

  /// The next bytes; fewer at the end.
  func take(_ count: Int) throws(ArchiveError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count, let byte = try next() { bytes.append(byte) }
    return bytes
  }

  /// Fills a buffer with the next bytes.
  ///
  /// - Returns: how many they were, fewer than it holds at the end only.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    var filled = 0
    while filled < buffer.count, try !isAtEnd() {
      let part = piece.prefix(buffer.count - filled)
      UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: part))
      piece = piece.dropFirst(part.count)
      filled += part.count
    }
    offset += filled
    return filled
  }
}
