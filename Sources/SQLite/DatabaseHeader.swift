#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the first page of a database file says, read past SQLite (its file format, section 1.3).
///
/// Only for a file that this process does not have open: see `OpenFiles`.
package struct DatabaseHeader {
  private let bytes: [UInt8]

  private static let length = 108

  /// `nil` for a file that cannot be read.
  package init?(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var count = 0
    bytes = [UInt8](unsafeUninitializedCapacity: DatabaseHeader.length) { buffer, filled in
      count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
      filled = max(0, count)
    }
    if count < 0 { return nil }
  }

  /// An empty file is a database that has nothing in it yet.
  package var isDatabase: Bool {
    bytes.isEmpty || bytes.starts(with: "SQLite format 3\0".utf8)
  }

  /// Whether it was cut off within its first page.
  package var isCut: Bool { !bytes.isEmpty && bytes.count < DatabaseHeader.length }

  /// The application's own mark.
  package var mark: Int32 { bytes.isEmpty ? 0 : Int32(bitPattern: word(at: 68)) }

  /// The number of the last migration.
  package var version: Int { bytes.isEmpty ? 0 : Int(Int32(bitPattern: word(at: 60))) }

  /// Whether the table of tables, which begins behind the header, is one leaf without a cell.
  package var hasNoTables: Bool { bytes.isEmpty || bytes[100] == 0x0D && bytes[103] == 0 && bytes[104] == 0 }

  private func word(at place: Int) -> UInt32 {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
