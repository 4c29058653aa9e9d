import Backups
import Market
import Metrics
import Store

/// Everything that `status` says, before it is put into words.
package struct StatusReport: Sendable {
  /// Where the time comes from that ages are measured to; the raw value is for programs.
  package enum ClockKind: String, Sendable {
    case wall
    /// `APPLIANCE_NOW`
    case set
    /// The last run of a demo file.
    case demo
  }

  /// What ages are measured to.
  package let now: Instant
  /// Whose time `now` is.
  package let clock: ClockKind
  /// Path of the file.
  package let database: String
  /// What the file says of itself.
  package let file: StoreStatus
  /// Its series, judged; in the order in which they are shown.
  package private(set) var groups: [StatusGroup]
  /// Of the providers whose quota is in use.
  package let quotas: [QuotaUse]
  /// Rows that wait for somebody's judgement.
  package let flagCounts: FlagCounts
  /// What there is of proven archives, in both folders.
  package let backups: BackupStanding
  /// Who writes the file now: `process 4711, ingest`.
  package let writer: String?
  /// For `crontab -e`; `nil` for a demo, which takes no live data.
  package let cron: String?
  /// The gates that fail by what runs found in the facts of the last week.
  let failedGates: [String]
  /// A command such as `ingest`, as it is typed for this file.
  let typed: @Sendable (String) -> String

  /// - Parameters:
  ///   - store: opened for reading.
  ///   - clock: the one in force; a demo file has its own.
  ///   - profiles: of the providers that are asked.
  ///   - keyed: those whose key is set.
  ///   - backups: of the file.
  ///   - cron: a line for `crontab -e` that keeps the file up to date.
  ///   - gates: what is let pass of each check of quality.
  ///   - typed: a command such as `ingest`, as it is typed for this file.
  package init(
    of store: Store, clock: Clock, profiles: [ProviderProfile], keyed: Set<ProviderName>, backups: Backups,
    cron: String, gates: QualityGates = QualityGates(),
    typed: @escaping @Sendable (String) -> String = { "appliance \($0)" }
  ) throws {
    self.typed = typed
    // First, so that a run that ends in between is not taken for a dead one.
    writer = Store.writer(of: store.path)
    now = try clock.reading(store).now
    file = try store.status(at: now)
    self.clock = file.origin == .demo && file.lastRun != nil ? .demo : clock.isSet ? .set : .wall
    database = store.path
    let looked = try Dictionary(
      file.series.filter(\.key.holdsEconomics).compactMap { series in
        try store.runs.lastStep(of: series.id).flatMap { $0.outcome == .done ? (series.id, $0.startedAt) : nil }
      }
    ) { first, _ in first }
    groups = StatusGroup.all(
      of: file, profiles: profiles, keyed: keyed, looked: looked, news: try NewsLooks(of: file, in: store, at: now),
      at: now)
    flagCounts = try store.judgement.flagCounts()
    failedGates = try FailedGates(of: store, gates: gates, at: now).reasons
    quotas = StatusReport.quotas(file.quotas, profiles, keyed, at: now)
    self.backups = BackupStanding(backups)
    self.cron = file.origin == .demo ? nil : cron
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
  /// The same of the series of some assets only: their groups, what of them is late.
  package func narrowed(to symbols: [String]) -> StatusReport {
    var report = self
    report.groups = groups.compactMap { group in
      let states = group.states.filter { symbols.contains($0.series.asset ?? "") }
      return states.isEmpty ? nil : StatusGroup(kind: group.kind, states: states)
    }
    return report
  }

  /// All series, in the order in which they are shown.
  package var states: [SeriesState] { groups.flatMap(\.states) }
  /// How many series lack what was due.
  package var late: Int { groups.reduce(0) { $0 + $1.late } }

  /// The run that has no end while nobody writes: it died.
  package var deadRun: StoredRun? { writer == nil ? file.unended : nil }

  /// Why `--gate` fails; empty when it passes.
  package var gateReasons: [String] {
    var reasons: [String] = []
    if late > 0 { reasons.append(late == 1 ? "1 series is late" : "\(late) series are late") }
    if let last = file.lastRun { reasons += last.gateReason.map { [$0] } ?? [] }
    if let deadRun { reasons.append("run \(deadRun.id.rawValue) died") }
    return reasons + failedGates
  }

  /// The command that is most useful now, as it is typed for this file.
  package var next: String { typed(nextWords) }

  private var nextWords: String {
    let troubled = file.lastRun.map { [.failed, .partial].contains($0.run.outcome) } ?? false
    if file.origin == .demo, file.lastRun == nil || deadRun != nil || troubled || late > 0 {
      return "ingest --replay demo"
    }
    if file.lastRun == nil || deadRun != nil { return "ingest" }
    if troubled { return "ingest --retry-failed" }
    // Before what is late: that can be asked for again, and what a run stores next ought to have something to go back to.
    if backups.isNewestDamaged, file.origin == .live { return "backup create" }
    if late > 0 { return "ingest" }
    if backups.newest == nil, file.origin == .live { return "backup create" }
    let filled = states.lazy.filter { $0.answers && $0.series.count > 0 }
    return filled.compactMap { $0.series.key.showing(of: $0.series.asset) }.first ?? "ingest"
  }
}

extension RunStatus {
  /// Why a gate fails because of this run: it failed, or a part of it did; `nil` where it ended well.
  fileprivate var gateReason: String? {
    switch run.outcome {
    case .failed: return "run \(run.id.rawValue) failed"
    case .partial:
      let steps = Set(troubled.map(\.name.rawValue)).sorted().joined(separator: ", ")
      return "run \(run.id.rawValue) failed in part" + (steps.isEmpty ? "" : ": \(steps)")
    case .done, .interrupted, nil: return nil
    }
  }
}
