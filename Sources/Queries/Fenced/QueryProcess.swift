import CSQLite
import Dispatch
import Formats
import Store
import Synchronization
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The process that answers: it reads what is asked from standard input, gives up every right that it does not need,
/// puts the question to `GuardedQuery`, and writes frames to standard output.
package enum QueryProcess {
  /// The one argument with which the program is called for it.
  package static let argument = "--answer-questions"

  /// Does all of it. The process does nothing before and nothing afterwards.
  package static func serve() {
    Rights.endWithReader()
    // Less what whoever reads the answer takes.
    let spent = Mutex(ElapsedTime())
    let output = DescriptorSink(STDOUT_FILENO, name: "the one who asks")
    let frames = QueryFrameWriter { bytes in try spent.withLock { try $0.pausing { try output.write(bytes) } } }
    do {
      try answer(try QueryRequest(try input()), to: frames) { spent.withLock { $0.duration } }
    } catch {
      // Nobody can be told that nobody listens.
      try? frames.fail(error)
    }
  }

  private static func answer(_ request: QueryRequest, to frames: QueryFrameWriter, _ elapsed: @escaping () -> Duration)
    throws
  {
    Rights.bound(memory: request.limits.memory, time: request.limits.time)
    let door = GuardedQuery(request.path, asOf: request.asOf, limits: request.limits, elapsed: elapsed)
    let answer = try door.answer(request.queries, ready: Rights.giveUpFiles) { columns in
      frames.begin(columns)
      return frames
    }
    try frames.finish(answer)
  }

  private static func input() throws -> [UInt8] {
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count > 0 {
        content += buffer.prefix(count)
      } else if count == 0 {
        return content
      } else if errno != EINTR {
        throw FileError.failed(.read, path: "standard input", code: errno)
      }
    }
  }
}

/// What the process that answers may do, less and less.
private enum Rights {
  /// Whoever asks may be killed, and nobody else would end an endless question: the process ends when nobody can read
  /// its answer any more.
  static func endWithReader() {
    DispatchQueue(label: "reader").async {
      var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
      while poll(&output, 1, -1) < 0 { guard errno == EINTR else { return } }
      _exit(1)
    }
  }

  /// SQLite's memory, then the whole process's, and its time on the processor.
  static func bound(memory: Int, time: Duration?) {
    sqlite3_hard_heap_limit64(Int64(memory))
    set(RLIMIT_CORE, 0)
    #if os(Linux)
      if let size = addressSpace() { set(RLIMIT_AS, size + memory + 64 << 20) }
    #endif
    if let time { set(RLIMIT_CPU, Int(time.components.seconds) + 2) }
  }

  /// No file can be opened any more, and none made longer. The connection has what it needs.
  static func giveUpFiles() {
    signal(SIGXFSZ, SIG_IGN)
    set(RLIMIT_FSIZE, 0)
    // One, which is standard input: to wait for one file takes a limit of one.
    set(RLIMIT_NOFILE, 1)
  }

  /// Bytes of address space in use now.
  private static func addressSpace() -> Int? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    let digits = line.prefix { $0 >= 48 && $0 <= 57 }.map { UInt8(bitPattern: $0) }
    return Int(String(decoding: digits, as: UTF8.self)).map { $0 * Int(getpagesize()) }
  }

  #if canImport(Glibc)
    private typealias Resource = __rlimit_resource
  #else
    private typealias Resource = Int32
  #endif

  /// A limit that is out of reach stays as it is.
  private static func set(_ resource: Resource, _ value: Int) {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(resource.rawValue)
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = min(rlim_t(value), limit.rlim_max)
    limit.rlim_max = limit.rlim_cur
    setrlimit(resource, &limit)
  }
}
