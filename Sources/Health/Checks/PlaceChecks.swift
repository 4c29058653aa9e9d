import Rendering

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder, the disk under it, and who may read what lies there.
package struct PlaceChecks {
  let home: String
  let origin: String
  let database: String

  /// - Parameters:
  ///   - home: path of the folder that holds all.
  ///   - origin: how it was found: `--home`.
  ///   - database: path of the file.
  package init(home: String, origin: String, database: String) {
    self.home = home
    self.origin = origin
    self.database = database
  }

  /// Less free space than this is a problem, or a warning.
  private static let leastFree: Int64 = 100_000_000
  private static let comfortable: Int64 = 1_000_000_000

  /// Home, disk and `.env`.
  package var findings: [Finding] {
    var findings = [folder, disk]
    if let mode = PlaceChecks.mode(of: home + "/.env") {
      findings.append(PlaceChecks.privacy(".env", mode, path: home + "/.env", means: "keys may stand in it"))
    } else {
      findings.append(.ok(".env", "none; `appliance config init` writes one"))
    }
    return findings
  }

  private var folder: Finding {
    guard let mode = PlaceChecks.mode(of: home) else {
      return .ok("home", "\(home) is not there yet (\(origin)); `appliance ingest` makes it")
    }
    guard mode & S_IFMT == S_IFDIR else {
      return .problem("home", "\(home) is not a folder", "name another with --home")
    }
    guard access(home, R_OK | W_OK | X_OK) == 0 else {
      let reason = String(cString: strerror(errno))
      return .problem("home", "\(home): \(reason)", "check who owns it, or name another with --home")
    }
    guard mode & 0o022 == 0 else {
      return .warning("home", "\(home) can be written by others", "chmod go-w \(shellWord(home))")
    }
    return .ok("home", "\(home) (\(origin))")
  }

  private var disk: Finding {
    guard let free = PlaceChecks.freeBytes(at: home) else {
      return .warning("disk", "the free space at \(home) cannot be told", "see what `df` says")
    }
    let size = PlaceChecks.size(of: database) + PlaceChecks.size(of: database + "-wal")
    let text = "\(humanSize(bytes: free)) free" + (size > 0 ? ", the database takes \(humanSize(bytes: size))" : "")
    if free < PlaceChecks.leastFree { return .problem("disk", text, "free some space; a full disk ends a run") }
    // A backup holds a copy and its restored twin for a moment.
    if free < max(PlaceChecks.comfortable, 3 * size) {
      return .warning("disk", text, "free some space; a backup needs three times the database for a moment")
    }
    return .ok("disk", text)
  }

  /// Whether others may read or write what is private.
  static func privacy(_ subject: String, _ mode: mode_t, path: String, means: String) -> Finding {
    guard mode & 0o077 != 0 else { return .ok(subject, "\(path), for its owner only") }
    let octal = String(mode & 0o777, radix: 8)
    return .warning(
      subject, "\(path) is open to others (mode \(octal)); \(means)", "chmod 600 \(shellWord(path))")
  }

  static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode : nil
  }

  /// Whether two folders that are there lie on one file system.
  static func areOnOneDisk(_ a: String, _ b: String) -> Bool {
    var first = stat(), second = stat()
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev
  }

  private static func size(of path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// At the path, or at the nearest folder above it that is there.
  private static func freeBytes(at path: String) -> Int64? {
    var path = path
    var status = statvfs()
    while statvfs(path, &status) != 0 {
      guard errno == ENOENT, let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
    return Int64(
      clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
  }
}
