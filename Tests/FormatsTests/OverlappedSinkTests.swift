import Formats
import Synchronization
import Testing

@Suite struct OverlappedSinkTests {
  @Test func `everything has arrived in order when finish returns`() throws {
    let target = Collected()
    let sink = OverlappedSink(into: target)
    for number in 0..<1000 { try sink.write("\(number)\n") }
    try sink.finish()
    #expect(target.text == (0..<1000).map { "\($0)\n" }.joined())
  }

  @Test func `bytes are copied before write returns`() throws {
    let target = Collected()
    let sink = OverlappedSink(into: target)
    var bytes = Array("first ".utf8)
    try bytes.withUnsafeBytes { try sink.write($0) }
    bytes = Array("second".utf8)
    try bytes.withUnsafeBytes { try sink.write($0) }
    try sink.finish()
    #expect(target.text == "first second")
  }

  @Test func `what is wrong is thrown by finish at the latest, and nothing is written after it`() throws {
    let target = Collected(failingAt: 3)
    let sink = OverlappedSink(into: target)
    #expect(throws: FileError.closedPipe(path: "test")) {
      for number in 1...100 { try sink.write("\(number) ") }
      try sink.finish()
    }
    #expect(throws: FileError.closedPipe(path: "test")) { try sink.finish() }
    #expect(target.text == "1 2 ")
  }
}

/// Keeps what it is given; from its `failingAt`th piece on it fails.
private final class Collected: ByteSink, Sendable {
  private let pieces = Mutex<[String]>([])
  private let failingAt: Int

  init(failingAt: Int = .max) { self.failingAt = failingAt }

  var text: String { pieces.withLock { $0.joined() } }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    let piece = String(decoding: bytes, as: UTF8.self)
    let fails = pieces.withLock { pieces in
      guard pieces.count + 1 < failingAt else { return true }
      pieces.append(piece)
      return false
    }
    if fails { throw .closedPipe(path: "test") }
  }
}
