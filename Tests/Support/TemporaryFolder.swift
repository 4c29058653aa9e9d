import Foundation

/// A folder of its own for one test, for its owner only; removed with everything in it. In memory where the system has such
/// a place: what is waited for there is there at once.
public final class TemporaryFolder: Sendable {
  /// Absolute, without links and without a slash at the end.
  public let path: String

  /// Whether there is such a place, with room for thousands of them at once.
  public static let isInMemory: Bool = {
    var room = statvfs()
    guard statvfs("/dev/shm", &room) == 0, UInt64(room.f_bavail) * UInt64(room.f_frsize) >= 4 << 30 else {
      return false
    }
    return FileManager.default.isWritableFile(atPath: "/dev/shm")
  }()

  /// Where folders of tests lie.
  public static let parent =
    isInMemory
    ? "/dev/shm" : URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path

  public init() throws {
    path = "\(TemporaryFolder.parent)/appliance-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  // A folder left behind does no harm.
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file with those permissions.
  public func write(_ text: String, to name: String, permissions: Int = 0o600) throws {
    try text.write(toFile: file(name), atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file(name))
  }
}
