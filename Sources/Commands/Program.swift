#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program that runs.
enum Program {
  /// Its file, absolute; the name it was called by where the system does not tell.
  static let path: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    #if canImport(Glibc)
      let isKnown = readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0
    #else
      var size = UInt32(buffer.count)
      let isKnown = _NSGetExecutablePath(&buffer, &size) == 0
    #endif
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return isKnown ? String(decoding: bytes, as: UTF8.self) : CommandLine.arguments.first ?? "appliance"
  }()
}
