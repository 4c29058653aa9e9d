import ArgumentParser
import Backups
import Market
import Rendering

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Archives that were restored and compared before they are called good.",
    subcommands: [
      BackupCreateCommand.self, BackupListCommand.self, BackupVerifyCommand.self, BackupRestoreCommand.self,
      BackupPruneCommand.self,
    ])
}

extension Failure {
  /// A fault of a backup, with its exit code.
  init(_ error: BackupError) {
    switch error {
    case .store(let error): self.init(Exit.status(of: error), error.description)
    default: self.init(error.isIntegrity ? .integrity : .failed, error.description)
    }
  }
}

extension Session {
  /// Calls the backups room off the shared pool, with progress on a terminal and faults as exit codes.
  func withBackups<T: Sendable>(_ body: @escaping @Sendable (Backups) throws -> T) async throws -> T {
    let phase = PhaseLine(console: console)
    let backups = try backups(at: clock) { phase.show($0, $1) }
    do {
      let result = try await blocking { try body(backups) }
      phase.clear()
      return result
    } catch let error as BackupError {
      phase.clear()
      throw Failure(error)
    }
  }
}

struct BackupCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make an archive and a set of CSV files, also while a run writes.",
    discussion: """
      The archive is read back, restored to a scratch file and compared row by row before it gets its name; the proof \
      lies beside it. Backups made by hand are never pruned.
      """)

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try Session(global)
    _ = try session.reader()
    let made = try await session.withBackups { try $0.create() }
    if global.json { return try Console.output(["version": 1, "backup": made.json]) }
    try Console.output(
      "\(made.path)\n\(humanSize(bytes: Int64(made.size))), \(groupedText(Int64(made.rows))) rows in \(made.tables) tables, "
        + "restored and compared\n")
  }
}

extension BackupMade {
  var json: JSONValue {
    [
      "name": .string(name), "path": .string(path), "size": .integer(Int64(size)), "automatic": .bool(automatic),
      "proven_at": .string(provenAt.description), "tables": .integer(Int64(tables)), "rows": .integer(Int64(rows)),
      "csv_files": .array(csvFiles.map(JSONValue.string)),
    ]
  }
}

struct BackupListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The backups there are, and what else lies in their folder.")

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try Session(global)
    let list = try await session.withBackups { try $0.list() }
    if global.json { return try Console.output(json(list)) }
    if list.backups.isEmpty {
      session.console.say("no backups in \(session.settings.home.backups); `appliance backup create` makes one")
    }
    let table = RowFormat.table.encoder(table: "backup", width: Console.width(), style: session.console.style)
    table.begin([
      Column("archive", .text), Column("size", .text), Column("age", .text), Column("made", .text),
      Column("state", .text),
    ])
    for backup in list.backups {
      table.text(backup.name)
      table.text(humanSize(bytes: Int64(backup.size)))
      table.text(humanDuration(seconds: max(0, session.clock.now - backup.stamp.instant)))
      table.text(backup.automatic.map { $0 ? "by a run" : "by hand" } ?? "")
      table.text(backup.stateText)
      table.endRow()
    }
    if !list.backups.isEmpty { table.finish() }
    try Console.output(table.output.text)
    for other in list.others { session.console.say("left alone: \(other.name): \(other.reason)") }
  }

  private func json(_ list: BackupList) -> JSONValue {
    [
      "version": 1,
      "backups": .array(
        list.backups.map { backup in
          [
            "name": .string(backup.name), "size": .integer(Int64(backup.size)),
            "created_at": .string(backup.stamp.instant.description),
            "automatic": backup.automatic.map(JSONValue.bool) ?? .null, "state": .string(backup.stateText),
            "proven": .bool(backup.isProven),
          ]
        }),
      "others": .array(list.others.map { ["name": .string($0.name), "reason": .string($0.reason)] }),
    ]
  }
}

extension BackupEntry {
  /// Its state in a few words.
  var stateText: String {
    switch state {
    case .proven(let at): "proven \(at)"
    case .proofMissing: "no proof; `appliance backup verify \(name)` makes sure"
    case .proofMismatch(let why): "not proven: \(why)"
    case .newer(let version): "made by a newer appliance (format \(version))"
    }
  }
}

struct BackupVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read archives back, restore them to a scratch file and compare every row.",
    discussion: """
      EXAMPLES
        appliance backup verify                                     the newest
        appliance backup verify appliance_20250919T223000Z.tar.zst
        appliance backup verify --all
      """)

  @Argument(help: ArgumentHelp("The archive; the newest one if none is named.", valueName: "archive"))
  var archive: String?

  @Flag(name: .long, help: "All archives in the folder.")
  var all = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if all, archive != nil { throw ValidationError("Name an archive or give --all, not both.") }
  }

  func run() async throws {
    let session = try Session(global)
    let results = try await session.withBackups { backups in try self.results(backups) }
    var failures: [Failure] = []
    var lines: [JSONValue] = []
    for (name, result) in results {
      switch result {
      case .success(let verified):
        lines.append(["name": .string(name), "ok": true, "rows": .integer(Int64(verified.rows))])
        if !global.json {
          try Console.output("\(name): \(groupedText(Int64(verified.rows))) rows restored and compared\n")
        }
      case .failure(let error):
        lines.append(["name": .string(name), "ok": false, "error": .string(error.description)])
        failures.append(Failure(error))
        if !global.json { Console.error("appliance: \(error)") }
      }
    }
    if global.json {
      try Console.output([
        "version": 1, "outcome": .string(failures.isEmpty ? "done" : "failed"), "archives": .array(lines),
      ])
    }
    let worst = failures.first { $0.status == .integrity } ?? failures.first
    if let worst { throw Failure(worst.status) }
  }

  private func results(_ backups: Backups) throws -> [(name: String, result: Result<BackupVerified, BackupError>)] {
    if all { return try backups.verifyAll() }
    guard let name = try archive ?? backups.list().backups.last?.name else {
      throw BackupError.notFound(path: backups.folder + "/appliance_*.tar.zst")
    }
    return [(name, Result { () throws(BackupError) -> BackupVerified in try backups.verify(name) })]
  }
}

struct BackupRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Bring a database back from an archive.",
    discussion: """
      The archive is verified first. A file that is there already is kept under another name.

      EXAMPLES
        appliance backup restore appliance_20250919T223000Z.tar.zst --to copy.db
        appliance backup restore appliance_20250919T223000Z.tar.zst --force
      """)

  @Argument(help: ArgumentHelp("The archive: a name in the backup folder, or a path.", valueName: "archive"))
  var archive: String

  @Option(name: .long, help: ArgumentHelp("Where to; the database of this home by default.", valueName: "file"))
  var to: String?

  @Flag(name: .long, help: "Replace a database that is there; the old one is kept beside it.")
  var force = false

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let session = try Session(global)
    let target = to
    let force = force
    let archive = archive
    let restored = try await session.withBackups { try $0.restore(archive, to: target, force: force) }
    if global.json {
      return try Console.output([
        "version": 1, "restored": .string(restored.path), "from": .string(restored.backup.name),
        "rows": .integer(Int64(restored.backup.rows)), "kept_old": .optional(restored.keptOld),
      ])
    }
    try Console.output("\(restored.path): \(groupedText(Int64(restored.backup.rows))) rows restored and compared\n")
    if let old = restored.keptOld { session.console.say("the file that stood there is now \(old)") }
  }
}

struct BackupPruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Thin out the automatic backups.",
    discussion: """
      Keeps what any rule wants. The newest proven backup, those made by hand, and what is not proven always stay.

      EXAMPLES
        appliance backup prune --keep-daily 7 --keep-weekly 4 --keep-monthly 12 --dry-run
      """)

  @Option(name: .long, help: ArgumentHelp("Keep the newest this many.", valueName: "n"))
  var keepLast = 0

  @Option(name: .long, help: ArgumentHelp("Keep the newest of each of the last days that have any.", valueName: "n"))
  var keepDaily = 0

  @Option(name: .long, help: ArgumentHelp("The same by weeks.", valueName: "n"))
  var keepWeekly = 0

  @Option(name: .long, help: ArgumentHelp("The same by months.", valueName: "n"))
  var keepMonthly = 0

  @Flag(name: .long, help: "Say what would be removed, and remove nothing.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let rules = [keepLast, keepDaily, keepWeekly, keepMonthly]
    if rules.contains(where: { $0 < 0 }) { throw ValidationError("A number of backups to keep is at least 0.") }
    if rules.allSatisfy({ $0 == 0 }) { throw ValidationError("Give at least one rule, such as --keep-daily 7.") }
  }

  func run() async throws {
    let session = try Session(global)
    let policy = PrunePolicy(last: keepLast, daily: keepDaily, weekly: keepWeekly, monthly: keepMonthly)
    let dryRun = dryRun
    let decisions = try await session.withBackups { try $0.prune(policy, dryRun: dryRun) }
    if global.json {
      let lines = decisions.map { decision -> JSONValue in
        ["name": .string(decision.name), "kept": .bool(decision.isKept), "reason": .string(decision.reason)]
      }
      return try Console.output(["version": 1, "dry_run": .bool(dryRun), "backups": .array(lines)])
    }
    for decision in decisions {
      let verb = decision.isKept ? "keep  " : dryRun ? "would remove" : "removed"
      try Console.output("\(verb.padded(to: 13)) \(decision.name)  \(decision.reason)\n")
    }
  }
}
