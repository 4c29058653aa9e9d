import ArgumentParser
import Backups
import Market
import Rendering

struct BackupRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Bring a database back from an archive, or some of its rows into the present one.",
    discussion: """
      The archive is verified first. A file that is there already is kept under another name.

      With --table or --asset only those rows are brought in, into the database of this home, like those of an imported \
      file: what they replace is kept (appliance changes), rows that the archive does not have stay, and a rebuild \
      gives the same again. Tables are bar, price_point, sentiment and etf_flow; what is computed from them is computed \
      anew.

      EXAMPLES
        appliance backup restore appliance_20250919T223000Z.tar.zst --to copy.db
        appliance backup restore appliance_20250919T223000Z.tar.zst --force
        appliance backup restore --at 2025-09-01 --to then.db
        appliance backup restore --at 2025-09-01 --asset BTC --dry-run
        appliance backup restore appliance_20250919T223000Z.tar.zst --table sentiment --only-missing
      """)

  @Argument(
    help: ArgumentHelp("The archive: a name in the backup folder, or a path.", valueName: "archive"),
    completion: .custom(NameCompletion.archives))
  var archive: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Instead of an archive: the newest proven one made at this day or instant, or before it.", valueName: "time"))
  var at: Moment?

  @Option(name: .long, help: ArgumentHelp("Where to; the database of this home by default.", valueName: "file"))
  var to: String?

  @Flag(name: .long, help: "Replace a database that is there; the old one is kept beside it.")
  var force = false

  @Option(name: .long, help: ArgumentHelp("Only rows of this table of facts.", valueName: "table"))
  var table: [String] = []

  @Option(name: .long, help: ArgumentHelp("Only rows about this asset.", valueName: "symbol"))
  var asset: [String] = []

  @Flag(name: .long, help: "With --table or --asset: leave rows that are there as they are.")
  var onlyMissing = false

  @Flag(name: .long, help: "With --table or --asset: say what would change; change nothing.")
  var dryRun = false

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (archive == nil) != (at == nil) else {
      throw ValidationError("Name an archive or give --at; `appliance backup list` shows them.")
    }
    if isPartial, to != nil || force {
      throw ValidationError(
        "--table and --asset bring rows into the present database (--db); leave --to and --force away")
    }
    if !isPartial, onlyMissing || dryRun {
      throw ValidationError("--only-missing and --dry-run go with --table or --asset")
    }
  }

  private var isPartial: Bool { !table.isEmpty || !asset.isEmpty }

  func run() async throws {
    let context = try CommandContext(global)
    if isPartial { return try await restorePart(context) }
    let target = to
    let force = force
    let source = source(context)
    let restored = try await context.withOpenedBackups(passphrase) { backups in
      try backups.restore(try source(backups), to: target, force: force)
    }
    if global.json {
      return try Console.output([
        "version": 1, "restored": .string(restored.path), "from": .string(restored.backup.name),
        "rows": .integer(Int64(restored.backup.rows)), "kept_old": .optional(restored.keptOld),
      ])
    }
    if at != nil { context.console.say("from \(restored.backup.path), made \(restored.backup.createdAt)") }
    try Console.output(
      "\(Console.shown(restored.path)): \(groupedText(Int64(restored.backup.rows))) rows restored and compared\n")
    if let old = restored.keptOld { context.console.say("the file that stood there is now \(old)") }
  }

  /// Which archive is meant.
  private func source(_ context: CommandContext) -> @Sendable (Backups) throws -> String {
    let archive = archive
    let instant = at?.last(at: context.clock.now)
    return { backups in try archive ?? instant.map { try backups.archive(at: $0) } ?? "" }
  }

  private func restorePart(_ context: CommandContext) async throws {
    let restore = PartialRestore(
      context: context,
      part: try RestoredPart(
        tables: split(table, flag: "--table"), assets: split(asset, flag: "--asset")), onlyMissing: onlyMissing,
      isRehearsal: dryRun)
    let source = source(context)
    let summary = try await context.withOpenedBackups(passphrase) { backups in
      try restore.perform(source, with: backups)
    }
    try summary.print(context)
    if summary.status != .done { throw Failure(summary.status) }
  }
}
