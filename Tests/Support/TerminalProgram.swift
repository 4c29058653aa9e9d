#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program of the machine on a terminal of its own: one that asks for a passphrase takes it from nowhere else.
package enum TerminalProgram {
  /// How a run ended.
  package struct Ended: Sendable {
    /// The exit code; for one that a signal ended, 128 and the signal's number.
    package let exit: Int32
    /// What it showed on its terminal; line ends are `\r\n`.
    package let shown: String
  }

  /// What the system said no to.
  package struct NotStarted: Error {
    let call: String
    let code: Int32
  }

  #if canImport(Glibc)
    /// `POSIX_SPAWN_SETSID` of glibc, which its headers show to programs that ask for GNU's extensions only.
    private static let newSession: Int16 = 0x80
  #else
    private static let newSession = Int16(POSIX_SPAWN_SETSID)
  #endif

  /// The path of a program; `nil` where it is not installed.
  package static func path(of name: String) -> String? {
    ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// Starts a program, answers each of its prompts, and waits for its end, however long that takes.
  ///
  /// - Parameters:
  ///   - prompt: a word of each prompt, found nowhere else in what is shown.
  ///   - answer: typed after each prompt, with a line end.
  package static func run(
    _ executable: String, _ arguments: [String], answering prompt: String, with answer: String
  ) throws -> Ended {
    var (ours, theirs): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 256)
    guard openpty(&ours, &theirs, &name, nil, nil) == 0 else { throw NotStarted(call: "openpty", code: errno) }
    defer { close(ours) }
    for end in [ours, theirs] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let process = try {
      defer { close(theirs) }
      return try spawn(executable, arguments, terminal: name)
    }()
    let shown = converse(ours, prompt: Array(prompt.utf8), answer: Array("\(answer)\n".utf8))
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Ended(
      exit: signal == 0 ? status >> 8 & 0xFF : 128 + signal, shown: String(decoding: shown, as: UTF8.self))
  }

  /// Reads what is shown until the program closes its terminal.
  private static func converse(_ terminal: Int32, prompt: [UInt8], answer: [UInt8]) -> [UInt8] {
    var shown: [UInt8] = []
    var answered = 0
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(terminal, &buffer, buffer.count)
      guard count > 0 else { return shown }
      shown += buffer.prefix(count)
      while occurrences(of: prompt, in: shown) > answered {
        answered += 1
        guard write(terminal, answer, answer.count) == answer.count else { return shown }
      }
    }
  }

  private static func occurrences(of word: [UInt8], in text: [UInt8]) -> Int {
    guard text.count >= word.count else { return 0 }
    return (0...text.count - word.count).count { text[$0...].starts(with: word) }
  }

  /// As the leader of a session of its own, whose first terminal is the one that it opens.
  private static func spawn(_ executable: String, _ arguments: [String], terminal: [CChar]) throws -> pid_t {
    #if canImport(Glibc)
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    #else
      var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?)
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    for target: Int32 in [1, 2] { posix_spawn_file_actions_adddup2(&actions, 0, target) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, newSession)
    let copies = ([executable] + arguments).map { strdup($0) }
    defer { copies.forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, executable, &actions, &attributes, copies + [nil], [nil])
    guard code == 0 else { throw NotStarted(call: "posix_spawn \(executable)", code: code) }
    return process
  }
}
