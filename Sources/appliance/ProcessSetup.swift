#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What must hold for the process before anything else runs.
enum ProcessSetup {
  static func prepare() {
    // A closed pipe is an error of a write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    // Names outside ASCII in archives; numbers stay in the C locale.
    setlocale(LC_CTYPE, "C.UTF-8")
    // Whatever is made is for its owner only.
    umask(0o077)
  }
}
