import Formats
import Rendering

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What killed processes left of their unfinished work: folders that nobody holds any more.
package struct Leftovers: Hashable, Sendable {
  /// How many folders of unfinished work there are.
  package let count: Int
  /// What is in them.
  package let bytes: Int64
  /// Where they lie, each once.
  package let folders: [String]

  /// `2 folders of unfinished work, 14 MB, that killed runs left`
  package var words: String {
    let what = count == 1 ? "1 folder" : "\(count) folders"
    return "\(what) of unfinished work, \(humanSize(bytes: bytes)), that killed runs left"
  }
}

extension Backups {
  /// What killed processes left where backups are made and where the database lies.
  package var leftovers: Leftovers { leftovers(in: workFolders.map { ($0, Scratch.stale(in: $0)) }) }

  /// Removes it, and says what it was.
  @discardableResult
  package func sweepLeftovers() -> Leftovers {
    let found = workFolders.map { ($0, Scratch.stale(in: $0)) }
    let left = leftovers(in: found)
    for folder in workFolders { Scratch.removeStale(in: folder) }
    return left
  }

  private var workFolders: [String] {
    let beside = FilePath.folder(of: database)
    return beside == folder ? [folder] : [folder, beside]
  }

  private func leftovers(in found: [(folder: String, paths: [String])]) -> Leftovers {
    let paths = found.flatMap(\.paths)
    return Leftovers(
      count: paths.count, bytes: paths.reduce(0) { $0 + Leftovers.size(of: $1) },
      folders: found.filter { !$0.paths.isEmpty }.map(\.folder))
  }
}

extension Leftovers {
  /// Of the files in a folder, which holds no folders.
  fileprivate static func size(of folder: String) -> Int64 {
    ((try? Folder.names(in: folder)) ?? []).reduce(0) { sum, name in
      var status = stat()
      return lstat(FilePath.join(folder, name), &status) == 0 ? sum + Int64(status.st_size) : sum
    }
  }
}
