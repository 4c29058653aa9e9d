import Rendering

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What must hold for the process before anything else runs.
package enum ProcessSetup {
  /// What is set for good.
  package static func prepare() {
    // A closed pipe is an error of a write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    // Whatever is made is for its owner only.
    umask(0o077)
  }

  /// Makes archives hold names outside ASCII; numbers stay in the C locale. To be called while no other thread runs.
  package static func prepareArchives() {
    setlocale(LC_CTYPE, "C.UTF-8")
  }

  /// Addresses that threads with their stacks, and packing with its tables, need at the same time.
  private static let addressSpace = 512 << 20

  /// Where addresses are scarce the system's pool of threads waits for one without end, and packing calls good archives
  /// damaged: it is said instead, before anything begins.
  package static func checkAddressSpace() throws {
    #if canImport(Glibc)
      let kind = __rlimit_resource_t(RLIMIT_AS.rawValue)
    #else
      let kind = RLIMIT_AS
    #endif
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < rlim_t(addressSpace) else { return }
    throw Failure(
      .failed,
      "this process may use \(humanSize(bytes: Int64(limit.rlim_cur))) of addresses, and needs "
        + "\(humanSize(bytes: Int64(addressSpace))); raise the limit: ulimit -v unlimited")
  }

  /// Files that a run has open at the same time at most, its connections among them, and some to spare: the system's pool
  /// of threads opens one now and then, and ends the process where it cannot.
  private static let openFiles = 64

  /// Makes room for so many more open files, as far as the process may, and says it where there is none.
  package static func checkOpenFiles() throws {
    #if canImport(Glibc)
      let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let kind = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0 else { return }
    var free = freeDescriptors(below: limit.rlim_cur)
    // Some that were inherited may lie above the limit, which was lowered since.
    while free < openFiles, limit.rlim_cur < min(limit.rlim_max, rlim_t(mostAsked)) {
      limit.rlim_cur = min(limit.rlim_cur + rlim_t(openFiles - free), limit.rlim_max)
      guard setrlimit(kind, &limit) == 0 else { break }
      free = freeDescriptors(below: limit.rlim_cur)
    }
    guard free < openFiles else { return }
    throw Failure(
      .failed, "there is room for \(free) open files, and this needs \(openFiles); raise the limit: ulimit -n 256")
  }

  /// Descriptors above it are not looked at.
  private static let mostAsked = 1024

  /// How many descriptors below a number are not in use.
  private static func freeDescriptors(below limit: rlim_t) -> Int {
    let count = Int(min(limit, rlim_t(mostAsked)))
    var asked = (0..<count).map { pollfd(fd: Int32($0), events: 0, revents: 0) }
    guard poll(&asked, nfds_t(count), 0) >= 0 else { return 0 }
    return asked.count { $0.revents & Int16(POLLNVAL) != 0 }
  }

  /// The system's pool of threads reads the state of its threads there, and ends the process where it cannot.
  package static func checkProcessTable() throws {
    #if os(Linux)
      let path = "/proc/\(getpid())/stat"
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor < 0 else {
        close(descriptor)
        return
      }
      throw Failure(
        .failed, "\(path) cannot be opened: \(String(cString: strerror(errno))); this program needs /proc to be mounted"
      )
    #endif
  }
}
