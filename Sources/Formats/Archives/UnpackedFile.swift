import CArchive
import Crypto

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a file is packed, told by its first bytes and never by its name.
package enum Packing: String, Hashable, Sendable {
  case plain, gzip, zstd
  /// A zip with exactly one file in it.
  case zip
}

/// What a file turns out to be that holds no lines of text.
package enum ForeignFile: String, Hashable, Sendable {
  case feather = "an Arrow or Feather file"
  case parquet = "a Parquet file"
  case excel = "an Excel workbook"
  case oldExcel = "an old Excel workbook (or another OLE file)"
  case sqlite = "a SQLite database"
  case utf16 = "text in UTF-16"
  case pdf = "a PDF"
  case bzip2 = "packed with bzip2"
  case xz = "packed with xz"
  case sevenZip = "a 7z archive"
  case hdf5 = "an HDF5 file"

  /// Told by the first bytes; `nil` for what may be text or is packed in a way that we unpack.
  package init?(_ head: some Collection<UInt8>) {
    let known: [([UInt8], ForeignFile)] = [
      (Array("ARROW1".utf8), .feather), (Array("FEA1".utf8), .feather), (Array("PAR1".utf8), .parquet),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldExcel), (Array("SQLite format 3\0".utf8), .sqlite),
      ([0xFF, 0xFE], .utf16), ([0xFE, 0xFF], .utf16), (Array("%PDF".utf8), .pdf), (Array("BZh".utf8), .bzip2),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .xz), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip),
      ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], .hdf5),
    ]
    guard let found = known.first(where: { head.starts(with: $0.0) }) else { return nil }
    self = found.1
  }
}

/// A file or standard input read from its beginning to its end, unpacked on the way, with the SHA-256 of what was read.
///
/// Memory does not grow with the file. Used from one thread.
package final class UnpackedFile {
  /// How the file is packed.
  package let packing: Packing
  private let raw: RawBytes
  private let archive: ReadHandle?
  private var isAtEnd = false

  /// - Parameters:
  ///   - path: a regular file, or a pipe, or `-` for standard input.
  ///   - name: what messages call it.
  /// - Throws: `ArchiveError`: a file that cannot be opened, and a zip that does not hold exactly one file.
  package init(_ path: String, name: String) throws(ArchiveError) {
    do throws(FileError) { raw = try RawBytes(path, name: name) } catch { throw .file(error) }
    packing = Packing(raw.head)
    guard packing != .plain else {
      archive = nil
      return
    }
    (archive, isAtEnd) = try UnpackedFile.open(packing, raw)
  }

  /// Reads bytes that are in memory.
  package init(bytes: [UInt8], name: String) throws(ArchiveError) {
    raw = RawBytes(bytes: bytes, name: name)
    packing = Packing(raw.head)
    guard packing != .plain else {
      archive = nil
      return
    }
    (archive, isAtEnd) = try UnpackedFile.open(packing, raw)
  }

  /// Bytes in memory that were unpacked before, taken as they are.
  package init(unpacked bytes: [UInt8], name: String) {
    raw = RawBytes(bytes: bytes, name: name)
    packing = .plain
    archive = nil
  }

  /// Bytes read of the file as it is given, and its length where that is known.
  package var progress: (read: Int, of: Int?) { (raw.count, raw.size) }

  /// The SHA-256 and length of the file as it is given; read to its end first.
  package func fingerprint() throws(ArchiveError) -> (sha256: [UInt8], size: Int) {
    do throws(FileError) { return try raw.finish() } catch { throw .file(error) }
  }

  /// What the file turns out to be, if it is no text, packed or not; asked before anything else is read.
  package func foreign(_ unpacked: UnsafeRawBufferPointer) -> ForeignFile? {
    ForeignFile(raw.head) ?? ForeignFile(unpacked)
  }

  /// Fills the buffer as far as there are bytes; less than its length only at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    var filled = 0
    while filled < buffer.count, !isAtEnd {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count: Int
      if let archive {
        count = archive_read_data(archive.pointer, rest.baseAddress, rest.count)
        if let fault = raw.fault { throw .file(fault) }
        guard count >= 0 else { throw .damaged(LibArchive.message(archive.pointer)) }
      } else {
        do throws(FileError) { count = try raw.read(into: rest) } catch { throw .file(error) }
      }
      if count == 0 {
        isAtEnd = true
        try conclude()
      }
      filled += count
    }
    return filled
  }

  /// Behind the one file of a zip there is nothing else.
  private func conclude() throws(ArchiveError) {
    guard packing == .zip, let archive else { return }
    var entry: OpaquePointer?
    while true {
      let code = archive_read_next_header(archive.pointer, &entry)
      if code == ARCHIVE_EOF { return }
      try archive.check(code)
      guard let entry, UnpackedFile.isFolder(entry) else {
        throw .entryRefused(name: UnpackedFile.name(entry), reason: "the zip holds more than one file; unpack it first")
      }
    }
  }

  private static func open(
    _ packing: Packing, _ raw: RawBytes
  ) throws(ArchiveError) -> (handle: ReadHandle, isEmpty: Bool) {
    if packing == .zstd, let window = ZstdWindow.size(raw.head), window > ZstdWindow.largest {
      throw .windowTooLarge(window)
    }
    let handle = try ReadHandle(packing)
    let pointer = Unmanaged.passUnretained(raw).toOpaque()
    try handle.check(
      archive_read_open(
        handle.pointer, pointer, nil,
        { _, client, buffer in
          guard let client else { return -1 }
          return Unmanaged<RawBytes>.fromOpaque(client).takeUnretainedValue().hand(over: buffer)
        }, nil))
    if let fault = raw.fault { throw .file(fault) }
    // What fails before its first byte looks empty, but for the error that it left behind.
    guard archive_errno(handle.pointer) == 0 else { throw .damaged(LibArchive.message(handle.pointer)) }
    var entry: OpaquePointer?
    repeat {
      let code = archive_read_next_header(handle.pointer, &entry)
      if let fault = raw.fault { throw .file(fault) }
      guard code != ARCHIVE_EOF else {
        if packing == .zip { throw .damaged("the zip is empty") }
        return (handle, true)
      }
      try handle.check(code)
    } while entry.map(isFolder) ?? false
    if archive_entry_is_data_encrypted(entry) != 0 {
      throw .entryRefused(name: name(entry), reason: "it is encrypted; unpack it first")
    }
    return (handle, false)
  }

  private static func isFolder(_ entry: OpaquePointer) -> Bool {
    mode_t(archive_entry_filetype(entry)) == LibArchive.directory
  }

  private static func name(_ entry: OpaquePointer?) -> String {
    archive_entry_pathname_utf8(entry).flatMap { String(validatingCString: $0) } ?? "?"
  }
}

extension Packing {
  fileprivate init(_ head: [UInt8]) {
    if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .zip
    } else {
      self = .plain
    }
  }
}

extension ReadHandle {
  /// For exactly one kind of packing, so that nothing is guessed.
  fileprivate convenience init(_ packing: Packing) throws(ArchiveError) {
    try self.init(unfiltered: ())
    switch packing {
    case .gzip: try check(archive_read_append_filter(pointer, ARCHIVE_FILTER_GZIP))
    case .zstd: try check(archive_read_append_filter(pointer, ARCHIVE_FILTER_ZSTD))
    case .zip, .plain: break
    }
    if packing == .zip {
      try check(archive_read_support_format_zip_streamable(pointer))
    } else {
      try check(archive_read_support_format_raw(pointer))
      try check(archive_read_support_format_empty(pointer))
    }
  }
}

/// The bytes of a file as it is given, hashed as they are handed out.
final class RawBytes {
  private let descriptor: Int32
  private let owns: Bool
  private let name: String
  private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
  private var memory: ArraySlice<UInt8> = []
  private var hash = SHA256()
  /// The first bytes, read ahead to see what the file is.
  let head: [UInt8]
  private var pending: ArraySlice<UInt8>
  private(set) var count = 0
  let size: Int?
  /// What went wrong beneath libarchive, which only learns that something did.
  private(set) var fault: FileError?

  init(_ path: String, name: String) throws(FileError) {
    self.name = name
    owns = path != "-"
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failed(.open, path: name, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .failed(.read, path: name, code: errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .failed(.read, path: name, code: EISDIR) }
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    var first: [UInt8] = []
    while first.count < 16 {
      let got = try RawBytes.system(descriptor, UnsafeMutableRawBufferPointer(rebasing: piece[..<16]), name)
      if got == 0 { break }
      first += piece[..<got]
    }
    head = first
    pending = first[...]
  }

  init(bytes: [UInt8], name: String) {
    self.name = name
    descriptor = -1
    owns = false
    size = bytes.count
    head = Array(bytes.prefix(16))
    pending = head[...]
    memory = bytes.dropFirst(16)
  }

  deinit {
    piece.deallocate()
    if owns, descriptor >= 0 { close(descriptor) }
  }

  /// 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let got: Int
    if !pending.isEmpty {
      got = min(pending.count, buffer.count)
      buffer.copyBytes(from: pending.prefix(got))
      pending = pending.dropFirst(got)
    } else if descriptor < 0 {
      got = min(memory.count, buffer.count)
      buffer.copyBytes(from: memory.prefix(got))
      memory = memory.dropFirst(got)
    } else {
      got = try RawBytes.system(descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(1 << 20)), name)
    }
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
    count += got
    return got
  }

  /// For libarchive: the next piece, 0 at the end, -1 after a fault.
  func hand(over buffer: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    do throws(FileError) {
      let got = try read(into: piece)
      buffer?.pointee = UnsafeRawPointer(piece.baseAddress)
      return got
    } catch {
      fault = error
      return -1
    }
  }

  /// Reads what is left and closes the hash.
  func finish() throws(FileError) -> (sha256: [UInt8], size: Int) {
    while try read(into: piece) > 0 {}
    if let size, size != count { throw .changedWhileRead(path: name) }
    return (Array(hash.finalize()), count)
  }

  private static func system(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, _ name: String
  ) throws(FileError) -> Int {
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      guard errno == EINTR else { throw .failed(.read, path: name, code: errno) }
    }
  }
}
