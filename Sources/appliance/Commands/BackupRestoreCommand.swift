import ArgumentParser
import Backups
import Market
import Rendering

struct BackupRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Bring a database back from an archive.",
    discussion: """
      The archive is verified first. A file that is there already is kept under another name.

      EXAMPLES
        appliance backup restore appliance_20250919T223000Z.tar.zst --to copy.db
        appliance backup restore appliance_20250919T223000Z.tar.zst --force
        appliance backup restore --at 2025-09-01 --to then.db
      """)

  @Argument(help: ArgumentHelp("The archive: a name in the backup folder, or a path.", valueName: "archive"))
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

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard (archive == nil) != (at == nil) else {
      throw ValidationError("Name an archive or give --at; `appliance backup list` shows them.")
    }
  }

  func run() async throws {
    let session = try Session(global)
    let target = to
    let force = force
    let archive = archive
    let instant = at?.last(at: session.clock.now)
    let restored = try await session.withOpenedBackups(passphrase) { backups in
      let source = try archive ?? instant.map { try backups.archive(at: $0) } ?? ""
      return try backups.restore(source, to: target, force: force)
    }
    if global.json {
      return try Console.output([
        "version": 1, "restored": .string(restored.path), "from": .string(restored.backup.name),
        "rows": .integer(Int64(restored.backup.rows)), "kept_old": .optional(restored.keptOld),
      ])
    }
    if instant != nil { session.console.say("from \(restored.backup.path), made \(restored.backup.createdAt)") }
    try Console.output("\(restored.path): \(groupedText(Int64(restored.backup.rows))) rows restored and compared\n")
    if let old = restored.keptOld { session.console.say("the file that stood there is now \(old)") }
  }
}
