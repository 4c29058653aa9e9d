import Market
import Rendering
import Testing

@Suite struct ByteBufferTests {
  private struct DiskFull: Error {}

  @Test func `it grows as far as it must`() {
    let buffer = ByteBuffer(capacity: 1)
    for _ in 0..<1000 { buffer.append("0123456789") }
    #expect(buffer.count == 10_000)
    #expect(buffer.text == String(repeating: "0123456789", count: 1000))
  }

  @Test func `draining hands over everything once`() {
    let buffer = ByteBuffer()
    buffer.append("abc")
    var drained: [UInt8] = []
    buffer.drain { drained += $0 }
    buffer.drain { drained += $0 }
    #expect(drained == Array("abc".utf8))
  }

  @Test func `a drain that fails loses nothing`() {
    let buffer = ByteBuffer()
    buffer.append("abc")
    #expect(throws: DiskFull.self) { try buffer.drain { _ throws in throw DiskFull() } }
    #expect(buffer.text == "abc")
  }

  @Test func `an encoder is full at 256 KiB`() {
    let encoder = RowFormat.csv.encoder(table: "t")
    encoder.begin([Column("a", .text)])
    encoder.text(String(repeating: "x", count: 262_000))
    encoder.endRow()
    #expect(!encoder.isFull)
    encoder.text(String(repeating: "x", count: 1000))
    encoder.endRow()
    #expect(encoder.isFull)
    encoder.drain { _ in }
    #expect(!encoder.isFull)
  }
}
