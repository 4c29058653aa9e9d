import Market
import Rendering
import Store

/// The file: whether it is ours, sound, and free.
struct DatabaseChecks {
  let context: CommandContext

  /// Answers of the vault that are unpacked and compared.
  private static let sample = 200

  private var path: String { context.databasePath }

  var findings: [Finding] {
    let store: Store
    do {
      store = try context.reader()
    } catch let error as StoreError {
      return [unopened(error)]
    } catch {
      return [.problem("database", "\(error)", nil)]
    }
    return [access, lock]
      + [schema, integrity, references, vault, lastRun].map { check in
        do { return try check(store) } catch { return failed(error) }
      } + [imports(store), backups(store)].compactMap { $0 } + BackupChecks(context: context, now: now(store)).findings
  }

  private func unopened(_ error: StoreError) -> Finding {
    if case .noDatabase = error {
      return .problem("database", "none at \(path)", "`appliance ingest` makes one", .noDatabase)
    }
    return .problem("database", error.description, nil, Exit.status(of: error))
  }

  private func failed(_ error: any Error) -> Finding {
    let error = StoreError.of(error, path: path)
    return .problem("database", error.description, nil, Exit.status(of: error))
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
    return .ok("schema", file == known ? "version \(file)" : "version \(file); the next run brings it to \(known)")
  }

  private func integrity(_ store: Store) throws -> Finding {
    soundness("integrity", try store.structuralFaults(), otherwise: "SQLite finds no fault")
  }

  private func references(_ store: Store) throws -> Finding {
    soundness("references", try store.brokenReferences(), otherwise: "every row finds what it refers to")
  }

  private func soundness(_ subject: String, _ faults: [String], otherwise: String) -> Finding {
    guard let first = faults.first else { return .ok(subject, otherwise) }
    let more = faults.count > 1 ? ", and \(faults.count - 1) more" : ""
    return .problem(subject, first + more, "restore the last backup: `appliance backup list`", .integrity)
  }

  private func vault(_ store: Store) throws -> Finding {
    let (checked, faults) = try store.vaultSample(DatabaseChecks.sample)
    guard let first = faults.first else {
      return .ok("kept answers", "\(groupedText(Int64(checked))) looked at, each as it came")
    }
    let more = faults.count > 1 ? ", and \(faults.count - 1) more of \(checked) looked at" : ""
    return .problem("kept answers", first + more, "restore the last backup: `appliance backup list`", .integrity)
  }

  private func lastRun(_ store: Store) throws -> Finding {
    let status = try store.status(at: context.clock.now)
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
  private func now(_ store: Store) -> Instant { (try? context.clock(of: store))?.now ?? context.clock.now }

  private func imports(_ store: Store) -> Finding? {
    do { return try MissingFiles(of: store).finding } catch { return failed(error) }
  }

  private func backups(_ store: Store) -> Finding {
    let folder = context.settings.home.backups
    guard let newest = BackupStanding(context.closedBackups(at: context.clock)).newest else {
      return .warning("backups", "none proven in \(folder)", "`appliance backup create` makes and proves one")
    }
    let age = max(0, now(store) - newest.madeAt)
    let text = "\(newest.archive), \(humanDuration(seconds: age)) old"
    guard age <= 7 * 86_400 else { return .warning("backups", text, "`appliance backup create` makes a new one") }
    return .ok("backups", text)
  }
}
