import Formats
import Rendering
import Reports
import Schema
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
  /// Whether the file is packed with gzip, as its name says.
  let isPacked: Bool

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
      isPacked = false
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
    let isFolder = path.hasSuffix("/") || Folder.exists(path)
    isPacked = !isFolder && path.lowercased().hasSuffix(".gz")
    let ending = isFolder ? nil : ExportTarget.ending(of: isPacked ? String(path.dropLast(3)) : path)
    if let ending { try ExportTarget.check(ending, path, format, isFolder: isSeveral && !isPacked) }
    if isPacked, ending == nil, format == nil {
      throw Failure(
        .usage, "-o \(shown(path)): name what is packed too, such as \(shown(String(path.dropLast(3)))).csv.gz")
    }
    self.format = format ?? ending.flatMap(ExportTarget.format(ofEnding:)) ?? .csv
    if isSeveral {
      let isScript = !isFolder && ending == "sql" && self.format == .sql
      if !isScript, isPacked || ending.flatMap(ExportTarget.format(ofEnding:)) != nil {
        throw Failure(
          .usage,
          "-o \(shown(path)): '\(name)' makes a file of each dataset and needs a folder, such as -o out; "
            + "only --format sql makes one file, whose name ends in .sql")
      }
      place = isScript ? .file(path) : .folder(path)
    } else {
      place = isFolder ? .folder(path) : .file(path)
    }
  }

  // MARK: What a file's name ends in

  /// In lower case; `nil` for a name without one.
  private static func ending(of path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    return name[name.index(after: dot)...].lowercased()
  }

  private static func format(ofEnding ending: String) -> RowFormat? {
    switch ending {
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

  /// What other programs write under these names, and would miss in a file of ours.
  private static let foreign: Set<String> = [
    "parquet", "feather", "arrow", "avro", "orc", "xlsx", "xls", "ods", "tsv", "xml", "html", "htm", "yaml", "yml",
    "duckdb", "h5", "hdf5", "pkl", "zst", "zip", "bz2", "xz", "tar", "tgz", "7z",
  ]

  private static let sqlite: Set<String> = ["db", "sqlite", "sqlite3"]

  /// A name that promises another format than the file would have is a mistake. Other endings mean nothing where the
  /// format was told, and in the name of a folder.
  private static func check(_ ending: String, _ path: String, _ format: RowFormat?, isFolder: Bool) throws {
    let named = ExportTarget.format(ofEnding: ending)
    let formats = RowFormat.allCases.map(\.rawValue).joined(separator: ", ")
    if foreign.contains(ending) || sqlite.contains(ending) || format == nil && named == nil && !isFolder {
      let hint =
        sqlite.contains(ending)
        ? "; into a SQLite file: --format sql | sqlite3 FILE"
        : foreign.contains(ending) ? "" : ": name one with --format"
      throw Failure(
        .usage, "-o \(shown(path)): there is no format for .\(shown(ending)); the formats are \(formats)\(hint)")
    }
    guard let format, let named, named != format, !agree(format, named), !isFolder else { return }
    throw Failure(
      .usage,
      "--format \(format.rawValue) and -o \(shown(path)) contradict each other; leave --format away, or name the file "
        + ".\(format.fileExtension)")
  }

  /// Texts of any kind are called .txt, and NDJSON is often called .json.
  private static func agree(_ format: RowFormat, _ named: RowFormat) -> Bool {
    named == .table || named == .json && format == .ndjson
  }

  /// The file of what is called so, in a folder.
  func path(of name: String, in folder: String) -> String {
    (folder.hasSuffix("/") ? folder : folder + "/") + "\(name).\(format.fileExtension)"
  }

  /// The record itself must not be replaced by an export of it.
  func checkItSpares(_ store: Store) throws {
    guard case .file(let path) = place, let target = identity(path) else { return }
    for suffix in ["", "-wal", "-shm", ".lock"] where identity(store.path + suffix) == target {
      throw Failure(.usage, "-o \(shown(path)) is the database itself, which an export never replaces")
    }
  }

  /// A file of an export of everything is not replaced by another, of which the index there would know nothing.
  ///
  /// - Parameter name: what the file is called where a folder was named.
  func checkItSparesIndex(_ name: String) throws {
    let path =
      switch place {
      case .standardOutput: ""
      case .file(let path): path
      case .folder(let folder): self.path(of: name, in: folder)
      }
    guard !path.isEmpty, ExportIndex.holds(path) else { return }
    throw Failure(
      .usage,
      "-o \(shown(path)): the index beside it tells of the file that `export all` wrote there; name another file or "
        + "folder")
  }

  private func identity(_ path: String) -> [UInt64]? {
    var status = stat()
    return stat(path, &status) == 0 ? [UInt64(status.st_dev), UInt64(status.st_ino)] : nil
  }
}
