import CStart
import Formats
import Store
import Synchronization
import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program that runs.
package enum Program {
  /// As it is called.
  package static let name = "appliance"

  private static let handed = Mutex<(any Wiring)?>(nil)

  /// Hands over what the commands are made of. `main` does so once, before anything is parsed.
  package static func use(_ wiring: any Wiring) { handed.withLock { $0 = wiring } }

  /// What was handed over.
  ///
  /// - Throws: a failure where nothing was, which is a mistake of `main`'s.
  package static func wiring() throws(Failure) -> any Wiring {
    guard let wiring = handed.withLock({ $0 }) else {
      throw Failure(.failed, "the commands were not told what the program is made of")
    }
    return wiring
  }

  /// What it was called with, its own name first: from `main` itself, so that no file need be opened for it.
  package static let arguments: [String] = (0..<appliance_argument_count()).compactMap { place in
    appliance_argument(place).map { String(cString: $0) }
  }

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
    if isKnown { return String(decoding: bytes, as: UTF8.self) }
    return appliance_started_file().map { String(cString: $0) } ?? arguments.first ?? name
  }()

  /// Names and versions of the libraries in use. Asking them loads them.
  static var libraries: [String] { ["SQLite \(Store.sqliteVersion)", curlVersion, archiveVersion] }

  /// What it was told to do, for the record: the arguments without the program.
  package static var commandLine: String { arguments.dropFirst().joined(separator: " ") }
}
