/// The parts of a run, by the names that `--only` and `--skip` take.
package enum StepName: String, CaseIterable, Hashable, Sendable {
  case prices
  case sentiment
  case etfFlows = "etf-flows"
  case macro
  case news
  case events
  case snapshot
  case quality
  case summaries
  case backup
}

/// How a step ended.
package enum StepOutcome: String, Hashable, Sendable {
  /// Everything asked for is stored, or was there already.
  case done
  /// Some of it is stored; the reason says what is missing.
  case partial
  case failed
  /// Not tried, for a reason that is no failure: nothing due, not configured, a better source answered.
  case skipped
  case interrupted
}

/// Why a step did not end `done`; a closed list, stored and printed as its raw value.
package enum StepReason: String, CaseIterable, Hashable, Sendable {
  case unknownSymbol = "unknown_symbol"
  case refused
  case throttled
  /// Our own ration of requests to its provider is used up for now: no failure, and no wish of the provider's.
  case rationed
  case unreachable
  /// Reached, and not at work: a 5xx, a maintenance page.
  case outOfOrder = "out_of_order"
  case shapeChanged = "shape_changed"
  case noData = "no_data"
  case keyMissing = "key_missing"
  case keyRefused = "key_refused"
  case restricted
  case blocked
  case notConfigured = "not_configured"
  case nothingDue = "nothing_due"
  case offline
  /// The run's time for asking was up.
  case outOfTime = "out_of_time"
  case interrupted
  /// Our own fault, or the disk's: the detail says which.
  case failed
  /// None of failing: it took back what an import had brought, and the detail says how much.
  case undone
  /// None of failing either: it found more of something than is let pass, and the detail says what.
  case gateFailed = "gate_failed"
}

/// How a whole run ended, as `run.outcome` and `--json` spell it.
package enum RunOutcome: String, Hashable, Sendable {
  case done, partial, failed, interrupted
}
