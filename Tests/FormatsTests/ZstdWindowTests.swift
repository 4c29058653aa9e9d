import Testing

@testable import Formats

@Suite struct ZstdWindowTests {
  private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// The first bytes of frames: as `zstd --long=31` writes them, and made by hand.
  @Test(
    arguments: [
      ([0x04, 0xA8, 0x34, 0x5B], 1 << 31), ([0x00, 0x88, 0, 0], 1 << 27), ([0x00, 0x90, 0, 0], 1 << 28),
      ([0x00, 0x05, 0, 0], 1024 + 640), ([0x20, 0x10, 0, 0], 16), ([0x60, 0x10, 0x00, 0], 272),
      ([0xA0, 0, 0, 0, 0x10], 1 << 28), ([0xE1, 7, 0, 0, 0, 0, 1, 0, 0, 0], 1 << 32),
    ] as [([UInt8], UInt64)])
  func `a frame says how much of itself must be kept at hand`(header: [UInt8], window: UInt64) {
    #expect(ZstdWindow.size(Self.magic + header) == window)
  }

  @Test(arguments: [[], [0xA0, 0, 0], [0x28]] as [[UInt8]]) func `a cut header says nothing`(header: [UInt8]) {
    #expect(ZstdWindow.size(Self.magic + header) == nil)
  }

  @Test(
    arguments: [
      ([0x04, 0xA8, 0x34, 0x5B], 2048), ([0x00, 0x90, 0, 0], 256), ([0xA0, 0, 0, 0, 0x10], 256),
    ] as [([UInt8], Int)])
  func `a window that is too large is refused before anything is unpacked`(header: [UInt8], megabytes: Int) {
    let file = Self.magic + header + [UInt8](repeating: 0, count: 20)
    let error = #expect(throws: ArchiveError.self) { try UnpackedFile(bytes: file, name: "x.zst") }
    #expect(
      error?.description
        == "packed with a window of \(megabytes) MB, and at most 128 are kept; pack it again without `--long` and "
        + "`--ultra`, or unpack it first")
  }

  @Test func `a stream that fails before its first byte says so in plain words`() {
    let damaged = Self.magic + [0x00, 0x58] + [UInt8](repeating: 0xFF, count: 40)
    let error = #expect(throws: ArchiveError.self) {
      var piece = [UInt8](repeating: 0, count: 100)
      let file = try UnpackedFile(bytes: damaged, name: "x.zst")
      _ = try piece.withUnsafeMutableBytes { try file.read(into: $0) }
    }
    #expect(error?.description.contains("INTERNAL") == false)
  }

  @Test func `a frame of nothing is an empty file`() throws {
    let file = try UnpackedFile(bytes: try Zstd.compress([]), name: "x.zst")
    var piece = [UInt8](repeating: 0, count: 100)
    #expect(try piece.withUnsafeMutableBytes { try file.read(into: $0) } == 0)
  }
}
