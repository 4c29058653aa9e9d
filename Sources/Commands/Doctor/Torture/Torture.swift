import Formats
import Market
import Rendering
import Store
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Kills this program again and again at its work on a copy of the file, and looks at what holds: the short form of the
/// torture that the tests do at length. Nothing of it touches the file itself. Blocks; not for a task.
struct Torture: Sendable {
  let context: CommandContext
  /// For the kills; what is under way when it is over is ended, and looked at.
  let budget: Duration
  /// Whether the user wants it to end.
  let isCancelled: @Sendable () -> Bool

  private static let leastTrials = 3
  /// A larger file cannot be copied, packed, restored and compared within a minute.
  private static let largest: Int64 = 600 << 20
  /// What a person sees of the facts; rows about runs and fetches differ by the kill itself.
  private static let datasets = [
    "ohlc_hourly", "sentiment_daily", "etf_flows_daily", "daily_market_snapshot",
  ]

  /// What the last finding of a torture that was not cut short is about.
  static let lastSubject = "original"

  private var path: String { context.databasePath }

  /// What held, a finding a line; `show` is told each when it is known.
  func perform(_ show: (Finding) throws -> Void) throws -> [Finding] {
    var findings: [Finding] = []
    func tell(_ finding: Finding) throws {
      findings.append(finding)
      try show(finding)
    }
    let before = try Original(path)
    let parent = Environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    let ground = try ground(in: parent)
    try tell(.ok("copy", "\(humanSize(bytes: before.size)), in \(ground.folder) and gone afterwards"))
    let begun = ContinuousClock.now

    let kills = try Kills(ground: ground, datasets: Torture.datasets)
    try tell(kills.replayed)
    var trials = 0
    while trials < Torture.leastTrials || ContinuousClock.now < begun + budget * 0.7, !isCancelled() {
      try kills.trial(trials)
      trials += 1
    }
    for finding in kills.findings { try tell(finding) }
    if !isCancelled() {
      try tell(kills.lock())
      if before.size > Torture.largest {
        try tell(
          .warning(
            "backup", "left out: \(humanSize(bytes: before.size)) take longer than a minute",
            "`appliance backup create` proves each backup at any size"))
      } else {
        for finding in try BackupKills(ground: ground).findings(until: begun + budget) { try tell(finding) }
      }
    }
    try tell(before.finding(now: try Original(path)))
    return isCancelled() ? Array(findings.dropLast()) : findings
  }

  private func ground(in parent: String) throws -> TortureGround {
    let store = try context.reader()
    defer { store.close() }
    var status = statvfs()
    let size = Original.size(of: path)
    if statvfs(parent, &status) == 0, Int64(clamping: status.f_bavail) * Int64(status.f_frsize) < 4 * size + (64 << 20)
    {
      throw Failure(
        .failed, "\(parent) has no room for four times \(humanSize(bytes: size)); name another folder with TMPDIR")
    }
    return try TortureGround(of: store, in: parent)
  }
}

/// Set once, from another thread.
final class CancellationFlag: Sendable {
  private let state = Mutex(false)
  var isSet: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }
}

/// The file itself, before and after.
private struct Original {
  let size: Int64
  private let bytes: Fingerprint
  private let log: Fingerprint?
  private let writer: String?
  private let path: String

  /// Not while this process has the file open.
  init(_ path: String) throws {
    self.path = path
    writer = Store.writer(of: path)
    size = Original.size(of: path)
    do throws(FileError) {
      bytes = try Fingerprint(ofFile: path)
    } catch {
      if error.isMissing { throw StoreError.noDatabase(path: path) }
      throw error
    }
    log = Original.size(of: path + "-wal") > 0 ? try? Fingerprint(ofFile: path + "-wal") : nil
  }

  func finding(now: Original) -> Finding {
    if let writer = writer ?? now.writer {
      return .warning("original", "not compared: \(writer) writes it", "try again when nobody does")
    }
    guard bytes == now.bytes, log == now.log else {
      return .problem(
        "original", "\(path) is not as it was", "restore the last backup: `appliance backup list`", .integrity)
    }
    return .ok("original", "\(path) is as it was, by its SHA-256")
  }

  static func size(of path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}
