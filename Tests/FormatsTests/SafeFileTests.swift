import Formats
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct SafeFileTests {
  @Test func `a file appears only when it is complete, and private`() throws {
    let folder = try TemporaryFolder()
    let file = try SafeFile(folder.file("a.csv"))
    try file.write("one,")
    #expect(folder.names?.count == 1)
    #expect(folder.names?.first?.hasPrefix(".a.csv.") == true)
    try file.write([50])
    try file.finish()
    #expect(folder.names == ["a.csv"])
    #expect(try WholeFile.read(folder.file("a.csv"), limit: 100) == Array("one,2".utf8))
    #expect(folder.permissions(of: "a.csv") == 0o600)
  }

  @Test func `a file that is given up leaves the old one and nothing else`() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write([1], to: folder.file("a"))
    do {
      let file = try SafeFile(folder.file("a"))
      try file.write([2])
    }
    #expect(folder.names == ["a"])
    #expect(try WholeFile.read(folder.file("a"), limit: 1) == [1])
  }

  @Test func `a file is replaced whole`() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write(Noise.bytes(1_000), to: folder.file("a"))
    try WholeFile.write([2], to: folder.file("a"))
    #expect(try WholeFile.read(folder.file("a"), limit: 1) == [2])
    #expect(folder.names == ["a"])
  }

  @Test func `a file that came meanwhile is not replaced unless allowed`() throws {
    let folder = try TemporaryFolder()
    let file = try SafeFile(folder.file("a"), replacing: false)
    try file.write([1])
    try WholeFile.write([9], to: folder.file("a"))
    #expect(throws: FileError.exists(path: file.path)) { try file.finish() }
    #expect(try WholeFile.read(folder.file("a"), limit: 1) == [9])
    #expect(folder.names == ["a"])
  }

  @Test func `a link is followed and stays`() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write([1], to: folder.file("real"))
    #expect(symlink(folder.file("real"), folder.file("link")) == 0)
    try WholeFile.write([2], to: folder.file("link"))
    #expect(try WholeFile.read(folder.file("real"), limit: 1) == [2])
    #expect(folder.names == ["link", "real"])
  }

  @Test(arguments: ["/dev/null", "/tmp"])
  func `a device or a folder is never replaced`(path: String) {
    #expect(throws: FileError.notRegular(path: path)) { try SafeFile(path) }
  }

  @Test func `a missing folder is said`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("no/such")
    #expect(throws: FileError.failed(.create, path: path, code: ENOENT)) { try SafeFile(path) }
    #expect(
      FileError.failed(.create, path: "/x/y", code: ENOENT).description
        == "cannot create /x/y: No such file or directory (there is no folder /x)")
  }

  @Test func `the longest name works`() throws {
    let folder = try TemporaryFolder()
    let name = String(repeating: "n", count: 255)
    try WholeFile.write([1], to: folder.file(name))
    #expect(folder.names == [name])
  }

  @Test func `nothing can be written after the end`() throws {
    let folder = try TemporaryFolder()
    let file = try SafeFile(folder.file("a"))
    try file.finish()
    #expect(throws: FileError.self) { try file.write([1]) }
  }
}

@Suite struct WholeFileTests {
  @Test func `a file longer than the limit is refused`() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write([1, 2, 3], to: folder.file("a"))
    #expect(throws: FileError.tooLarge(path: folder.file("a"), limit: 2)) {
      try WholeFile.read(folder.file("a"), limit: 2)
    }
  }

  @Test func `a missing file is known as such`() {
    #expect(#expect(throws: FileError.self) { try WholeFile.read("/no/where", limit: 1) }?.isMissing == true)
  }

  @Test func `a pipe or an endless device is not read`() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    #expect(throws: FileError.notRegular(path: folder.file("pipe"))) {
      try WholeFile.read(folder.file("pipe"), limit: 10)
    }
    #expect(throws: FileError.notRegular(path: "/dev/zero")) { try WholeFile.read("/dev/zero", limit: 10) }
  }
}

@Suite struct FolderTests {
  @Test(arguments: ["a", "a/b/c", "a/b/c/"])
  func `folders are made private, with their parents, once or twice`(name: String) throws {
    let folder = try TemporaryFolder()
    try Folder.create(folder.file(name))
    try Folder.create(folder.file(name))
    #expect(Folder.exists(folder.file(name)))
    #expect(folder.permissions(of: "a") == 0o700)
  }

  @Test func `a file in the way is an error`() throws {
    let folder = try TemporaryFolder()
    try WholeFile.write([], to: folder.file("a"))
    #expect(throws: FileError.failed(.create, path: folder.file("a"), code: ENOTDIR)) {
      try Folder.create(folder.file("a"))
    }
    #expect(throws: FileError.self) { try Folder.create(folder.file("a/b")) }
  }
}

@Suite struct DescriptorSinkTests {
  @Test func `a reader that has gone is told apart`() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let sink = DescriptorSink(ends[1], name: "standard output")
    #expect(throws: FileError.closedPipe(path: "standard output")) { try sink.write("gone") }
  }

  @Test func `a full disk is an error with advice`() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    let sink = DescriptorSink(full, name: "standard output")
    let error = #expect(throws: FileError.self) { try sink.write("x") }
    #expect(
      error?.description
        == "cannot write standard output: No space left on device (the disk is full: free some space and try again)")
  }

  @Test func `everything arrives`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    try DescriptorSink(ends[1], name: "pipe").write("abc")
    var buffer = [UInt8](repeating: 0, count: 10)
    #expect(read(ends[0], &buffer, 10) == 3)
    #expect(buffer.starts(with: "abc".utf8))
  }
}

@Suite struct FingerprintTests {
  // FIPS 180-2, appendix B.1, and the hash of nothing.
  @Test(arguments: [
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ])
  func `a fingerprint is the SHA-256 of bytes, of a file and of what passed through`(text: String, hex: String) throws {
    let folder = try TemporaryFolder()
    let file = try SafeFile(folder.file("a"))
    let sink = FingerprintingSink(into: file)
    try sink.write(text)
    try file.finish()
    #expect(sink.count == text.utf8.count)
    #expect(sink.fingerprint.description == hex)
    #expect(Fingerprint(of: Array(text.utf8)).description == hex)
    #expect(try Fingerprint(ofFile: folder.file("a")) == sink.fingerprint)
  }
}
