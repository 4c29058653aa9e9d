import Formats
import Market
import Rendering
import Store

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs that fill a file of their own from the capture and are killed at random moments.
final class Kills {
  private let ground: TortureGround
  private let datasets: [String]
  /// Of a run that nobody disturbs.
  private let lasting: Duration
  private let expected: [String: Fingerprint]

  private var killed = 0
  private var runs = 0
  private var torn: String?
  private var lost: String?
  private var unhealed: String?
  private var different: String?

  init(ground: TortureGround, datasets: [String]) throws {
    self.ground = ground
    self.datasets = datasets
    let home = ground.home("undisturbed"), began = ContinuousClock.now
    let child = try TortureChild(Kills.replay(ground), home: home)
    let code = child.end()
    guard code == 0 || code == 3 else {
      throw Failure(.failed, "a run that nobody disturbs ends with \(code): \(child.lastWords)")
    }
    lasting = ContinuousClock.now - began
    expected = try Kills.facts(datasets, in: home)
  }

  var replayed: Finding {
    let source = ground.answers == 0 ? "the demo" : "its newest \(ground.answers) answers"
    return .ok("replay", "\(source), played into a new file in \(humanDuration(lasting))")
  }

  private static func replay(_ ground: TortureGround) -> [String] {
    ["ingest", "--replay", ground.capture, "--no-backup", "--quiet"]
  }

  /// One file: killed once, twice or three times in a row, then left alone.
  func trial(_ number: Int) throws {
    let home = ground.home("trial-\(number)")
    defer { ground.clear(home: home) }
    var evidence = 0
    for _ in 0...number % 3 {
      let child = try TortureChild(Kills.replay(ground), home: home)
      if child.end(killedAfter: lasting * Double.random(in: 0..<1.05)) == -9 { killed += 1 }
      runs += 1
      evidence = look(at: home + "/appliance.db", keeping: evidence)
    }
    let child = try TortureChild(Kills.replay(ground), home: home)
    let code = child.end()
    guard code == 0 || code == 3 else {
      unhealed = unhealed ?? "the run after a kill ended with \(code): \(child.lastWords)"
      return
    }
    _ = look(at: home + "/appliance.db", keeping: evidence)
    let facts = try Kills.facts(datasets, in: home)
    if let name = datasets.first(where: { facts[$0] != expected[$0] }) { different = different ?? name }
  }

  /// What is acknowledged in the file now; a file that was never begun holds nothing and is not at fault.
  private func look(at path: String, keeping before: Int) -> Int {
    do {
      let store = try Store.reading(path)
      defer { store.close() }
      if let fault = try store.structuralFaults().first ?? store.brokenReferences().first { torn = torn ?? fault }
      let now = try store.contents(of: ["fetch"]).reduce(0) { $0 + $1.rows }
      if now < before { lost = lost ?? "\(before - now) kept answers are gone" }
      return now
    } catch StoreError.noDatabase {
      if before > 0 { lost = lost ?? "the file is gone" }
    } catch {
      torn = torn ?? "\(error)"
    }
    return before
  }

  var findings: [Finding] {
    [
      killed > 0
        ? .ok("kills", "\(killed) of \(runs) runs were killed in the middle, at random moments")
        : .warning("kills", "no kill came in time", "try again"),
      held("structure", torn, "after each kill SQLite finds no fault and every row what it refers to"),
      held("answers", lost, "what was kept before a kill is there after it"),
      held("healing", unhealed, "the next run ended well, without help"),
      held(
        "facts", different.map { "\($0) differs from what a run leaves that nobody disturbs" },
        "the same as after a run that nobody disturbed"),
    ]
  }

  /// A second writer, while one works and after its death.
  func lock() throws -> Finding {
    let home = ground.home("locked")
    defer { ground.clear(home: home) }
    let first = try TortureChild(Kills.replay(ground), home: home)
    let patience = ContinuousClock.now + .seconds(5)
    while Store.writer(of: home + "/appliance.db") == nil, ContinuousClock.now < patience { usleep(500) }
    first.stop()
    let turnedAway = try TortureChild(Kills.replay(ground), home: home).end()
    let end = first.killNow()
    let admitted = try TortureChild(Kills.replay(ground), home: home).end()
    if end == -9, turnedAway != 11 { return held("lock", "a second writer ended with \(turnedAway) instead of 11", "") }
    return held(
      "lock", [0, 3].contains(admitted) ? nil : "after the death of its holder a run ended with \(admitted)",
      "a second writer is turned away, and let in after the first one's death")
  }

  /// Fingerprints of what `export` gives, by dataset.
  private static func facts(_ datasets: [String], in home: String) throws -> [String: Fingerprint] {
    var facts: [String: Fingerprint] = [:]
    for name in datasets {
      let file = home + "/\(name).csv"
      let child = try TortureChild(["export", name, "-o", file, "--quiet"], home: home)
      guard child.end() == 0 else { throw Failure(.failed, "export \(name) of the trial failed: \(child.lastWords)") }
      facts[name] = try Fingerprint(ofFile: file)
    }
    return facts
  }
}

/// A finding for something that holds unless there is a fault.
func held(_ subject: String, _ fault: String?, _ words: String) -> Finding {
  guard let fault else { return .ok(subject, words) }
  return .problem(
    subject, fault, "this is a fault of the appliance or of the disk; keep a backup elsewhere", .integrity)
}
