import Formats
import Market
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ArchiveTests {
  private let instant = Instant(epochSeconds: 1_757_000_000)

  @Test(arguments: [1, 2])
  func `files come back in order with their bytes`(threads: Int) throws {
    let folder = try TemporaryFolder()
    let big = Noise.bytes(3_000_000)
    try WholeFile.write(big, to: folder.file("big"))
    let writer = try ArchiveWriter(path: folder.file("a.tar.zst"), modified: instant, threads: threads)
    try writer.add(name: "manifest.json", bytes: Array("{}".utf8))
    try writer.add(name: "data/big.bin", contentsOfFile: folder.file("big"))
    try writer.add(name: "empty", bytes: [])
    try writer.add(name: "größe/\(String(repeating: "lang", count: 60)).csv", bytes: [1, 2, 3])
    #expect(folder.names?.contains("a.tar.zst") == false)
    try writer.finish()

    let files = try contents(of: ArchiveReader(path: folder.file("a.tar.zst")))
    #expect(
      files.map(\.name) == [
        "manifest.json", "data/big.bin", "empty", "größe/\(String(repeating: "lang", count: 60)).csv",
      ])
    #expect(files.map(\.bytes) == [Array("{}".utf8), big, [], [1, 2, 3]])
    #expect(folder.permissions(of: "a.tar.zst") == 0o600)
  }

  @Test func `equal contents give equal archives`() throws {
    #expect(try archive(["a": [1], "b": [2, 3]]) == archive(["a": [1], "b": [2, 3]]))
  }

  @Test func `what is not read of an entry is passed over`() throws {
    let reader = try ArchiveReader(bytes: archive(["a": Noise.bytes(100_000), "b": [7]]))
    #expect(try reader.next()?.name == "a")
    #expect(try reader.next()?.size == 1)
    #expect(try reader.readAll(limit: 10) == [7])
    #expect(try reader.next() == nil)
  }

  @Test func `an entry longer than the limit is refused`() throws {
    let reader = try ArchiveReader(bytes: archive(["a": [1, 2, 3]]))
    _ = try reader.next()
    #expect(throws: ArchiveError.tooLarge(limit: 2)) { try reader.readAll(limit: 2) }
  }

  @Test func `an archive that is not finished leaves nothing`() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try ArchiveWriter(path: folder.file("a.tar.zst"), modified: instant)
      try writer.add(name: "a", bytes: Noise.bytes(1_000_000))
    }
    #expect(folder.names == [])
  }

  @Test func `an archive that is there is not replaced unless asked`() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write([1], to: folder.file("a"))
    #expect(throws: ArchiveError.file(.exists(path: folder.file("a")))) {
      try ArchiveWriter(path: folder.file("a"), modified: instant)
    }
    try ArchiveWriter(path: folder.file("a"), replacing: true, modified: instant).finish()
    #expect(try contents(of: ArchiveReader(path: folder.file("a"))).isEmpty)
  }

  @Test(arguments: ["/etc/passwd", "../up", "a/../../b", "", "a//b", "./a", "a\nb", "first"])
  func `a name that does not belong is not written`(name: String) throws {
    let writer = try ArchiveWriter(into: MemorySink(), modified: instant)
    try writer.add(name: "first", bytes: [])
    #expect(throws: ArchiveError.self) { try writer.add(name: name, bytes: []) }
  }

  @Test func `a full disk is told by its own name`() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    let writer = try ArchiveWriter(into: DescriptorSink(full, name: "backup"), modified: instant)
    let expected = ArchiveError.file(.failed(.write, path: "backup", code: ENOSPC))
    #expect(throws: expected) {
      try writer.add(name: "a", bytes: Noise.bytes(2_000_000))
      try writer.finish()
    }
  }

  @Test func `a full disk at the last block is told too`() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    let writer = try ArchiveWriter(into: DescriptorSink(full, name: "backup"), modified: instant)
    try writer.add(name: "a", bytes: [1])
    #expect(throws: ArchiveError.file(.failed(.write, path: "backup", code: ENOSPC))) { try writer.finish() }
  }

  @Test func `a missing file to add is named`() throws {
    let writer = try ArchiveWriter(into: MemorySink(), modified: instant)
    #expect(throws: ArchiveError.file(.failed(.open, path: "/nowhere/x", code: ENOENT))) {
      try writer.add(name: "a", contentsOfFile: "/nowhere/x")
    }
  }

  @Test func `a file that grows while it is read spoils the archive`() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write(Noise.bytes(2_000_000), to: folder.file("a"))
    let growing = open(folder.file("a"), O_WRONLY | O_APPEND)
    defer { close(growing) }
    // Whatever the archive writes is appended to the file that goes into it.
    let writer = try ArchiveWriter(into: DescriptorSink(growing, name: "a"), modified: instant)
    #expect(throws: ArchiveError.file(.changedWhileRead(path: folder.file("a")))) {
      try writer.add(name: "a", contentsOfFile: folder.file("a"))
    }
    #expect(throws: ArchiveError.notWritten("entry 'a' is incomplete")) { try writer.finish() }
  }

  private func archive(_ files: KeyValuePairs<String, [UInt8]>) throws -> [UInt8] {
    let sink = MemorySink()
    let writer = try ArchiveWriter(into: sink, modified: instant)
    for (name, bytes) in files { try writer.add(name: name, bytes: bytes) }
    try writer.finish()
    return sink.bytes
  }
}

@Suite struct HostileArchiveTests {
  @Test(arguments: [Tar.Kind.hardLink, .symbolicLink, .device, .folder, .fifo])
  func `what is not a regular file is refused`(kind: Tar.Kind) throws {
    var tar = Tar()
    tar.add(Array("x".utf8), kind: kind, target: "/etc/passwd")
    #expect(throws: ArchiveError.self) { try contents(of: ArchiveReader(bytes: tar.packed())) }
  }

  @Test(arguments: ["/abs", "../up", "a/../../up", "a/..", "a//b", "./"])
  func `a name that leads elsewhere is refused`(name: String) throws {
    var tar = Tar()
    tar.add(Array(name.utf8), [1])
    #expect(throws: ArchiveError.self) { try contents(of: ArchiveReader(bytes: tar.packed())) }
  }

  @Test func `a name that is not UTF-8 is refused`() throws {
    var tar = Tar()
    tar.add([0x61, 0xFF, 0xFE], [1])
    #expect(throws: ArchiveError.self) { try contents(of: ArchiveReader(bytes: tar.packed())) }
  }

  @Test func `a name twice is refused`() throws {
    var tar = Tar()
    tar.add(Array("a".utf8), [1])
    tar.add(Array("./a".utf8), [2])
    #expect(throws: ArchiveError.entryRefused(name: "a", reason: "it is in the archive twice")) {
      try contents(of: ArchiveReader(bytes: tar.packed()))
    }
  }

  @Test func `folders are passed over where that was asked`() throws {
    var tar = Tar()
    tar.add(Array("./".utf8), kind: .folder)
    tar.add(Array("./a".utf8), [1])
    let files = try contents(of: ArchiveReader(bytes: tar.packed(), skippingFolders: true))
    #expect(files.map(\.name) == ["a"])
  }

  @Test func `a tar that is not packed is refused`() {
    var tar = Tar()
    tar.add(Array("a".utf8), [1])
    #expect(throws: ArchiveError.self) { try contents(of: ArchiveReader(bytes: tar.plain)) }
  }

  @Test func `an entry shorter than it claims is refused`() throws {
    var tar = Tar()
    tar.add(Array("a".utf8), [1], claimedSize: 1 << 30)
    #expect(throws: ArchiveError.self) { try contents(of: ArchiveReader(bytes: tar.packed())) }
  }

  @Test func `a cut archive is refused, wherever it is cut`() throws {
    var tar = Tar()
    tar.add(Array("a".utf8), Noise.bytes(5_000))
    tar.add(Array("b".utf8), Noise.bytes(200_000))
    let packed = try tar.packed()
    let cuts = Array(0..<20) + Array(stride(from: 20, to: packed.count - 1, by: 3_001)) + [packed.count - 1]
    let accepted = cuts.filter {
      (try? contents(of: ArchiveReader(bytes: Array(packed[..<$0])))) != nil
    }
    #expect(accepted == [])
  }

  @Test func `an altered header is refused or harmless, never a crash`() throws {
    var tar = Tar()
    tar.add(Array("a".utf8), [1, 2, 3])
    tar.add(Array("b".utf8), kind: .folder)
    let plain = tar.plain
    let outcomes = try (0..<plain.count).map { index in
      var altered = plain
      altered[index] ^= 1 << (index % 8)
      let packed = try Zstd.compress(altered, level: 1)
      return (try? contents(of: ArchiveReader(bytes: packed, skippingFolders: true))) != nil
    }
    #expect(Set(outcomes) == [true, false])
  }

  @Test(arguments: ["", "not an archive at all"])
  func `what is no archive is refused`(text: String) {
    #expect(throws: ArchiveError.self) { try contents(of: ArchiveReader(bytes: Array(text.utf8))) }
  }

  @Test func `a folder in place of an archive is refused`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: ArchiveError.file(.notRegular(path: folder.path))) { try ArchiveReader(path: folder.path) }
  }
}

/// Everything in an archive.
private func contents(of reader: ArchiveReader) throws -> [(name: String, bytes: [UInt8])] {
  var files: [(name: String, bytes: [UInt8])] = []
  while let entry = try reader.next() {
    let sink = MemorySink()
    try reader.copy(to: sink)
    files.append((entry.name, sink.bytes))
  }
  return files
}

final class MemorySink: ByteSink {
  private(set) var bytes: [UInt8] = []
  func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) { self.bytes.append(contentsOf: bytes) }
}
