import Following
import Health
import Market
import Metrics
import Store

extension CommandContext {
  /// Everything that `status` says of the file.
  func statusReport(of store: Store) throws -> StatusReport {
    try StatusReport(
      of: store, clock: clock, profiles: profiles, keyed: keyed, backups: closedBackups(at: clock, of: store),
      cron: cronLine(for: store.path), gates: try store.following.qualityGates(), typed: typed)
  }

  /// How many series do not reach what was due, or hold nothing.
  ///
  /// - Parameter symbols: of these assets only; `nil` for all.
  package func lateSeries(in store: Store, of symbols: [String]?) throws -> Int {
    let now = try now(of: store)
    let file = try store.status(at: now)
    return StatusGroup.all(
      of: file, profiles: profiles, keyed: keyed, news: try NewsLooks(of: file, in: store, at: now), at: now
    ).flatMap(\.states).count { state in
      state.isLate && symbols.map { $0.contains(state.series.asset ?? "") } ?? true
    }
  }

  /// What the checks of quality find of what is there at an instant.
  ///
  /// - Parameter assets: symbols; `nil` for all.
  package func presentQuality(
    of store: Store, assets: Set<String>? = nil, at now: Instant
  ) throws -> [QualityMeasurement] {
    try PresentChecks(of: store, profiles: profiles, keyed: keyed, assets: assets, at: now).measurements()
  }

  private func cronLine(for database: String) -> String {
    let home = settings.home.path
    let isUsual = database == home + "/appliance.db"
    return CronLine(program: Program.path, home: home, database: isUsual ? nil : database).text
  }

  /// The providers for which a key is set.
  private var keyed: Set<ProviderName> { Set(profiles.filter(hasKey).map(\.name)) }

  /// Whether a key is set for a provider; whether it is a good one only the provider knows.
  private func hasKey(for profile: ProviderProfile) -> Bool {
    Setting.key(of: profile).map { settings[$0] != nil } ?? false
  }
}
