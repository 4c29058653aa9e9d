import Backups
import Market
import Rendering

/// The folders of backups: when they were verified, what does not belong there, whether the second one is there.
struct BackupChecks {
  /// With everything that is set; throws for a setting that cannot be used.
  let backups: () throws -> Backups
  /// What ages are measured to.
  let now: Instant

  var findings: [Finding] {
    do {
      let backups = try backups()
      return try [verification(backups)].compactMap { $0 } + foreign(backups) + earlier(backups) + second(backups)
    } catch {
      return [.problem("backup folders", "\(error)", nil)]
    }
  }

  /// Nothing where there is nothing to verify.
  private func verification(_ backups: Backups) throws -> Finding? {
    guard try !backups.list().backups.isEmpty else { return nil }
    guard let last = backups.lastVerification else {
      return .ok("verification", "each backup was proven when it was made; not all of them again since")
    }
    let age = humanDuration(seconds: max(0, now - last.at))
    guard let fault = last.faults.first else {
      let closed = last.unopened > 0 ? ", \(last.unopened) of them not opened" : ""
      return .ok("verification", "all \(last.archives) backups, \(age) ago\(closed)")
    }
    let more = last.faults.count > 1 ? ", and \(last.faults.count - 1) more" : ""
    return .problem(
      "verification", "\(fault.name): \(fault.reason)\(more), \(age) ago",
      "`appliance backup verify --all` looks again; a copy in a second folder may be good", .damage)
  }

  private func foreign(_ backups: Backups) throws -> [Finding] {
    let others =
      try backups.list().others.map { "\($0.name): \($0.reason)" }
      + (backups.listCopies()?.others ?? []).map { "\($0.name) in the second folder: \($0.reason)" }
    guard let first = others.first else { return [] }
    let more = others.count > 1 ? ", and \(others.count - 1) more" : ""
    return [.warning("backup folder", first + more, "they are left alone; `appliance backup list` names them all")]
  }

  /// Encrypted archives that only an earlier version restores.
  private func earlier(_ backups: Backups) throws -> [Finding] {
    let names = try backups.list().backups.filter { $0.state == .earlierEncryption }.map(\.name)
    guard let first = names.first else { return [] }
    let more = names.count > 1 ? ", and \(names.count - 1) more" : ""
    return [
      .warning(
        "earlier encryption", "\(first)\(more): encrypted in an earlier version's own format",
        "restore what you need of them with that version, and make a new backup with this one; they are never pruned")
    ]
  }

  private func second(_ backups: Backups) throws -> [Finding] {
    guard let folder = backups.copyFolder else { return [] }
    if let reason = backups.reasonForAbsence {
      return [.warning("second folder", "\(folder): \(reason)", "mount it, then `appliance backup copy`")]
    }
    let here = try backups.list().newestProven, there = try backups.listCopies()?.newestProven
    if let here, here.name != there?.name {
      return [.warning("second folder", "\(folder) lacks \(here.name)", "`appliance backup copy` brings it there")]
    }
    if PlaceChecks.areOnOneDisk(folder, backups.folder) {
      return [
        .warning("second folder", "\(folder) lies on the same disk as the first", "choose one on another disk")
      ]
    }
    return [.ok("second folder", "\(folder)" + (there.map { ", newest \($0.name)" } ?? ", no backup yet"))]
  }
}
