import Foundation

/// A file system of a few kibibytes in memory, for as long as this lives.
final class SmallDisk: Sendable {
  static let missing = "this place does not let a file system be mounted"
  static let canMount = (try? SmallDisk(kibibytes: 64)) != nil

  let home: Home

  /// - Parameter files: how many files and folders fit besides the home itself; many unless given.
  init(kibibytes: Int, files: Int = 10_000) throws {
    home = try Home()
    let options = "size=\(kibibytes)k,nr_inodes=\(files + 1),mode=700"
    try runQuietly(["mount", "-t", "tmpfs", "-o", options, "tmpfs", home.path])
  }

  deinit { try? runQuietly(["umount", home.path]) }

  func grow(toKibibytes size: Int) throws { try runQuietly(["mount", "-o", "remount,size=\(size)k", home.path]) }

  /// Fills what is left.
  func fill() {
    let path = home.file("filling")
    try? Data().write(to: URL(fileURLWithPath: path))
    guard let file = FileHandle(forWritingAtPath: path) else { return }
    defer { try? file.close() }
    for size in [1 << 20, 4096] { while (try? file.write(contentsOf: Data(count: size))) != nil {} }
  }

  func unfill() throws { try FileManager.default.removeItem(atPath: home.file("filling")) }
}
