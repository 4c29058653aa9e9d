#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Starting another process: spawned and never forked, since a database may be open.
package enum ChildProcess {
  /// Where a standard stream of the child goes.
  package enum Stream: Sendable {
    /// To a descriptor that is open here.
    case descriptor(Int32)
    /// Nowhere.
    case null
  }

  /// Why a child could not be started: the system's own words.
  package struct Failure: Error, CustomStringConvertible, Sendable {
    /// An `errno`.
    package let code: Int32
    /// The system's words for `code`.
    package var description: String { String(cString: strerror(code)) }
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the program's path first.
  ///   - environment: `NAME=value`, all that it gets.
  /// - Returns: its process number, which somebody must wait for.
  package static func spawn(
    _ arguments: [String], environment: [String], input: Stream = .null, output: Stream = .null, error: Stream = .null
  ) throws(Failure) -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in [input, output, error].enumerated() {
      let target = Int32(number)
      switch stream {
      case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, target)
      case .null:
        posix_spawn_file_actions_addopen(&actions, target, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0)
      }
    }
    let words = arguments.map { strdup($0) }, names = environment.map { strdup($0) }
    defer { (words + names).forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, arguments[0], &actions, nil, words + [nil], names + [nil])
    guard code == 0 else { throw Failure(code: code) }
    return process
  }
}
