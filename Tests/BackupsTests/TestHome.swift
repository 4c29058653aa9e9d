import Formats
import Market
import SQLite
import Support

@testable import Backups
@testable import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of its own for a test, with a database in it, removed afterwards.
final class TestHome: Sendable {
  let path: String

  init() throws {
    var template = Array("\(TemporaryFolder.parent)/appliance-backups-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TestFault(what: "no temporary folder") }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  deinit { remove(path) }

  var database: String { "\(path)/appliance.db" }
  var folder: String { "\(path)/backups" }
  var csvFolder: String { "\(path)/backups/csv" }

  static let now = Instant(epochSeconds: 1_758_321_000)  // 2025-09-19T22:30:00Z

  func backups(
    at now: Instant = TestHome.now, csv: Bool = true,
    settings: [Backups.Setting] = [.init(name: "LOG_LEVEL", value: "info")],
    onProgress: @escaping @Sendable (BackupPhase, Double) -> Void = { _, _ in }
  ) -> Backups {
    Backups(
      of: database, in: folder, csvFolder: csv ? csvFolder : nil, settings: settings, version: "1.0-test",
      clock: .standing(at: now), onProgress: onProgress)
  }

  /// Names in a folder of the home, sorted; none where there is no such folder.
  func names(_ folder: String) -> [String] {
    ((try? Folder.names(in: folder)) ?? []).filter { $0 != "csv" }
  }

  private func remove(_ path: String) {
    for name in (try? Folder.names(in: path)) ?? [] {
      let inner = "\(path)/\(name)"
      if unlink(inner) != 0 { remove(inner) }
    }
    rmdir(path)
  }
}

struct TestFault: Error { let what: String }

func mode(_ path: String) -> mode_t {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
}

func bytes(_ path: String) throws -> [UInt8] { try WholeFile.read(path, limit: 1 << 30) }

func write(_ bytes: [UInt8], to path: String) throws { try WholeFile.write(bytes, to: path) }

/// Every table with its content, to compare two files by.
func contents(_ path: String) throws -> [TableContent] { try Store.reading(path).contents() }
