import Market

/// Recorded answers: an ordered list of runs, each with its instant and what every provider said in it.
///
/// On the disk it is a folder with `capture.json` and one file a body, or a `.tar.zst` of the same files.
package struct Capture: Sendable {
  /// Whether the numbers are real.
  package enum Origin: String, Hashable, Sendable {
    /// Invented, for trying things out; never mixed with real data.
    case demo
    case recorded
  }

  /// Whether its numbers are real; a demo goes into a file of its own.
  package let origin: Origin
  /// A line for people: what was recorded.
  package let title: String
  /// The groups and assets that it is about, as `UNIVERSE` would name them; empty where it does not say.
  package let follows: [String]
  /// Instants never go back.
  package let runs: [CapturedRun]

  /// - Parameter runs: oldest first.
  package init(origin: Origin, title: String, follows: [String] = [], runs: [CapturedRun]) {
    self.origin = origin
    self.title = title
    self.follows = follows
    self.runs = runs
  }

  /// The longest manifest and body, and the most that all bodies may hold together.
  static let manifestLimit = 64 << 20
  static let bodyLimit = 64 << 20
  static let totalLimit = 1 << 30
}

/// What was asked and answered in one run.
package struct CapturedRun: Sendable {
  /// When it took place; every answer counts as received then.
  package let instant: Instant
  /// In the order in which they were recorded; every answer is received at `instant`.
  package let roundTrips: [(request: Request, answer: Answer)]

  /// A run at an instant, its round trips in the order in which they were recorded.
  package init(instant: Instant, roundTrips: [(request: Request, answer: Answer)]) {
    self.instant = instant
    self.roundTrips = roundTrips
  }
}
