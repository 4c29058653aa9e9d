/// A command line to run a program under whose writes fail where a file would grow beyond a size; the write that crosses
/// it is cut there. Needs no privilege.
enum WriteFault {
  static func at(kibibytes: Int) -> [String] {
    // In blocks of 512 bytes, as POSIX has it.
    ["/bin/sh", "-c", "ulimit -c 0; ulimit -f \(kibibytes * 2); exec \"$@\"", "sh"]
  }
}
