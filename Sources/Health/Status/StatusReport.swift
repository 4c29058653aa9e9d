import Market
import Pipeline
import Store

/// Everything that `status` says, before it is put into words.
struct StatusReport: Sendable {
  /// What ages are measured to, and where that time comes from.
  enum ClockKind: String, Sendable {
    case wall
    /// `APPLIANCE_NOW`
    case set
    /// The last run of a demo file.
    case demo
  }

  let now: Instant
  let clock: ClockKind
  let database: String
  let file: StoreStatus
  let groups: [StatusGroup]
  let quotas: [QuotaUse]
  let flagCounts: FlagCounts
  let backups: BackupStanding
  /// Who writes the file now: `process 4711, ingest`.
  let writer: String?
  /// For `crontab -e`; `nil` for a demo, which takes no live data.
  let cron: String?

  init(_ context: CommandContext) throws {
    let store = try context.reader()
    let clock = try context.clock(of: store)
    let keyed = Set(context.profiles.filter { context.hasKey(for: $0) }.map(\.name))
    // First, so that a run that ends in between is not taken for a dead one.
    writer = Store.writer(of: store.path)
    now = clock.now
    file = try store.status(at: now)
    self.clock = file.origin == .demo && file.lastRun != nil ? .demo : clock.isSet ? .set : .wall
    database = store.path
    groups = StatusGroup.all(of: file, profiles: context.profiles, keyed: keyed, at: now)
    flagCounts = try store.flagCounts()
    quotas = StatusReport.quotas(file.quotas, context.profiles, keyed, at: now)
    backups = BackupStanding(context.closedBackups(at: context.clock))
    let home = context.settings.home.path
    let isUsual = database == home + "/appliance.db"
    let line = CronLine(program: Program.path, home: home, database: isUsual ? nil : database)
    cron = file.origin == .demo ? nil : line.text
  }

  private static func quotas(
    _ states: [QuotaState], _ profiles: [ProviderProfile], _ keyed: Set<ProviderName>, at now: Instant
  ) -> [QuotaUse] {
    states.compactMap { state in
      profiles.first { $0.name == state.provider }.flatMap { profile in
        QuotaUse(state, profile: profile, isKeyed: keyed.contains(profile.name), at: now)
      }
    }
  }
}

extension StatusReport {
  var states: [SeriesState] { groups.flatMap(\.states) }
  var late: Int { groups.reduce(0) { $0 + $1.late } }

  /// The run that has no end while nobody writes: it died.
  var deadRun: StoredRun? { writer == nil ? file.unended : nil }

  /// Why `--gate` fails; empty when it passes.
  var gateReasons: [String] {
    var reasons: [String] = []
    if late > 0 { reasons.append(late == 1 ? "1 series is late" : "\(late) series are late") }
    if let last = file.lastRun?.run, last.outcome == .failed { reasons.append("run \(last.id.rawValue) failed") }
    if let deadRun { reasons.append("run \(deadRun.id.rawValue) died") }
    return reasons
  }

  /// The command that is most useful now.
  var next: String {
    let troubled = file.lastRun.map { [.failed, .partial].contains($0.run.outcome) } ?? false
    if file.lastRun == nil || deadRun != nil { return "appliance ingest" }
    if troubled { return "appliance ingest --retry-failed" }
    // Before what is late: that can be asked for again, and what a run stores next ought to have something to go back to.
    if backups.isNewestDamaged, file.origin == .live { return "appliance backup create" }
    if late > 0 { return file.origin == .demo ? "appliance ingest --replay demo" : "appliance ingest" }
    if backups.newest == nil, file.origin == .live { return "appliance backup create" }
    return "appliance show BTC --last 24h"
  }
}

extension CommandContext {
  /// Whether a key is set for a provider; whether it is a good one only the provider knows.
  func hasKey(for profile: ProviderProfile) -> Bool {
    Setting.key(of: profile).map { settings[$0] != nil } ?? false
  }
}
