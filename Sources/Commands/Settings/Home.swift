import Formats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder that holds `appliance.db`, `backups/`, `logs/` and `.env`.
struct Home: Sendable {
  /// Absolute, without a slash at the end.
  let path: String
  /// How it was found, for `config show`.
  let origin: String

  /// `--home`; else `APPLIANCE_HOME`; else the current folder if an `appliance.db` lies there; else the platform's place.
  init(_ options: GlobalOptions) throws {
    if let given = options.home {
      (path, origin) = (try Home.absolute(given), "--home")
    } else if let given = Environment["APPLIANCE_HOME"], !given.isEmpty {
      (path, origin) = (try Home.absolute(given), "APPLIANCE_HOME")
    } else if access("appliance.db", F_OK) == 0 {
      (path, origin) = (try Home.absolute("."), "the current folder holds appliance.db")
    } else {
      (path, origin) = (try Home.standard(), "default")
    }
  }

  private static func absolute(_ path: String) throws -> String {
    guard !path.isEmpty else { throw Failure(.usage, "--home needs a folder") }
    var text = path
    if !text.hasPrefix("/") {
      guard let current = getcwd(nil, 0) else {
        throw Failure(
          .failed, "the current folder is gone; change into one that exists, or give --home an absolute path")
      }
      defer { free(current) }
      text = String(cString: current) + (path == "." ? "" : "/" + path)
    }
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    return text
  }

  private static func standard() throws -> String {
    #if os(macOS)
      let below = "Library/Application Support/appliance"
    #else
      if let data = Environment["XDG_DATA_HOME"], data.hasPrefix("/") { return try absolute(data) + "/appliance" }
      let below = ".local/share/appliance"
    #endif
    guard let home = Environment["HOME"], home.hasPrefix("/") else {
      throw Failure(
        .usage, "HOME is not set, so there is no place for the record; name one with --home or APPLIANCE_HOME")
    }
    return try absolute(home) + "/" + below
  }

  var logs: String { path + "/logs" }
  var backups: String { path + "/backups" }

  /// Makes the folder, for its owner only, if it is not there.
  func create() throws {
    do {
      try Folder.create(path)
    } catch {
      throw Failure(.failed, "\(error). Choose another place with --home")
    }
  }
}
