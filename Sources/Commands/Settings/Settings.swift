import Formats
import Market

/// Where the value of a setting came from.
enum SettingOrigin: Hashable, Sendable {
  case flag(String)
  case environment
  case file(line: Int)
  case fallback
  /// Neither set anywhere nor given a default.
  case unset

  var description: String {
    switch self {
    case .flag(let name): name
    case .environment: "environment"
    case .file(let line): ".env, line \(line)"
    case .fallback: "default"
    case .unset: "not set"
    }
  }
}

/// The values in force: flags, then the environment, then `.env` in the home, then defaults.
struct Settings: Sendable {
  let home: Home
  let known: [Setting]
  private let flags: [String: (value: String, flag: String)]
  private let file: DotEnv
  /// Why `.env` in the home was left out: it is there and cannot be read. Whoever writes the record ends with it.
  let fileFault: Failure?

  /// Reads `.env` in the home, if there is one.
  ///
  /// - Throws: `Failure` for a line that cannot be understood, and for a name in it that begins with `APPLIANCE_` and is none.
  init(_ options: GlobalOptions, providers: [ProviderProfile]) throws {
    home = try Home(options)
    known = Setting.all(providers)
    flags = options.db.map { ["DB_PATH": ($0, "--db")] } ?? [:]
    (file, fileFault) = try Settings.readFile(home.path + "/.env")
    let names = Set(known.filter(\.isInFile).map(\.name))
    for entry in file.entries where entry.key.hasPrefix("APPLIANCE_") && !names.contains(entry.key) {
      throw Failure(
        .usage,
        "\(home.path)/.env, line \(entry.line): there is no setting \(entry.key); `appliance config show` lists them all"
      )
    }
  }

  private static func readFile(_ path: String) throws -> (DotEnv, Failure?) {
    do {
      return (try DotEnv(try WholeFile.read(path, limit: 1 << 20)), nil)
    } catch let error as FileError {
      return (try DotEnv([]), error.isMissing ? nil : Failure(.failed, "\(error)"))
    } catch let error as DotEnvError {
      throw Failure(.usage, "\(path), \(error.description)")
    }
  }

  /// The value in force and its origin; an empty value counts as not set.
  func lookup(_ setting: Setting) -> (value: String?, origin: SettingOrigin) {
    if let flag = flags[setting.name] { return (flag.value, .flag(flag.flag)) }
    if let value = Environment[setting.name], !value.isEmpty { return (value, .environment) }
    if setting.isInFile, let entry = file.entry(setting.name), !entry.value.isEmpty {
      return (entry.value, .file(line: entry.line))
    }
    return (setting.fallback, setting.fallback == nil ? .unset : .fallback)
  }

  subscript(setting: Setting) -> String? { lookup(setting).value }

  /// A value that was set, not a default.
  func explicit(_ setting: Setting) -> String? {
    let found = lookup(setting)
    return found.origin == .fallback ? nil : found.value
  }

  /// Relative paths are relative to the home.
  func path(_ setting: Setting) -> String {
    let path = self[setting] ?? ""
    return path.hasPrefix("/") ? path : home.path + "/" + path
  }

  /// The clock in force: `APPLIANCE_NOW`, else the wall's.
  func clock() throws -> Clock {
    guard let text = self[.now] else { return .wall }
    guard let instant = Instant(text) else {
      throw Failure(.usage, "APPLIANCE_NOW: '\(text)' is no instant; write it like 2025-09-19T22:30:00Z")
    }
    return .starting(at: instant)
  }

  func flag(_ setting: Setting) throws -> Bool {
    switch (self[setting] ?? "").lowercased() {
    case "1", "true", "yes", "on": return true
    case "0", "false", "no", "off": return false
    case let other: throw Failure(.usage, "\(setting.name): '\(other)' is neither true nor false")
    }
  }

  /// Names and values for the record that a backup keeps: no secrets.
  var withoutSecrets: [(String, String)] {
    known.compactMap { setting in
      guard !setting.isSecret, let value = explicit(setting) else { return nil }
      return (setting.name, value)
    }
  }
}
