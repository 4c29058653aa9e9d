import Formats
import Market
import Testing

@testable import Pipeline
@testable import Store

@Suite struct ReadyPartsTests {
  private let order = Importing.bars()

  private func opened(_ bytes: [UInt8], name: String = "a.csv") throws -> OpenedImport {
    try OpenedImport(
      UnpackedFile(bytes: bytes, name: name), order: order, series: Importing.series(order, "import"),
      opener: Importing.opener, at: Importing.now, partSize: 500)
  }

  private func taken(_ parts: ReadyParts) throws -> [ReadyParts.Part] {
    var taken: [ReadyParts.Part] = []
    while let part = try parts.next() { taken.append(part) }
    return taken
  }

  @Test(arguments: [false, true])
  func `the parts come in the order of the file, with their bytes`(isAhead: Bool) throws {
    let file = try opened(Array(Importing.hours(0..<100).utf8))
    if isAhead { file.readAhead(keepsBytes: true) }
    let parts = try taken(file.takeAhead() ?? ReadyParts(of: file, unless: []))
    #expect(parts.map(\.number) == Array(0...(file.size ?? 0) / 500))
    #expect(parts.reduce(0) { $0 + $1.rows.reading.facts.count } == 100)
    #expect(parts.last?.tally.lines == 100)
    #expect(parts.compactMap { $0.packed?.body?.size }.reduce(0, +) == file.size)
  }

  @Test func `what the vault has is not compressed again`() throws {
    let bytes = Array(Importing.hours(0..<100).utf8)
    let parts = try taken(ReadyParts(of: opened(bytes), unless: [PackedBody.hash(of: Array(bytes.prefix(500)))]))
    #expect(parts.map { $0.packed?.body == nil } == [true] + Array(repeating: false, count: bytes.count / 500))
  }

  @Test func `bytes that are not kept are only read`() throws {
    let parts = try taken(ReadyParts(of: opened(Array(Importing.hours(0..<100).utf8)), unless: nil))
    #expect(!parts.isEmpty)
    #expect(parts.allSatisfy { $0.packed == nil })
  }

  @Test func `a file that breaks off says so after the parts before`() throws {
    let packed = try Zstd.compress(Array(Importing.hours(0..<40_000).utf8))
    let parts = try ReadyParts(of: opened(Array(packed.dropLast(1000)), name: "a.csv.zst"), unless: [])
    var rows = 0
    #expect(throws: ArchiveError.self) {
      while let part = try parts.next() { rows += part.rows.reading.facts.count }
    }
    #expect(rows > 0)
  }
}
