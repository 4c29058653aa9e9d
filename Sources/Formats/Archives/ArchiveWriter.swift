import CArchive
import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a `.tar.zst` of regular files, streaming: memory does not grow with what goes in.
///
/// Equal names, contents, order, instant and level give equal bytes: every entry has mode 0600, owner 0 and the same time.
package final class ArchiveWriter {
  private let handle: WriteHandle
  private let drain: Drain
  private let file: SafeFile?
  private let modified: Instant
  private var names: Set<[UInt8]> = []
  /// The entry that was begun and not ended: after an error it stays, and nothing may follow it.
  private var unfinished: String?

  /// Writes into any sink, which the caller finishes after `finish()`.
  ///
  /// - Parameters:
  ///   - modified: the time that every entry bears.
  ///   - level: 1 (fast) to 19 (small).
  ///   - threads: more than one compresses beside the reading; the bytes then differ from those of one thread.
  package convenience init(
    into sink: any ByteSink, modified: Instant, level: Int = 3, threads: Int = 1
  ) throws(ArchiveError) {
    try self.init(sink: sink, file: nil, modified: modified, level: level, threads: threads)
  }

  /// Writes to a path; the file appears, complete, with `finish()`.
  package convenience init(
    path: String, replacing: Bool = false, modified: Instant, level: Int = 3, threads: Int = 1
  ) throws(ArchiveError) {
    let file = try inArchive { () throws(FileError) in try SafeFile(path, replacing: replacing) }
    try self.init(sink: file, file: file, modified: modified, level: level, threads: threads)
  }

  private init(
    sink: any ByteSink, file: SafeFile?, modified: Instant, level: Int, threads: Int
  ) throws(ArchiveError) {
    handle = try WriteHandle(level: level, threads: threads)
    drain = Drain(sink)
    self.file = file
    self.modified = modified
    try check(archive_write_set_format_pax_restricted(handle.pointer))
    try handle.open(into: drain)
  }

  // Without `finish()` nothing more may be written while the handle is freed.
  deinit { _ = archive_write_fail(handle.pointer) }

  /// Adds a file that is in memory.
  ///
  /// - Parameter name: relative, with `/` between folders, not yet in the archive.
  package func add(name: String, bytes: [UInt8]) throws(ArchiveError) {
    try begin(name, size: bytes.count)
    try withBytes(of: bytes) { (buffer: UnsafeRawBufferPointer) throws(ArchiveError) in try append(buffer) }
    try end()
  }

  /// Adds a file from the disk, piece by piece. A file that changes its length meanwhile is an error.
  package func add(name: String, contentsOfFile path: String) throws(ArchiveError) {
    try add(name: name, contentsOfFile: path) { _ in }
  }

  /// The same; tells the fingerprint and the size of what was added, so that it need not be read again.
  package func addFingerprinting(
    name: String, contentsOfFile path: String
  ) throws(ArchiveError) -> (Fingerprint, size: Int) {
    let counted = FingerprintingSink(into: Nowhere())
    try add(name: name, contentsOfFile: path) { (piece: UnsafeRawBufferPointer) throws(FileError) in
      try counted.write(piece)
    }
    return (counted.fingerprint, counted.count)
  }

  private func add(
    name: String, contentsOfFile path: String, _ beside: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(ArchiveError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .file(.failed(.open, path: path, code: errno)) }
    defer { close(descriptor) }
    let size = try inArchive { () throws(FileError) in try regularSize(descriptor, path: path) }
    try begin(name, size: size)
    var rest = size
    var failure: ArchiveError?
    try inArchive { () throws(FileError) in
      try readPieces(descriptor, path: path) { (piece: UnsafeRawBufferPointer) throws(FileError) in
        guard failure == nil else { return }
        guard piece.count <= rest else { throw .changedWhileRead(path: path) }
        rest -= piece.count
        try beside(piece)
        do throws(ArchiveError) { try append(piece) } catch { failure = error }
      }
    }
    if let failure { throw failure }
    guard rest == 0 else { throw .file(.changedWhileRead(path: path)) }
    try end()
  }

  /// Writes the end of the archive; with a path, also brings the file to the disk and gives it its name.
  ///
  /// Throws when an entry failed half-way: such an archive is never called finished.
  package func finish() throws(ArchiveError) {
    try checkNothingUnfinished()
    try check(archive_write_close(handle.pointer))
    try inArchive { () throws(FileError) in try file?.finish() }
  }

  private func begin(_ name: String, size: Int) throws(ArchiveError) {
    try checkNothingUnfinished()
    if let reason = FilePath.objection(toInnerName: name) { throw .entryRefused(name: name, reason: reason) }
    guard names.insert(Array(name.utf8)).inserted else {
      throw .entryRefused(name: name, reason: "it is in the archive already")
    }
    let entry = try EntryHandle()
    archive_entry_set_pathname_utf8(entry.pointer, name)
    archive_entry_set_filetype(entry.pointer, UInt32(LibArchive.regularFile))
    archive_entry_set_perm(entry.pointer, 0o600)
    archive_entry_set_size(entry.pointer, la_int64_t(size))
    archive_entry_set_mtime(entry.pointer, time_t(modified.epochSeconds), 0)
    archive_entry_set_uid(entry.pointer, 0)
    archive_entry_set_gid(entry.pointer, 0)
    unfinished = name
    try check(archive_write_header(handle.pointer, entry.pointer))
  }

  private func end() throws(ArchiveError) {
    try check(archive_write_finish_entry(handle.pointer))
    unfinished = nil
  }

  private func checkNothingUnfinished() throws(ArchiveError) {
    if let failure = drain.failure { throw .file(failure) }
    if let unfinished { throw .notWritten("entry '\(unfinished)' is incomplete") }
  }

  private func append(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
    guard !bytes.isEmpty else { return }
    let count = archive_write_data(handle.pointer, bytes.baseAddress, bytes.count)
    guard count == bytes.count else {
      throw drain.failure.map { .file($0) } ?? .notWritten(LibArchive.message(handle.pointer))
    }
  }

  /// An error of the sink says more than libarchive's account of it.
  private func check(_ code: Int32) throws(ArchiveError) {
    if let failure = drain.failure { throw .file(failure) }
    try handle.check(code)
  }
}

/// What libarchive's write callback hands its bytes to; keeps the error that cannot be thrown through C.
final class Drain {
  private let sink: any ByteSink
  private(set) var failure: FileError?

  init(_ sink: any ByteSink) { self.sink = sink }

  func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard failure == nil else { return -1 }
    do throws(FileError) {
      try sink.write(bytes)
      return bytes.count
    } catch {
      failure = error
      return -1
    }
  }
}

/// A file's error as an archive's.
func inArchive<Result>(_ body: () throws(FileError) -> Result) throws(ArchiveError) -> Result {
  do throws(FileError) { return try body() } catch { throw .file(error) }
}
