import Backups
import Market
import Rendering
import SQLite
import Store

/// The file: whether it is ours, sound, and free.
package struct DatabaseChecks {
  let path: String
  let clock: Clock
  let closedBackups: Backups
  let backups: () throws -> Backups

  /// - Parameters:
  ///   - path: of the file.
  ///   - clock: the one in force; a demo file has its own.
  ///   - closedBackups: for looking at what proofs say, which needs neither a passphrase nor sound settings.
  ///   - backups: the same with everything that is set; throws for a setting that cannot be used.
  package init(
    path: String, clock: Clock, closedBackups: Backups, backups: @escaping () throws -> Backups
  ) {
    self.path = path
    self.clock = clock
    self.closedBackups = closedBackups
    self.backups = backups
  }

  /// Answers of the vault that are unpacked and compared.
  private static let sample = 200

  /// Of the file, then of its backups. Reads the whole file.
  package var findings: [Finding] {
    let store: Store
    do throws(StoreError) { store = try Store.readingOfAnyAge(path) } catch { return [unopened(error)] }
    // Of a file that an older appliance wrote only what can be asked of any.
    let isCurrent = (try? store.schemaVersion()) == Store.knownSchemaVersion
    return [access, lock]
      + ([schema, integrity, references, vault] + (isCurrent ? [lastRun] : [])).map { check in
        do { return try check(store) } catch { return failed(error) }
      } + [imports(store), newestBackup(store), leftovers].compactMap { $0 }
      + BackupChecks(backups: backups, now: now(store)).findings
  }

  private func unopened(_ error: StoreError) -> Finding {
    if case .noDatabase = error {
      return .problem("database", "none at \(path)", "`appliance ingest` makes one", .noDatabase)
    }
    return .problem("database", error.description, nil, .init(error))
  }

  private func failed(_ error: any Error) -> Finding {
    let error = StoreError.of(error, path: path)
    return .problem("database", error.description, nil, .init(error))
  }

  private var access: Finding {
    guard let mode = PlaceChecks.mode(of: path) else {
      return .problem("database", "\(path) has just gone", "look who moved it")
    }
    return PlaceChecks.privacy("database", mode, path: path, means: "it holds what you follow")
  }

  private var lock: Finding {
    .ok("lock", Store.writer(of: path).map { "\($0) writes now" } ?? "nobody writes")
  }

  private func schema(_ store: Store) throws -> Finding {
    let (file, known) = (try store.schemaVersion(), Store.knownSchemaVersion)
    if let fault = try store.schemaFaults().first {
      return .problem(
        "schema", fault, "mend it with `sqlite3 \(path)`, or restore a backup; tables and views named my_… may stay",
        .damage)
    }
    guard file < known else { return .ok("schema", "version \(file)") }
    let hint = "`appliance ingest` brings it up to date, after a backup; until then only doctor and backup read it"
    return .warning("schema", "version \(file) of an older appliance; this one needs \(known)", hint)
  }

  private func integrity(_ store: Store) throws -> Finding {
    soundness("integrity", try store.structuralFaults(), otherwise: "SQLite's full check finds no fault")
  }

  private func references(_ store: Store) throws -> Finding {
    soundness("references", try store.brokenReferences(), otherwise: "every row finds what it refers to")
  }

  private func soundness(_ subject: String, _ faults: [String], otherwise: String) -> Finding {
    guard let first = faults.first else { return .ok(subject, otherwise) }
    let more = faults.count > 1 ? ", and \(faults.count - 1) more" : ""
    return .problem(subject, first + more, "restore the last backup: `appliance backup list`", .damage)
  }

  private func vault(_ store: Store) throws -> Finding {
    let (checked, all, faults) = try store.vault.sample(DatabaseChecks.sample)
    guard let first = faults.first else {
      let text = groupedText(Int64(checked))
      guard checked < all else { return .ok("kept answers", "all \(text) looked at, each as it came") }
      return .ok(
        "kept answers",
        "\(text) of \(groupedText(Int64(all))) looked at, each as it came; `appliance rebuild --verify` reads them all")
    }
    let more = faults.count > 1 ? ", and \(faults.count - 1) more of \(checked) looked at" : ""
    return .problem("kept answers", first + more, "restore the last backup: `appliance backup list`", .damage)
  }

  private func lastRun(_ store: Store) throws -> Finding {
    let status = try store.status(at: clock.now)
    if let dead = status.unended, Store.writer(of: path) == nil {
      return .warning("last run", "run \(dead.id.rawValue) of \(dead.startedAt) died", "`appliance ingest` goes on")
    }
    guard let last = status.lastRun else { return .ok("last run", "none yet") }
    let text = "run \(last.run.id.rawValue) of \(last.run.startedAt): \(last.run.outcome?.rawValue ?? "")"
    guard last.troubled.isEmpty else {
      let hint = "`appliance status` tells why, `appliance ingest --retry-failed` tries again"
      return .warning("last run", "\(text), \(last.troubled.count) steps in trouble", hint)
    }
    return .ok("last run", text)
  }

  /// The file was read a moment ago.
  private func now(_ store: Store) -> Instant { (try? clock.reading(store))?.now ?? clock.now }

  private func imports(_ store: Store) -> Finding? {
    do { return try MissingFiles(of: store).finding } catch { return failed(error) }
  }

  /// What killed runs left; nothing where nothing is left.
  private var leftovers: Finding? {
    let left = closedBackups.leftovers
    guard left.count > 0 else { return nil }
    return .warning(
      "left behind", left.words + " in \(left.folders.joined(separator: " and "))",
      "the next `appliance ingest` or `appliance backup create` removes them")
  }

  private func newestBackup(_ store: Store) -> Finding {
    guard let newest = BackupStanding(closedBackups).newest else {
      return .warning(
        "backups", "none proven in \(closedBackups.folder)", "`appliance backup create` makes and proves one")
    }
    let age = max(0, now(store) - newest.madeAt)
    let text = "\(newest.archive), \(humanDuration(seconds: age)) old"
    guard age <= 7 * 86_400 else { return .warning("backups", text, "`appliance backup create` makes a new one") }
    return .ok("backups", text)
  }
}
