#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Programs of the machine that some tests use.
enum Program {
  static let python = found("python3")
  static let sqlite = found("sqlite3")

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func found(_ name: String) -> String? {
    ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
