import Market
import Narrative

/// One thing that can be set, under the name that the environment and `.env` use.
struct Setting: Hashable, Sendable {
  let name: String
  let fallback: String?
  let help: String
  var isSecret = false
  /// Whether it may stand in `.env`; the home must be known before that file can be found.
  var isInFile = true

  static let databasePath = Setting(
    name: "DB_PATH", fallback: "appliance.db", help: "The database file, relative to the home.")
  static let home = Setting(
    name: "APPLIANCE_HOME", fallback: nil, help: "The folder that holds the database, backups, logs and .env.",
    isInFile: false)
  static let now = Setting(
    name: "APPLIANCE_NOW", fallback: nil, help: "Start the clock at this instant, such as 2025-09-19T22:30:00Z.")
  static let baseURL = Setting(
    name: "APPLIANCE_BASE_URL", fallback: nil, help: "Ask all providers here, each under its own name.")
  static let pace = Setting(
    name: "APPLIANCE_PACE", fallback: "as-configured", help: "`always` paces providers on this machine too.")
  static let delay = Setting(
    name: "RATE_LIMIT_DELAY", fallback: nil, help: "Least seconds between two requests to a provider.")
  static let timeLimit = Setting(
    name: "INGEST_TIME_LIMIT", fallback: "15m",
    help: "How long a run asks at most, unless it has --since: 90s, 15m, 1h; 0 for as long as it takes.")
  static let universe = Setting(
    name: "UNIVERSE", fallback: "core,macro,mood,events,themes",
    help:
      "What is followed: groups and assets, some of one interval only: core, wide, macro, mood, news, events, themes, GDP, ETH:1h."
  )
  static let defaultDays = Setting(
    name: "DEFAULT_DAYS", fallback: nil,
    help: "How many days back series that you add are asked at first; unset: 30 within the day, 730 of days.")
  static let defaultInterval = Setting(
    name: "DEFAULT_INTERVAL", fallback: "1d", help: "The interval of series that you add without saying one.")
  static let csvBackup = Setting(
    name: "ENABLE_CSV_BACKUP", fallback: "true", help: "Whether backups include plain CSV files.")
  static let csvPath = Setting(
    name: "CSV_BACKUP_PATH", fallback: "backups/csv", help: "Where CSV backups go, relative to the home.")
  static let backupEvery = Setting(name: "BACKUP_EVERY", fallback: "24h", help: "Least time between automatic backups.")
  static let backupPassphrase = Setting(
    name: "BACKUP_PASSPHRASE", fallback: nil,
    help: "Encrypts backups; without it they cannot be opened again. CSV files are then in the archives only.",
    isSecret: true)
  static let backupCopyPath = Setting(
    name: "BACKUP_COPY_PATH", fallback: nil,
    help: "A second folder, on another disk or a share, that gets a copy of every backup.")
  static let verifyEvery = Setting(
    name: "VERIFY_EVERY", fallback: "7d", help: "Least time between two checks of all backups, after an ingest.")
  static let keepFeedBodies = Setting(
    name: "KEEP_FEED_BODIES", fallback: "90d",
    help: "How long the bytes of feeds stay beyond the newest article that came from them: 90d, or forever.")
  static let logLevel = Setting(
    name: "LOG_LEVEL", fallback: "info",
    help: "What the log keeps: trace, debug, info, notice, warning, error, critical.")
  static let logFormat = Setting(name: "LOG_FORMAT", fallback: "text", help: "`json` writes the log as JSON lines.")

  static func baseURL(of provider: ProviderProfile) -> Setting {
    Setting(
      name: "APPLIANCE_\(provider.name.settingName)_BASE_URL",
      fallback: provider.baseURL.isEmpty ? nil : provider.baseURL,
      help: "Where \(provider.title) is asked.")
  }

  static func key(of provider: ProviderProfile) -> Setting? {
    provider.credential.map {
      Setting(
        name: $0.setting, fallback: nil,
        help: $0.isRequired
          ? "\($0.noun.prefix(1).uppercased())\($0.noun.dropFirst()) for \(provider.title), which is not asked without one."
          : "Key for \(provider.title); works without.",
        isSecret: true)
    }
  }

  private static func model(_ one: ModelSettings.Described) -> Setting {
    Setting(name: one.name, fallback: one.fallback, help: one.help, isSecret: one.isSecret)
  }

  /// Everything that can be set, in the order in which it is shown.
  static func all(_ providers: [ProviderProfile]) -> [Setting] {
    [home, databasePath] + providers.compactMap(key) + ModelSettings.described.map(model) + [
      universe, defaultDays, defaultInterval, delay, timeLimit, csvBackup, csvPath, backupEvery, backupPassphrase,
      backupCopyPath, verifyEvery,
      keepFeedBodies, logLevel,
      logFormat, now,
      pace, baseURL,
    ]
      + providers.map(baseURL) + ModelSettings.describedPlaces.map(model)
  }
}
