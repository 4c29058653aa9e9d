import Formats
import Rendering
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where an export goes, and in which format.
struct ExportTarget: Sendable {
  enum Place: Sendable, Equatable {
    case standardOutput
    /// One file, or one script of several datasets.
    case file(String)
    /// A file for each dataset in this folder.
    case folder(String)
  }
  let place: Place
  let format: RowFormat

  /// - Parameters:
  ///   - path: what `-o` says.
  ///   - name: what is exported, for messages.
  ///   - format: what `--format` says.
  ///   - isSeveral: whether several datasets are written.
  ///   - asJSON: whether standard output is to hold one JSON object.
  /// - Throws: `Failure` of wrong usage, where these do not go together.
  init(_ path: String?, name: String, format: RowFormat?, isSeveral: Bool, asJSON: Bool) throws {
    if path == "" { throw Failure(.usage, "-o needs the name of a file or folder, or - for standard output") }
    guard let path, path != "-" else {
      place = .standardOutput
      self.format = format ?? (asJSON ? .json : .csv)
      if isSeveral, self.format != .sql || asJSON {
        throw Failure(.usage, "'\(name)' needs a folder: -o DIR; only --format sql makes one text of several datasets")
      }
      if asJSON, self.format != .json {
        throw Failure(
          .usage, "--json prints one object, and so no \(self.format.rawValue); add -o FILE, or leave one of them away")
      }
      return
    }
    self.format = format ?? ExportTarget.format(ofFile: path) ?? .csv
    let isFolder = path.hasSuffix("/") || Folder.exists(path)
    if isSeveral {
      place = !isFolder && path.hasSuffix(".sql") && self.format == .sql ? .file(path) : .folder(path)
    } else {
      place = isFolder ? .folder(path) : .file(path)
    }
  }

  /// What a file's extension says.
  private static func format(ofFile path: String) -> RowFormat? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    return switch name[name.index(after: dot)...].lowercased() {
    case "csv": .csv
    case "json": .json
    case "ndjson", "jsonl": .ndjson
    case "sql": .sql
    case "md", "markdown": .md
    case "txt": .table
    case "journal", "ledger", "hledger": .ledger
    default: nil
    }
  }

  /// The file of a dataset in a folder.
  func path(of dataset: NamedDataset, in folder: String) -> String {
    (folder.hasSuffix("/") ? folder : folder + "/") + "\(dataset.name).\(format.fileExtension)"
  }

  /// The record itself must not be replaced by an export of it.
  func checkItSpares(_ store: Store) throws {
    guard case .file(let path) = place, let target = identity(path) else { return }
    for suffix in ["", "-wal", "-shm", ".lock"] where identity(store.path + suffix) == target {
      throw Failure(.usage, "-o \(shown(path)) is the database itself, which an export never replaces")
    }
  }

  private func identity(_ path: String) -> [UInt64]? {
    var status = stat()
    return stat(path, &status) == 0 ? [UInt64(status.st_dev), UInt64(status.st_ino)] : nil
  }
}
