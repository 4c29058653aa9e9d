import Formats
import Testing

@Suite struct GzipSinkTests {
  private final class Kept: ByteSink {
    var bytes: [UInt8] = []
    func write(_ bytes: UnsafeRawBufferPointer) { self.bytes += bytes }
  }

  private func packed(_ pieces: [[UInt8]]) throws -> [UInt8] {
    let kept = Kept()
    let sink = try GzipSink(into: kept, path: "x.gz")
    for piece in pieces { try sink.write(piece) }
    try sink.finish()
    return kept.bytes
  }

  @Test func `equal bytes give equal members, which bear no time`() throws {
    let rows = Array(repeating: Array("2025-09-19,115465.39\n".utf8), count: 20_000)
    let first = try packed(rows)
    #expect(first == (try packed(rows)))
    #expect(first.prefix(2) == [0x1F, 0x8B])
    #expect(Array(first[4..<8]) == [0, 0, 0, 0])
    #expect(first.count < 20_000)
  }

  @Test func `nothing makes a member too`() throws {
    #expect(try packed([]).prefix(2) == [0x1F, 0x8B])
  }
}
