import Formats
import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The logs of days before one.
struct OldLogs: Sendable {
  let names: [String]
  let bytes: Int64
  private let folder: String

  init(in folder: String, before day: Day) {
    self.folder = folder
    // A name bears its day; another name is not ours.
    let first = "ingestion_\(day.description.filter { $0 != "-" }).log"
    let old = LogFile.names(in: folder).filter { $0.utf8.count == first.utf8.count && $0 < first }
    names = old
    bytes = old.reduce(0) { sum, name in
      var status = stat()
      return stat("\(folder)/\(name)", &status) == 0 ? sum + Int64(status.st_size) : sum
    }
  }

  /// What cannot be removed is told the next time again.
  func remove() {
    for name in names { unlink("\(folder)/\(name)") }
  }
}
