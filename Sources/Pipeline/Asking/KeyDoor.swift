import Market
import SQLite
import Store

/// Before a key is known to be taken, one step asks its provider and the others wait: a key that is refused is refused for
/// all of them, and nobody is asked thirty times to say so.
actor KeyDoor {
  private enum State {
    /// One step is asking; the others wait.
    case asking([CheckedContinuation<Void, Never>])
    case open
    /// In what words the key was refused.
    case refused(String)
  }

  private var states: [ProviderName: State] = [:]

  /// What became of a step at the door.
  enum Entry: Equatable {
    /// It may ask, and tells with `leave` how that ended.
    case first
    case open
    case refused(String)
  }

  /// Waits until it is known whether the key of a provider is taken.
  func enter(_ provider: ProviderName) async -> Entry {
    switch states[provider] {
    case nil:
      states[provider] = .asking([])
      return .first
    case .open: return .open
    case .refused(let words): return .refused(words)
    case .asking(let waiting):
      await withCheckedContinuation { states[provider] = .asking(waiting + [$0]) }
      return await enter(provider)
    }
  }

  /// The first step is over; `nil` for one that ended in a fault of the file.
  func leave(_ provider: ProviderName, _ report: StepReport?) {
    guard case .asking(let waiting) = states[provider] else { return }
    if report?.reason == .keyRefused {
      states[provider] = .refused(report?.detail ?? "its key was refused")
    } else {
      // One that was not asked says nothing of the key.
      states[provider] = report == nil || report?.counts.requests == 0 ? nil : .open
    }
    for continuation in waiting { continuation.resume() }
  }
}

extension Ingest {
  /// Has a step ask a provider, unless its key was refused in this run: then the step fails as the one before it did.
  ///
  /// - Parameters:
  ///   - isKeyed: whether a key goes along.
  ///   - refused: the report of a step that is not tried, without its end.
  func askingWithKey(
    _ provider: ProviderName, isKeyed: Bool, of run: RunID, series: SeriesID?, refused: StepReport,
    _ ask: () async throws -> StepReport
  ) async throws -> StepReport {
    guard isKeyed else { return try await ask() }
    switch await keys.enter(provider) {
    case .open: return try await ask()
    case .first:
      do {
        let report = try await ask()
        await keys.leave(provider, report)
        return report
      } catch {
        await keys.leave(provider, nil)
        throw error
      }
    case .refused(let words):
      var report = refused
      (report.outcome, report.reason, report.detail) = (.failed, .keyRefused, words)
      let (final, now) = (report, dependencies.clock.now)
      try await recorder { store in
        try store.runs.finish(store.runs.beginStep(final.name, series: series, of: run, at: now), final)
      }
      dependencies.onEvent(.ended(final))
      return final
    }
  }
}
