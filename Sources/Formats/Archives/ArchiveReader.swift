import CArchive

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file in an archive.
package struct ArchiveEntry: Hashable, Sendable {
  /// Relative, with `/` between folders; a leading `./` is taken off.
  package let name: String
  /// Bytes, as the archive claims; reading the entry to its end proves it.
  package let size: Int
}

/// Reads a `.tar.zst` in order, one entry after the other, and nothing else: no other format, no links, no devices, no
/// name twice, none that leads out of the folder.
///
/// A tar that was cut between two entries reads as complete: keep a list of what belongs in it.
package final class ArchiveReader {
  private let handle: ReadHandle
  private let memory: UnsafeMutableRawBufferPointer?
  private let tap: Tap?
  private let skipsFolders: Bool
  private var names: Set<[UInt8]> = []
  private var current: ArchiveEntry?
  private var delivered = 0

  /// Reads a file.
  ///
  /// - Parameter skippingFolders: whether entries that are folders are passed over, as archives made by `tar` have
  ///   them; otherwise they are refused.
  package convenience init(path: String, skippingFolders: Bool = false) throws(ArchiveError) {
    try self.init(source: try FileSource(path: path), skippingFolders: skippingFolders)
  }

  /// Reads what comes from anywhere.
  package init(source: any ByteSource, skippingFolders: Bool = false) throws(ArchiveError) {
    handle = try ReadHandle()
    memory = nil
    let tap = Tap(source)
    self.tap = tap
    skipsFolders = skippingFolders
    try handle.check(archive_read_support_format_tar(handle.pointer))
    let code = archive_read_open(
      handle.pointer, Unmanaged.passUnretained(tap).toOpaque(), nil,
      { _, tap, bytes in
        guard let tap, let bytes else { return -1 }
        return Unmanaged<Tap>.fromOpaque(tap).takeUnretainedValue().give(bytes)
      }, nil)
    try check(code)
  }

  /// Reads an archive that is in memory.
  package init(bytes: [UInt8], skippingFolders: Bool = false) throws(ArchiveError) {
    handle = try ReadHandle()
    tap = nil
    skipsFolders = skippingFolders
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
    copy.copyBytes(from: bytes)
    memory = copy
    try handle.check(archive_read_support_format_tar(handle.pointer))
    try handle.check(archive_read_open_memory(handle.pointer, copy.baseAddress, bytes.count))
  }

  deinit {
    _ = archive_read_close(handle.pointer)
    memory?.deallocate()
  }

  /// The next file, or `nil` at the end of the archive. What was not read of the one before is passed over.
  package func next() throws(ArchiveError) -> ArchiveEntry? {
    while true {
      current = nil
      var pointer: OpaquePointer?
      let code = archive_read_next_header(handle.pointer, &pointer)
      if code == ARCHIVE_EOF { return nil }
      try check(code)
      guard let pointer else { throw .damaged("an entry without a header") }
      guard let entry = try accepted(pointer) else { continue }
      current = entry
      delivered = 0
      return entry
    }
  }

  /// The next bytes of the current entry; 0 at its end. Throws when the entry is not as long as it claims.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    guard let current, !buffer.isEmpty else { return 0 }
    let count = archive_read_data(handle.pointer, buffer.baseAddress, buffer.count)
    guard count >= 0 else { throw tap?.failure ?? .damaged(LibArchive.message(handle.pointer)) }
    delivered += count
    guard delivered <= current.size, count > 0 || delivered == current.size else {
      throw .damaged("'\(current.name)' is not as long as the archive says")
    }
    return count
  }

  /// Reads what the source still has behind the archive's end: an encrypted one tells only there that it is whole.
  package func drain() throws(ArchiveError) {
    guard let tap else { return }
    while try !tap.source.next().isEmpty {}
  }

  /// What the source says of its failure is more than libarchive's account of it.
  private func check(_ code: Int32) throws(ArchiveError) {
    if code != ARCHIVE_OK, let failure = tap?.failure { throw failure }
    try handle.check(code)
  }

  /// All of the current entry.
  package func readAll(limit: Int) throws(ArchiveError) -> [UInt8] {
    guard let current else { return [] }
    guard current.size <= limit else { throw .tooLarge(limit: limit) }
    var content: [UInt8] = []
    content.reserveCapacity(current.size)
    try forEachPiece { (piece: UnsafeRawBufferPointer) throws(ArchiveError) in content.append(contentsOf: piece) }
    return content
  }

  /// Writes all of the current entry to a sink, piece by piece.
  package func copy(to sink: any ByteSink) throws(ArchiveError) {
    try forEachPiece { (piece: UnsafeRawBufferPointer) throws(ArchiveError) in
      try inArchive { () throws(FileError) in try sink.write(piece) }
    }
  }

  private func forEachPiece(
    _ body: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
  ) throws(ArchiveError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try read(into: buffer)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The entry, or `nil` for a folder that is passed over.
  private func accepted(_ entry: OpaquePointer) throws(ArchiveError) -> ArchiveEntry? {
    guard let text = archive_entry_pathname_utf8(entry), var name = String(validatingCString: text) else {
      throw .entryRefused(name: "?", reason: "its name is not UTF-8")
    }
    // A hard link has no file type of its own: ask for the link first.
    guard archive_entry_hardlink(entry) == nil, archive_entry_symlink(entry) == nil else {
      throw .entryRefused(name: name, reason: "it is a link")
    }
    let type = mode_t(archive_entry_filetype(entry))
    let isFolder = type == LibArchive.directory
    guard type == LibArchive.regularFile || isFolder && skipsFolders else {
      throw .entryRefused(name: name, reason: "it is not a regular file")
    }
    if isFolder { return nil }
    if name.utf8.starts(with: "./".utf8) { name = String(name.dropFirst(2)) }
    if let reason = FilePath.objection(toInnerName: name) { throw .entryRefused(name: name, reason: reason) }
    guard names.insert(Array(name.utf8)).inserted else {
      throw .entryRefused(name: name, reason: "it is in the archive twice")
    }
    guard archive_entry_size_is_set(entry) != 0, let size = Int(exactly: archive_entry_size(entry)), size >= 0 else {
      throw .entryRefused(name: name, reason: "its size is not given")
    }
    return ArchiveEntry(name: name, size: size)
  }
}

/// What libarchive's read callback takes its bytes from; keeps the error that cannot be thrown through C.
private final class Tap {
  let source: any ByteSource
  private(set) var failure: ArchiveError?

  init(_ source: any ByteSource) { self.source = source }

  func give(_ bytes: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    do throws(ArchiveError) {
      let piece = try source.next()
      bytes.pointee = piece.baseAddress
      return piece.count
    } catch {
      failure = error
      return -1
    }
  }
}
