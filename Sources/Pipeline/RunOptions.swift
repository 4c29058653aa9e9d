import Market

/// What was asked of a run.
package struct RunOptions: Sendable {
  /// Steps to run; `nil` for all.
  package var only: Set<StepName>?
  /// Steps to leave out, also of those in `only`.
  package var skip: Set<StepName> = []
  /// Symbols of the assets to which the steps that have assets are narrowed; `nil` for all.
  package var assets: Set<String>?
  /// Backfill: the first and last instant wanted.
  package var since: Instant?
  /// The last instant wanted; `nil` for as far as anything is due.
  package var until: Instant?
  /// Nobody is asked; what was kept is read and derived.
  package var isOffline = false
  /// What is not due is asked all the same.
  package var isForced = false
  /// Only what did not end well the last time.
  package var retriesFailed = false

  /// A run of everything that is due.
  package init() {}

  /// Whether a step is to run.
  package func includes(_ step: StepName) -> Bool {
    (only.map { $0.contains(step) } ?? true) && !skip.contains(step)
  }

  /// Whether a series about this asset is wanted; one about none always is.
  package func includes(asset: String?) -> Bool {
    guard let assets, let asset else { return true }
    return assets.contains(asset)
  }
}
