import ArgumentParser
import Backups
import Formats
import Rendering
import Threads

/// Makes, proves, lists and brings back backups.
package struct BackupCommand: AsyncParsableCommand {
  /// Its name, help and subcommands.
  package static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Archives that were restored and compared before they are called good.",
    subcommands: [
      BackupCreateCommand.self, BackupListCommand.self, BackupVerifyCommand.self, BackupRestoreCommand.self,
      BackupCopyCommand.self, BackupPruneCommand.self,
    ])

  /// Empty; the parser fills it in.
  package init() {}
}

extension Failure {
  /// A fault of a backup, with its exit code.
  init(_ error: BackupError) {
    switch error {
    case .store(let error): self.init(Exit.status(of: error), error.description)
    case .interrupted: self.init(.interrupted, error.description)
    case .passphraseMissing, .wrongPassphrase, .notOpened: self.init(.keyMissing, error.description)
    default: self.init(error.isIntegrity ? .integrity : .failed, error.description)
    }
  }
}

extension CommandContext {
  /// Calls the backups room off the shared pool, with progress on a terminal and faults as exit codes. The first Ctrl-C
  /// ends it after what is in hand.
  ///
  /// - Parameter passphrase: what goes before the one that is set.
  func withBackups<T: Sendable>(
    passphrase: Passphrase? = nil, _ body: @escaping @Sendable (Backups) throws -> T
  ) async throws -> T {
    let phase = PhaseLine(console: console)
    // Where there is no file yet, the context's clock is all there is.
    let clock = (try? readerOfAnyAge()).flatMap { try? self.clock(of: $0) } ?? clock
    let usual = try backups(at: clock) { phase.show($0, $1) }
    sweep(usual)
    defer { phase.clear() }
    do {
      return try await Interruption.cancelling {
        try await blockingUntilStopped { flag in
          var backups = usual
          if let passphrase { backups.passphrase = passphrase }
          backups.shouldStop = { flag.isRaised }
          return try body(backups)
        }
      }
    } catch let error as BackupError {
      throw Failure(error)
    }
  }

  /// The same for what may be encrypted: where a passphrase is wanted and nobody gave one, it is asked for.
  func withOpenedBackups<T: Sendable>(
    _ options: PassphraseOptions, _ body: @escaping @Sendable (Backups) throws -> T
  ) async throws -> T {
    let given = try passphrase(ofFile: options.passphraseFile)
    do {
      return try await withBackups(passphrase: given, body)
    } catch let failure as Failure where failure.status == .keyMissing && given == nil && !self.options.json {
      guard let asked = try askForPassphrase(isNew: false) else { throw failure }
      return try await withBackups(passphrase: asked, body)
    }
  }
}
