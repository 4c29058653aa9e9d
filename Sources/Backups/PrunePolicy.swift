import Market

/// How many backups to keep: the newest ones, and the newest of each of the last days, weeks and months that have any.
///
/// Every rule looks at all backups by itself, as in restic; one that any rule wants is kept.
package struct PrunePolicy: Hashable, Sendable {
  package var last: Int
  package var daily: Int
  /// Weeks begin on Monday.
  package var weekly: Int
  package var monthly: Int

  package init(last: Int = 0, daily: Int = 0, weekly: Int = 0, monthly: Int = 0) {
    self.last = last
    self.daily = daily
    self.weekly = weekly
    self.monthly = monthly
  }

  /// What automatic backups are thinned out to.
  package static let automatic = PrunePolicy(daily: 7, weekly: 4, monthly: 12)

  /// Without a rule nothing is removed.
  package var isEmpty: Bool { last <= 0 && daily <= 0 && weekly <= 0 && monthly <= 0 }
}

extension PrunePolicy {
  /// Which of these backups to keep, each with its reasons: `newest 1`, `day 2025-09-19`, `week of 2025-09-15`,
  /// `month 2025-09`. The others may go. Days are UTC.
  func kept(of stamps: [BackupStamp]) -> [BackupStamp: [String]] {
    let newestFirst = stamps.sorted(by: >)
    var reasons: [BackupStamp: [String]] = [:]
    for (index, stamp) in newestFirst.prefix(max(0, last)).enumerated() {
      reasons[stamp, default: []].append("newest \(index + 1)")
    }
    let rules: [(limit: Int, bucket: (Day) -> String)] = [
      (daily, { "day \($0)" }),
      (weekly, { "week of \($0 - ($0.weekday - 1))" }),
      (monthly, { "month \($0.description.prefix(7))" }),
    ]
    for rule in rules {
      var seen: Set<String> = []
      for stamp in newestFirst where seen.count < rule.limit {
        let bucket = rule.bucket(stamp.instant.day)
        if seen.insert(bucket).inserted { reasons[stamp, default: []].append(bucket) }
      }
    }
    return reasons
  }
}

/// What becomes of one backup.
package struct PruneDecision: Hashable, Sendable {
  package let name: String
  package let stamp: BackupStamp
  package let isKept: Bool
  /// Why: `day 2025-09-19, month 2025-09`, `made by hand`, `no rule wants it`.
  package let reason: String
}

extension PrunePolicy {
  /// Decides about every backup, oldest first.
  ///
  /// Rules are about proven automatic ones of this database. The newest proven one, those made by hand, those whose proof is missing or
  /// wrong, and those known to be damaged stay whatever the rules say.
  func decisions(about backups: [BackupEntry]) -> [PruneDecision] {
    let newestProven = backups.filter(\.isGood).map(\.stamp).max()
    let kept = kept(of: backups.filter(\.mayBeRemoved).map(\.stamp))
    return backups.sorted { $0.stamp < $1.stamp }.map { backup in
      var reasons = kept[backup.stamp] ?? []
      if backup.stamp == newestProven { reasons.append("newest proven") }
      if let protection = backup.protection { reasons = [protection] }
      if isEmpty, reasons.isEmpty { reasons = ["no rule was given"] }
      return PruneDecision(
        name: backup.name, stamp: backup.stamp, isKept: !reasons.isEmpty,
        reason: reasons.isEmpty ? "no rule wants it" : reasons.joined(separator: ", "))
    }
  }
}

extension BackupEntry {
  package var isProven: Bool { if case .proven = state { true } else { false } }

  /// Whether it is proven, and of this database.
  package var isGood: Bool { isProven && isOwn }

  /// Whether it was not what it should be when it was last verified.
  package var isDamaged: Bool { if case .damaged = state { true } else { false } }

  var mayBeRemoved: Bool { protection == nil }

  /// Why it is never removed, if it is not.
  var protection: String? {
    guard isOwn else { return "of another database" }
    return switch state {
    case .proven: automatic == true ? nil : "made by hand"
    case .damaged: "known to be damaged; look at it first"
    case .proofMissing: "no proof says that it may go"
    case .proofMismatch: "its proof does not match; look at it first"
    case .newer: "made by a newer appliance"
    case .earlierEncryption: "encrypted in an earlier version's own format; only that one can tell what it holds"
    }
  }
}
