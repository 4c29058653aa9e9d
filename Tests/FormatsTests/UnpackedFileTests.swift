import Crypto
import Testing

@testable import Formats

@Suite struct UnpackedFileTests {
  private static let text = Array(String(repeating: "time,open\n1,2\n", count: 5000).utf8)

  private func read(_ file: UnpackedFile, pieces size: Int = 1000) throws -> [UInt8] {
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: size)
    while true {
      let count = try piece.withUnsafeMutableBytes { try file.read(into: $0) }
      content += piece[..<count]
      if count < size { return content }
    }
  }

  @Test func `plain bytes come as they are, with their hash`() throws {
    let file = try UnpackedFile(bytes: Self.text, name: "x.csv")
    #expect(file.packing == .plain)
    #expect(try read(file) == Self.text)
    let known = try file.fingerprint()
    #expect(known.size == Self.text.count)
    #expect(known.sha256 == Array(SHA256.hash(data: Self.text)))
  }

  @Test func `zstd is taken off, and the hash is that of the file as it was given`() throws {
    let packed = try Zstd.compress(Self.text)
    let file = try UnpackedFile(bytes: packed, name: "x.csv.zst")
    #expect(file.packing == .zstd)
    #expect(try read(file) == Self.text)
    #expect(try file.fingerprint().sha256 == Array(SHA256.hash(data: packed)))
  }

  @Test func `a cut file throws when its end is missed`() throws {
    let packed = try Zstd.compress(Self.text)
    #expect(throws: ArchiveError.self) { try read(try UnpackedFile(bytes: Array(packed.dropLast(20)), name: "x")) }
  }

  @Test func `an empty file is empty`() throws {
    let file = try UnpackedFile(bytes: [], name: "x")
    #expect(try read(file) == [])
    #expect(try file.fingerprint().size == 0)
  }

  @Test func `a folder and a missing file say so`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: ArchiveError.self) { try UnpackedFile(folder.path, name: "folder") }
    #expect(throws: ArchiveError.self) { try UnpackedFile(folder.file("none"), name: "none") }
  }

  @Test(arguments: [
    (Array("ARROW1\0\0".utf8), ForeignFile.feather), (Array("PAR1....".utf8), .parquet),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldExcel), ([0xFF, 0xFE, 0x41, 0x00], .utf16),
    (Array("SQLite format 3\0".utf8), .sqlite),
  ])
  func `files of other kinds are told by their first bytes`(head: [UInt8], kind: ForeignFile) throws {
    let file = try UnpackedFile(bytes: head, name: "x")
    #expect(head.withUnsafeBytes { file.foreign($0) } == kind)
  }
}
