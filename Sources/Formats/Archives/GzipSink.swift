import CArchive

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Packs what passes through as one gzip member, and hands it to the next sink. Equal bytes give equal bytes: no time
/// and no name stand in it.
package final class GzipSink: ByteSink {
  private let handle: WriteHandle
  private let drain: Drain
  private let path: String

  /// - Parameters:
  ///   - sink: what gets the packed bytes; the caller finishes it after `finish()`.
  ///   - path: of the file that is written, for errors.
  package init(into sink: any ByteSink, path: String) throws(ArchiveError) {
    handle = try WriteHandle(gzip: ())
    drain = Drain(sink)
    self.path = path
    try handle.check(archive_write_set_format_raw(handle.pointer))
    try handle.open(into: drain)
    let entry = try EntryHandle()
    archive_entry_set_pathname(entry.pointer, "rows")
    archive_entry_set_filetype(entry.pointer, UInt32(LibArchive.regularFile))
    try handle.check(archive_write_header(handle.pointer, entry.pointer))
  }

  // Without `finish()` nothing more may be written while the handle is freed.
  deinit { _ = archive_write_fail(handle.pointer) }

  /// Packs the bytes; throws the next sink's error.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    guard !bytes.isEmpty else { return }
    let count = archive_write_data(handle.pointer, bytes.baseAddress, bytes.count)
    if count != bytes.count { throw drain.failure ?? .failed(.write, path: path, code: EIO) }
  }

  /// Writes the end of the member.
  package func finish() throws(FileError) {
    let code = archive_write_close(handle.pointer)
    if let failure = drain.failure { throw failure }
    if code != ARCHIVE_OK { throw .failed(.write, path: path, code: EIO) }
  }
}
