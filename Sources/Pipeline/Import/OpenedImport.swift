import Formats
import Market
import Store

/// A file that can be imported: opened, unpacked, looked at, and not yet read further than its first part.
///
/// Its bytes are taken from one thread at a time, and its facts are read from one, which may be another.
package final class OpenedImport: @unchecked Sendable {
  /// Bytes of a part: so many rows that a transaction is worth it, so few that the dozen on their way fit into memory.
  package static let partSize = 1 << 20
  /// What is looked at to find out the layout and the form of the numbers.
  private static let sampleSize = 1 << 20

  /// What the user said of the file.
  package let order: ImportOrder
  /// The series that it fills.
  package let series: SeriesKey
  /// What reads its rows, by the layout that was told or found out.
  package let facts: any FactFile
  /// The order with all that was found out about the file, which is stored with the import.
  package let settled: ImportOrder
  /// When it was opened: bars that were not over then are left out.
  let openedAt: Instant
  private let file: UnpackedFile
  /// Bytes of every part but the last.
  let partSize: Int
  private var first: [UInt8]?
  private var isOver = false
  /// Its length where that is known.
  let size: Int?
  private var ahead: ReadyParts?

  /// - Parameters:
  ///   - path: of a file, or `-`.
  ///   - name: what messages call it.
  /// - Throws: `FileRefusal` where it is no file that can be imported, `ArchiveError` where it cannot be read.
  package convenience init(
    _ path: String, name: String, order: ImportOrder, series: SeriesKey, opener: any FactFileOpener, at now: Instant,
    partSize: Int = OpenedImport.partSize
  ) throws {
    try self.init(
      UnpackedFile(path, name: name), order: order, series: series, opener: opener, at: now, partSize: partSize)
  }

  /// Bytes in memory that were never packed.
  package convenience init(
    bytes: [UInt8], name: String, order: ImportOrder, series: SeriesKey, opener: any FactFileOpener, at now: Instant
  ) throws {
    try self.init(
      UnpackedFile(unpacked: bytes, name: name), order: order, series: series, opener: opener, at: now,
      partSize: OpenedImport.partSize)
  }

  init(
    _ file: UnpackedFile, order: ImportOrder, series: SeriesKey, opener: any FactFileOpener, at now: Instant,
    partSize: Int
  ) throws {
    self.file = file
    self.order = order
    self.series = series
    self.partSize = partSize
    openedAt = now
    size = file.progress.of
    let bytes = try OpenedImport.part(of: file, size: partSize)
    first = bytes
    facts = try bytes.withUnsafeBytes { bytes in
      if let foreign = file.foreign(bytes) { throw OpenedImport.refusal(of: foreign) }
      let sample = UnsafeRawBufferPointer(rebasing: bytes.prefix(OpenedImport.sampleSize))
      return try opener.open(
        order, series: series, sample: sample, isWhole: sample.count == bytes.count && bytes.count < partSize, at: now)
    }
    settled = facts.settled
  }

  /// Bytes read of the file as it is given, and its length where that is known.
  package var progress: (read: Int, of: Int?) { file.progress }

  /// Has its parts made ready from now on, for a record that is only being made: it has none of them.
  package func readAhead(keepsBytes: Bool) { ahead = ReadyParts(of: self, unless: keepsBytes ? [] : nil) }

  /// The parts that are being made ready; whoever takes them takes all. `nil` where that was not begun.
  func takeAhead() -> ReadyParts? {
    defer { ahead = nil }
    return ahead
  }

  /// Says that nobody takes them.
  package func endReadingAhead() { takeAhead()?.abandon() }

  /// The bytes of the next part; `nil` behind the last. Every part but the last has `partSize` bytes; only an empty file
  /// has an empty one.
  func next() throws -> (bytes: [UInt8], isLast: Bool)? {
    guard !isOver else { return nil }
    let bytes = try first ?? OpenedImport.part(of: file, size: partSize)
    first = nil
    isOver = bytes.count < partSize
    return (bytes, isOver)
  }

  /// What the file is known by, once it is read.
  func fingerprint() throws -> FileFingerprint {
    let (sha256, size) = try file.fingerprint()
    return FileFingerprint(size: size, sha256: sha256)
  }

  private static func part(of file: UnpackedFile, size: Int) throws -> [UInt8] {
    var fault: (any Error)?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      do { count = try file.read(into: UnsafeMutableRawBufferPointer(buffer)) } catch {
        fault = error
        count = 0
      }
    }
    if let fault { throw fault }
    return bytes
  }

  private static func refusal(of foreign: ForeignFile) -> FileRefusal {
    let hint =
      switch foreign {
      case .feather, .parquet: "Write it as CSV first, for instance with pandas: read_\(foreign)(…).to_csv(…)"
      case .excel, .oldExcel: "Save the sheet as CSV first"
      case .utf16: "Convert it first: iconv -f UTF-16 -t UTF-8"
      case .bzip2, .xz, .sevenZip: "Unpack it first; gzip, zstd and zip are unpacked here"
      case .sqlite: "Give it by its name, unpacked; or write a table as CSV: sqlite3 FILE -header -csv 'SELECT …'"
      case .pdf, .hdf5: "Import text: CSV, or the like with tabs or semicolons"
      }
    return FileRefusal("it is \(foreign.rawValue) and holds no lines of text", hint: hint)
  }
}
