import Market

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// This program once more, as a process of its own that may be killed. Blocks; not for a task.
struct TortureChild {
  private let process: pid_t
  private let log: String

  /// - Parameters:
  ///   - arguments: a command line without the program.
  ///   - home: its own; nothing of the environment but the place for temporary files reaches it.
  init(_ arguments: [String], home: String) throws {
    log = home + ".said"
    var environment = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no"]
    if let folder = Environment["TMPDIR"] { environment.append("TMPDIR=\(folder)") }
    process = try TortureChild.spawn([Program.path] + arguments + ["--home", home], environment, saying: log)
  }

  /// Waits for its end.
  ///
  /// - Parameter delay: after so long it is killed.
  /// - Returns: the exit code; the negative number of the signal that ended it.
  func end(killedAfter delay: Duration? = nil) -> Int32 {
    let began = ContinuousClock.now
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if let delay, ContinuousClock.now - began >= delay { kill(process, SIGKILL) }
      usleep(1000)
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : -signal
  }

  /// Holds it where it is.
  func stop() { kill(process, SIGSTOP) }

  func killNow() -> Int32 {
    kill(process, SIGKILL)
    return end()
  }

  /// The last line that it said.
  var lastWords: String {
    var buffer = [UInt8](repeating: 0, count: 2000)
    let file = open(log, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    let length = lseek(file, 0, SEEK_END)
    let count = pread(file, &buffer, buffer.count, max(0, length - off_t(buffer.count)))
    let lines = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
    return lines.last.map(String.init) ?? ""
  }

  private static func spawn(_ arguments: [String], _ environment: [String], saying log: String) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    let words = arguments.map { strdup($0) } + [nil], names = environment.map { strdup($0) } + [nil]
    defer { (words + names).forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, arguments[0], &actions, nil, words, names)
    guard code == 0 else {
      throw Failure(.failed, "\(arguments[0]) cannot be started again: \(String(cString: strerror(code)))")
    }
    return process
  }
}
