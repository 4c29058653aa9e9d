import Market
import Store

extension StatusReport {
  /// The fields of the screen for programs; every series with `isFull`, else those in trouble.
  package func json(isFull: Bool) -> JSONValue {
    let shown = isFull ? states : states.filter(\.isTroubled)
    return [
      "version": 1, "at": .string(now.description), "clock": .string(clock.rawValue), "database": .string(database),
      "origin": .optional(file.origin?.rawValue), "groups": .array(groups.map(\.json)),
      (isFull ? "series" : "troubled"): .array(shown.map(\.json)), "last_run": file.lastRun?.json ?? .null,
      "dead_run": .optional(deadRun?.id.rawValue), "writer": .optional(writer),
      "quota": .array(quotas.map(\.json)),
      "refused_rows": .integer(Int64(flagCounts.refused)), "marked_rows": .integer(Int64(flagCounts.marked)),
      "file": [
        "bytes": .integer(file.size.bytes), "bytes_per_day": .optional(file.size.bytesPerDay),
        "vault_bytes": .integer(file.size.vaultBytes),
      ],
      "backup": backups.newest.map { backup -> JSONValue in
        [
          "archive": .string(backup.archive), "made_at": .string(backup.madeAt.description),
          "age_seconds": .integer(now - backup.madeAt),
          "verified_at": .optional(backups.verification?.at.description),
          "verified_age_seconds": .optional(backups.verification.map { now - $0.at }),
          "verified_by_hash_only": .optional(backups.verification.map { Int64($0.unopened) }),
          "verification_faults": .array(
            (backups.verification?.faults ?? []).map { ["name": .string($0.name), "reason": .string($0.reason)] }),
        ]
      } ?? .null, "damaged_backups": .array(backups.damaged.map(JSONValue.string)),
      "copy": backups.second.map { second -> JSONValue in
        [
          "folder": .string(second.path), "archive": .optional(second.newest?.archive),
          "made_at": .optional(second.newest?.madeAt.description),
          "age_seconds": .optional(second.newest.map { now - $0.madeAt }), "absent": .optional(second.absence),
        ]
      } ?? .null,
      "gate": ["passed": .bool(gateReasons.isEmpty), "reasons": .array(gateReasons.map(JSONValue.string))],
      "cron": .optional(cron), "next": .string(next),
    ]
  }
}

extension StatusGroup {
  fileprivate var json: JSONValue {
    [
      "group": .string(kind.rawValue), "on_time": .integer(Int64(onTime)), "late": .integer(Int64(late)),
      "newest": .optional(newest?.newestKey), "rows": .integer(Int64(rows)), "gaps": .integer(Int64(gaps)),
      "missing": .integer(Int64(missing)),
    ]
  }
}

extension SeriesState {
  /// A day, or an instant, as JSON spells them.
  fileprivate var newestKey: String? { reach.map(key) }

  private func key(_ instant: Instant) -> String {
    series.key.interval.seconds < 86_400 ? instant.description : instant.day.description
  }

  fileprivate var json: JSONValue {
    [
      "asset": .optional(series.asset), "dataset": .string(series.key.dataset.rawValue),
      "source": .string(series.key.provider.description), "symbol": .string(series.key.providerSymbol),
      "interval": .string(series.key.interval.rawValue), "state": .string(standing.rawValue),
      "first": .optional(beginning.map(key)), "newest": .optional(newestKey),
      "due": .optional(due.map(key)), "behind": .integer(Int64(behind)), "rows": .integer(Int64(series.count)),
      "gaps": .integer(Int64(gaps?.count ?? 0)), "missing": .integer(Int64(gaps?.missing ?? 0)),
      "proven": .integer(Int64(gaps?.proven ?? 0)), "failed_at": .optional(failedAt?.description),
    ]
  }
}

extension RunStatus {
  fileprivate var json: JSONValue {
    [
      "run": .integer(run.id.rawValue), "started_at": .string(run.startedAt.description),
      "finished_at": .optional(run.finishedAt?.description), "outcome": .optional(run.outcome?.rawValue),
      "new": .integer(Int64(counts.new)), "changed": .integer(Int64(counts.changed)),
      "unchanged": .integer(Int64(counts.unchanged)), "refused": .integer(Int64(counts.refused)),
      "undone": .array(undone.map(JSONValue.string)), "failures": .array(troubled.map(\.json)),
    ]
  }
}

extension QuotaUse {
  fileprivate var json: JSONValue {
    [
      "source": .string(provider.description), "used": .integer(Int64(used)), "limit": .integer(Int64(limit)),
      "seconds_left": .integer(secondsLeft), "closed_for": .optional(closedFor),
    ]
  }
}
