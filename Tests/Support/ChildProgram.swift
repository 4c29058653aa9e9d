import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that a test starts beside itself. It is spawned and gets no descriptor but its three streams: hundreds of tests
/// run at once in one process, and whatever a neighbour has open must not live on in it. Foundation's own way to start one
/// reads what its neighbours change.
public final class ChildProgram: Sendable {
  /// Where a stream of it comes from or goes to.
  public enum Stream: Sendable {
    case nowhere
    /// A descriptor that is open here, and stays so.
    case descriptor(Int32)
    /// A file, written anew, or read.
    case file(String)
  }

  /// What the system said no to.
  public struct NotStarted: Error, CustomStringConvertible {
    public let program: String
    public let code: Int32
    public var description: String { "\(program): \(String(cString: strerror(code)))" }
  }

  public let processID: Int32
  private let ended: Ending

  /// Starts it.
  ///
  /// - Parameters:
  ///   - command: the path of the program, then its arguments.
  ///   - environment: all that it gets; by default what this process has.
  ///   - folder: where it runs; by default here.
  public init(
    _ command: [String], environment: [String: String] = ProcessInfo.processInfo.environment, in folder: String? = nil,
    input: Stream = .nowhere, output: Stream = .nowhere, errors: Stream = .nowhere
  ) throws {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, stream) in [input, output, errors].enumerated() {
      let target = Int32(number), how = number == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
      switch stream {
      case .nowhere:
        posix_spawn_file_actions_addopen(&actions, target, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0)
      case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, target)
      case .file(let path): posix_spawn_file_actions_addopen(&actions, target, path, how, 0o600)
      }
    }
    if let folder { _ = changeFolder(&actions, folder) }
    #if canImport(Glibc)
      _ = closeAll(&actions, 3)
    #else
      posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_CLOEXEC_DEFAULT))
    #endif
    let words = command.map { strdup($0) }, names = environment.map { strdup("\($0)=\($1)") }
    defer { (words + names).forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, command[0], &actions, &attributes, words + [nil], names + [nil])
    guard code == 0 else { throw NotStarted(program: command[0], code: code) }
    processID = process
    ended = Ending(of: process)
  }

  /// Sends it a signal, if it has not ended.
  public func signal(_ number: Int32) { ended.signal(number) }

  /// Waits for its end: the exit code, or the negative number of the signal that ended it.
  public func end() async -> Int32 {
    await withCheckedContinuation { continuation in ended.tell { continuation.resume(returning: $0) } }
  }

  /// As `end()`, for callers that block.
  @discardableResult
  public func waitForEnd() -> Int32 { ended.wait() }

  /// Runs a program to its end and reads what it says on one stream or both.
  ///
  /// - Returns: the exit code as of `end()`, and what was said.
  public static func run(
    _ command: [String], in folder: String? = nil, withErrors: Bool = false
  ) throws -> (code: Int32, said: String) {
    let output = Pipe()
    let writing = output.fileHandleForWriting.fileDescriptor
    let child = try ChildProgram(
      command, in: folder, output: .descriptor(writing), errors: withErrors ? .descriptor(writing) : .nowhere)
    try output.fileHandleForWriting.close()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return (child.waitForEnd(), said)
  }

  /// Writes a script that can be run at once. A child writes it: a file that is open for writing in a process that spawns
  /// cannot be executed by anybody until that has ended.
  public static func script(_ body: String, at path: String) throws {
    let writing = ["/bin/sh", "-c", #"printf '#!/bin/sh\n%s\n' "$1" > "$2" && chmod 700 "$2""#, "sh", body, path]
    guard try ChildProgram(writing).waitForEnd() == 0 else { throw NotStarted(program: path, code: EIO) }
  }
}

#if canImport(Glibc)
  // glibc's headers show these to programs that ask for its extensions only.
  @_silgen_name("posix_spawn_file_actions_addchdir_np")
  private func changeFolder(
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ folder: UnsafePointer<CChar>
  ) -> Int32
  @_silgen_name("posix_spawn_file_actions_addclosefrom_np")
  private func closeAll(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32) -> Int32
#else
  private let changeFolder = posix_spawn_file_actions_addchdir_np
#endif

/// The end of one process, seen by a thread that waits for nothing else, so that none is left behind by who does not wait.
private final class Ending: Sendable {
  private let process: pid_t
  private let state = NSCondition()
  nonisolated(unsafe) private var code: Int32?
  nonisolated(unsafe) private var waiting: [@Sendable (Int32) -> Void] = []

  init(of process: pid_t) {
    self.process = process
    Thread.detachNewThread { self.watch() }
  }

  private func watch() {
    // It is left as it is until the code is noted, so that no signal goes to another process of its number.
    var seen = siginfo_t()
    while waitid(P_PID, id_t(process), &seen, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    state.lock()
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F, ended = signal == 0 ? status >> 8 & 0xFF : -signal
    code = ended
    let told = waiting
    state.broadcast()
    state.unlock()
    for tell in told { tell(ended) }
  }

  /// Calls back with the code: at once, or from the thread that waits for the end.
  func tell(_ told: @escaping @Sendable (Int32) -> Void) {
    state.lock()
    let known = code
    if known == nil { waiting.append(told) }
    state.unlock()
    if let known { told(known) }
  }

  func wait() -> Int32 {
    state.lock()
    defer { state.unlock() }
    while code == nil { state.wait() }
    return code ?? 0
  }

  func signal(_ number: Int32) {
    state.lock()
    defer { state.unlock() }
    if code == nil { kill(process, number) }
  }
}
