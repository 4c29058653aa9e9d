import ArgumentParser
import Backups
import Market
import Rendering

struct BackupVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read archives back, restore them to a scratch file and compare every row.",
    discussion: """
      EXAMPLES
        appliance backup verify                                     the newest
        appliance backup verify appliance_20250919T223000Z.tar.zst
        appliance backup verify --all

      An encrypted archive without its passphrase, or with --all one that has another or that an earlier version \
      encrypted in a format of its own, is only compared with the SHA-256 in its proof, and that is said.
      """)

  @Argument(
    help: ArgumentHelp("The archive; the newest one if none is named.", valueName: "archive"),
    completion: .custom(NameCompletion.archives))
  var archive: String?

  @Flag(name: .long, help: "All archives in the folder.")
  var all = false

  @OptionGroup var passphrase: PassphraseOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if all, archive != nil { throw ValidationError("Name an archive or give --all, not both.") }
  }

  func run() async throws {
    let context = try CommandContext(global)
    let results = try await context.withOpenedBackups(passphrase) { backups in try self.results(backups) }
    var failures: [Failure] = []
    var lines: [JSONValue] = []
    for (name, result) in results {
      switch result {
      case .success(let verified):
        lines.append([
          "name": .string(name), "ok": true, "rows": .integer(Int64(verified.rows)), "opened": .bool(verified.isOpened),
        ])
        if !global.json { try Console.output("\(Console.shown(name)): \(said(verified))\n") }
      case .failure(let error):
        if case .interrupted = error { throw Failure(error) }
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

  private func said(_ verified: BackupVerified) -> String {
    guard let closed = verified.closed else {
      return "\(groupedText(Int64(verified.rows))) rows restored and compared"
    }
    let why =
      switch closed {
      case .passphraseMissing: "for want of its passphrase"
      case .otherPassphrase: "it has another passphrase"
      case .earlierEncryption: "it was encrypted in an earlier version's own format"
      }
    return "its bytes are those that were proven (SHA-256); not opened, \(why)"
  }

  private func results(_ backups: Backups) throws -> [(name: String, result: Result<BackupVerified, BackupError>)] {
    if all { return try backups.verifyAll() }
    guard let name = try archive ?? backups.list().backups.last(where: \.isOwn)?.name else {
      throw BackupError.notFound(path: backups.folder + "/appliance_*.tar.zst")
    }
    return [(name, Result { () throws(BackupError) -> BackupVerified in try backups.verify(name) })]
  }
}
