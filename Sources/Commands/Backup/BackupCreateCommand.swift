import ArgumentParser
import Backups
import Formats
import Health
import Market
import Rendering

struct BackupCreateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make an archive and a set of CSV files, also while a run writes.",
    discussion: """
      The archive is read back, restored to a scratch file and compared byte by byte before it gets its name; the proof \
      lies beside it. Backups made by hand are never pruned. With a passphrase the archive is encrypted in the age format \
      (`age -d` opens it too), and no CSV files are left beside it. A second folder (BACKUP_COPY_PATH) gets a copy.

      EXAMPLES
        appliance backup create
        appliance backup create --encrypt
        appliance backup create --passphrase-file ~/.backup-passphrase
      """)

  @Flag(name: .long, help: "Encrypt it; the passphrase is asked for, unless it is set.")
  var encrypt = false

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let context = try CommandContext(global)
    let missing = try MissingFiles(of: context.readerOfAnyAge())
    let passphrase = try newPassphrase(context)
    if let weakness = passphrase?.weakness { context.console.say("appliance: warning: \(weakness)") }
    let made = try await context.withBackups(passphrase: passphrase) { try $0.create() }
    if let warning = made.copy?.warning { context.console.say("appliance: warning: \(warning)") }
    for text in missing.texts { context.console.say("appliance: warning: not in the backup, and not there: \(text)") }
    if !missing.texts.isEmpty { context.console.say("→ \(MissingFiles.hint)") }
    if global.json {
      return try Console.output([
        "version": 1, "backup": made.json, "missing_files": .array(missing.texts.map(JSONValue.string)),
      ])
    }
    let size = humanSize(bytes: Int64(made.size))
    var text =
      "\(Console.shown(made.path))\n\(size), \(groupedText(Int64(made.rows))) rows in \(made.tables) tables, restored and compared\n"
    if case .made(let path) = made.copy { text += "\(Console.shown(path))\nread back and compared\n" }
    try Console.output(text)
  }

  private func newPassphrase(_ context: CommandContext) throws -> Passphrase? {
    if let given = try context.passphrase(ofFile: passphrase.passphraseFile) { return given }
    guard encrypt else { return nil }
    guard !global.json, let asked = try context.askForPassphrase(isNew: true) else {
      throw Failure(.usage, "--encrypt needs a terminal to ask on; set BACKUP_PASSPHRASE or give --passphrase-file")
    }
    return asked
  }
}

extension BackupCopy {
  /// What a person should know; `nil` where all is well.
  var warning: String? {
    switch self {
    case .made, .present: nil
    case .absent(let folder, let reason): "nothing was copied to \(folder): \(reason)"
    case .failed(let folder, let reason): "the copy to \(folder) failed: \(reason)"
    }
  }
}
