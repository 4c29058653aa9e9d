import SQLite
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files brought in by reference that are not where they were: neither a rebuild nor a backup has what is in them.
package struct MissingFiles {
  /// Each with its path and what is the matter.
  package let texts: [String]
  /// How many files there are by reference.
  package let count: Int

  /// A file is looked at by its length only; a rebuild compares its hash.
  package init(of store: Store) throws(StoreError) {
    let files = try store.imports.filesByReference()
    count = Set(files.map(\.path)).count
    var named: Set<String> = []
    texts = files.compactMap { path, size in
      var status = stat()
      guard stat(path, &status) == 0 else {
        let reason = String(cString: strerror(errno))
        return named.insert(path).inserted ? "\(path): \(reason)" : nil
      }
      guard let size, Int(status.st_size) != size, named.insert(path).inserted else { return nil }
      return "\(path): it has \(status.st_size) bytes instead of \(size)"
    }
  }

  /// `nil` where nothing was brought in by reference.
  package var finding: Finding? {
    guard count > 0 else { return nil }
    guard let first = texts.first else {
      return .ok("imported files", "\(count) by reference, each where it was")
    }
    let more = texts.count > 1 ? ", and \(texts.count - 1) more of \(count)" : ""
    return .warning("imported files", first + more, MissingFiles.hint)
  }

  /// What to do about one that is missing.
  package static let hint =
    "a rebuild needs what was imported by reference: put it back, or import it again without --by-reference"
}
