import Dispatch
import Support
import seeds

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The built `appliance`, started as a person or a script would start it.
struct ApplianceProcess: Sendable {
  /// Where its standard output goes.
  enum Output: Sendable {
    case captured
    /// A pipe that nobody reads.
    case closedPipe
    /// A file or device that is there, such as `/dev/full`.
    case device(String)
    /// A terminal so many columns wide. What it shows is captured; its line ends are `\r\n`.
    case terminal(columns: Int)
    /// One terminal for standard output and standard error, as a person has it.
    case screen(columns: Int, rows: Int = 24)
  }

  /// How a run ended and what it wrote.
  struct Ended: Sendable {
    /// The exit code; for one that a signal ended, 128 and the signal's number.
    let exit: Int32
    let outputBytes: [UInt8]
    let talkBytes: [UInt8]

    /// Standard output.
    var output: String { String(decoding: outputBytes, as: UTF8.self) }
    /// Standard error.
    var talk: String { String(decoding: talkBytes, as: UTF8.self) }
  }

  var executable = ApplianceProcess.beside
  var arguments: [String]
  /// Besides `PATH`, `HOME` (a folder that is not there) and what the loader needs; nothing else is inherited.
  var environment: [String: String] = [:]
  var input: [UInt8] = []
  var output = Output.captured

  /// Starts it and waits for its end, on a thread of its own, however long that takes.
  func run() async throws -> Ended {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try runBlocking() })
      }
    }
  }

  /// The program in the folder of the bundle that holds these tests.
  static let beside: String = {
    var bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
    #if canImport(Glibc)
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = buffer.withUnsafeMutableBytes { bytes in
        readlink("/proc/self/exe", bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
      }
      if count > 0 { bundle = String(decoding: buffer.prefix(count), as: UTF8.self) }
    #endif
    let parts = bundle.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.prefix { !$0.hasSuffix(".xctest") }
    return (folder.count < parts.count ? folder : parts.dropLast()).joined(separator: "/") + "/appliance"
  }()
}

// MARK: - Starting and waiting

extension ApplianceProcess {
  private func runBlocking() throws -> Ended {
    let standardInput = try Descriptor.scratch(holding: input)
    let talk = try Descriptor.scratch()
    let (childEnd, ourEnd) = try openOutput()
    let errors = if case .screen = output { childEnd.number } else { talk.number }
    let process = try spawn([standardInput.number, childEnd.number, errors])
    if ourEnd != nil { childEnd.close() }
    let shown = ourEnd?.readToEnd()
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Ended(
      exit: signal == 0 ? status >> 8 & 0xFF : 128 + signal, outputBytes: shown ?? childEnd.contents(),
      talkBytes: talk.contents())
  }

  /// What the child writes to, and for a terminal the end that we read.
  private func openOutput() throws -> (child: Descriptor, ours: Descriptor?) {
    switch output {
    case .captured: return (try .scratch(), nil)
    case .device(let path): return (try Descriptor("open", open(path, O_WRONLY | O_CLOEXEC)), nil)
    case .closedPipe:
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { throw SpawnError(call: "pipe", code: errno) }
      close(ends[0])
      return (try Descriptor("pipe", ends[1]), nil)
    case .terminal(let columns): return try openTerminal(columns: columns, rows: 24)
    case .screen(let columns, let rows): return try openTerminal(columns: columns, rows: rows)
    }
  }

  private func openTerminal(columns: Int, rows: Int) throws -> (child: Descriptor, ours: Descriptor?) {
    var ends: (ours: Int32, child: Int32) = (-1, -1)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&ends.ours, &ends.child, nil, nil, &size) == 0 else {
      throw SpawnError(call: "openpty", code: errno)
    }
    let (ours, child) = (try Descriptor("openpty", ends.ours), try Descriptor("openpty", ends.child))
    return (child, ours)
  }

  private func spawn(_ descriptors: [Int32]) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
    }
    var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "SWIFT_BACKTRACE": "enable=no"]
    variables.merge(Universe.onlyTwoCoins) { $1 }
    if let path = getenv("LD_LIBRARY_PATH") { variables["LD_LIBRARY_PATH"] = String(cString: path) }
    variables.merge(environment) { $1 }
    // As if it were found in PATH, so that what it says of itself is the same everywhere.
    let name = executable == ApplianceProcess.beside ? "appliance" : executable
    var process: pid_t = 0
    let code = withCStrings([name] + arguments) { arguments in
      withCStrings(variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { variables in
        posix_spawn(&process, executable, &actions, nil, arguments, variables)
      }
    }
    guard code == 0 else { throw SpawnError(call: "posix_spawn \(executable)", code: code) }
    return process
  }

  private func withCStrings<T>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T) -> T {
    let copies = texts.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }
}

/// What the system said no to.
struct SpawnError: Error {
  let call: String
  let code: Int32
}

/// An open file of the system, closed with this value.
private final class Descriptor {
  let number: Int32
  private var isOpen = true

  init(_ call: String, _ number: Int32) throws {
    guard number >= 0 else { throw SpawnError(call: call, code: errno) }
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    self.number = number
  }

  deinit { close() }

  func close() {
    if isOpen { _ = closeDescriptor(number) }
    isOpen = false
  }

  /// A file without a name, at its beginning.
  static func scratch(holding content: [UInt8] = []) throws -> Descriptor {
    var template = Array("/tmp/appliance-tests-XXXXXX".utf8CString)
    let file = try Descriptor("mkstemp", mkstemp(&template))
    unlink(template)
    var written = 0
    while written < content.count {
      let count = content.withUnsafeBytes {
        pwrite(file.number, $0.baseAddress! + written, $0.count - written, off_t(written))
      }
      guard count > 0 else { throw SpawnError(call: "pwrite", code: errno) }
      written += count
    }
    return file
  }

  /// All that a file holds.
  func contents() -> [UInt8] {
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(number, &buffer, buffer.count, off_t(content.count))
      guard count > 0 else { return content }
      content += buffer.prefix(count)
    }
  }

  /// All that comes until the other end is closed.
  func readToEnd() -> [UInt8] {
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(number, &buffer, buffer.count)
      if count > 0 {
        content += buffer.prefix(count)
      } else if count == 0 || errno != EINTR {
        return content
      }
    }
  }
}

private func closeDescriptor(_ number: Int32) -> Int32 { close(number) }
