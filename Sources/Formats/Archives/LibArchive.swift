import CArchive

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What reading and writing share: the one-time settings and the words of an error.
enum LibArchive {
  static let regularFile: mode_t = 0o100_000
  static let directory: mode_t = 0o040_000

  /// Names outside ASCII come back as NULL from libarchive unless the character type is UTF-8; set once a process.
  private static let characterType: Bool = {
    setlocale(LC_CTYPE, "C.UTF-8") != nil || setlocale(LC_CTYPE, "en_US.UTF-8") != nil
  }()

  /// Without its own zstd, libarchive would run a program of that name and say so by a warning.
  private static let hasZstd: Bool = {
    guard let archive = archive_write_new() else { return false }
    defer { archive_write_free(archive) }
    return archive_write_add_filter_zstd(archive) == ARCHIVE_OK
  }()

  static func prepare() throws(ArchiveError) {
    _ = characterType
    guard hasZstd else { throw .zstdMissing }
  }

  static func message(_ archive: OpaquePointer) -> String {
    guard let text = archive_error_string(archive) else { return "unknown reason" }
    return String(cString: text)
  }
}

/// A libarchive handle for reading, freed with its owner.
final class ReadHandle {
  let pointer: OpaquePointer

  /// Without any filter; whoever asks adds what belongs.
  init(unfiltered: ()) throws(ArchiveError) {
    try LibArchive.prepare()
    guard let pointer = archive_read_new() else { throw .damaged("out of memory") }
    self.pointer = pointer
  }

  convenience init() throws(ArchiveError) {
    try self.init(unfiltered: ())
    // Exactly one layer of zstd: a guessing reader would also take plain bytes, and unpack a body that is zstd itself.
    try check(archive_read_append_filter(pointer, ARCHIVE_FILTER_ZSTD))
  }

  deinit { archive_read_free(pointer) }

  func check(_ code: Int32) throws(ArchiveError) {
    guard code == ARCHIVE_OK else { throw .damaged(LibArchive.message(pointer)) }
  }
}

/// A libarchive handle for writing, freed with its owner.
final class WriteHandle {
  let pointer: OpaquePointer

  /// Without a filter yet; the bytes come as they are made, in no blocks.
  private init() throws(ArchiveError) {
    try LibArchive.prepare()
    guard let pointer = archive_write_new() else { throw .notWritten("out of memory") }
    self.pointer = pointer
    try check(archive_write_set_bytes_per_block(pointer, 0))
    try check(archive_write_set_bytes_in_last_block(pointer, 1))
  }

  /// Of zstd.
  convenience init(level: Int, threads: Int) throws(ArchiveError) {
    try self.init()
    try check(archive_write_add_filter_zstd(pointer))
    try check(archive_write_set_filter_option(pointer, "zstd", "compression-level", String(level)))
    if threads > 1 {
      // A libarchive older than 3.6 does not know the option; the archive is the same, only slower.
      _ = archive_write_set_filter_option(pointer, "zstd", "threads", String(threads))
    }
  }

  /// Of one gzip member that bears no time.
  convenience init(gzip: ()) throws(ArchiveError) {
    try self.init()
    try check(archive_write_add_filter_gzip(pointer))
    try check(archive_write_set_filter_option(pointer, "gzip", "timestamp", nil))
  }

  deinit { archive_write_free(pointer) }

  func check(_ code: Int32) throws(ArchiveError) {
    guard code == ARCHIVE_OK else { throw .notWritten(LibArchive.message(pointer)) }
  }

  /// Begins to write, once filter and format are chosen; `drain` must outlive the handle.
  func open(into drain: Drain) throws(ArchiveError) {
    try check(
      archive_write_open2(
        pointer, Unmanaged.passUnretained(drain).toOpaque(), nil,
        { _, drain, bytes, count in
          guard let drain, let bytes else { return -1 }
          return Unmanaged<Drain>.fromOpaque(drain).takeUnretainedValue()
            .take(UnsafeRawBufferPointer(start: bytes, count: count))
        }, nil, nil))
  }
}

/// A libarchive entry, freed with its owner.
final class EntryHandle {
  let pointer: OpaquePointer

  init() throws(ArchiveError) {
    guard let pointer = archive_entry_new() else { throw .notWritten("out of memory") }
    self.pointer = pointer
  }

  deinit { archive_entry_free(pointer) }
}
