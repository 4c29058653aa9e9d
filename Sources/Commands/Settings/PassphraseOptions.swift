import ArgumentParser
import Backups
import Formats

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the passphrase of an encrypted backup comes from: never an argument, which every process could read.
struct PassphraseOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A file whose first line is the passphrase of encrypted archives; else BACKUP_PASSPHRASE, else it is asked for.",
      valueName: "file"))
  var passphraseFile: String?
}

extension CommandContext {
  /// `BACKUP_PASSPHRASE`, or what the file holds that was named; `nil` where there is neither.
  func passphrase(ofFile path: String? = nil) throws -> Passphrase? {
    do {
      if let path { return try Passphrase(ofFile: path) }
      return try settings[.backupPassphrase].map { try Passphrase(Array($0.utf8)) }
    } catch let error as PassphraseFault {
      throw Failure(.usage, "\(path ?? Setting.backupPassphrase.name): \(error)")
    }
  }

  /// Asks on the terminal, without showing what is typed.
  ///
  /// - Parameter isNew: whether to ask twice.
  /// - Returns: `nil` where there is no terminal.
  func askForPassphrase(isNew: Bool) throws -> Passphrase? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    let first = try CommandContext.hidden("passphrase: ", terminal)
    if isNew, try CommandContext.hidden("once more: ", terminal) != first {
      throw Failure(.usage, "the two passphrases differ; nothing was done")
    }
    do { return try Passphrase(first) } catch { throw Failure(.usage, "\(error); nothing was done") }
  }

  private static func hidden(_ prompt: String, _ terminal: Int32) throws -> [UInt8] {
    var usual = termios()
    guard tcgetattr(terminal, &usual) == 0 else { throw Failure(.failed, "the terminal cannot be asked") }
    var silent = usual
    silent.c_lflag &= ~tcflag_t(ECHO)
    guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else {
      throw Failure(.failed, "the terminal shows what is typed and cannot be told not to")
    }
    defer {
      tcsetattr(terminal, TCSAFLUSH, &usual)
      _ = "\n".withCString { write(terminal, $0, 1) }
    }
    _ = prompt.withCString { write(terminal, $0, strlen($0)) }
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n"), line.count <= Passphrase.longest {
      line.append(byte)
    }
    return line
  }
}
