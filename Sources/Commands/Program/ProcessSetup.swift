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
}
