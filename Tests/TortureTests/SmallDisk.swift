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
    try SmallDisk.run("mount", "-t", "tmpfs", "-o", options, "tmpfs", home.path)
  }

  deinit { try? SmallDisk.run("umount", home.path) }

  func grow(toKibibytes size: Int) throws { try SmallDisk.run("mount", "-o", "remount,size=\(size)k", home.path) }

  /// Fills what is left.
  func fill() {
    let path = home.file("filling")
    try? Data().write(to: URL(fileURLWithPath: path))
    guard let file = FileHandle(forWritingAtPath: path) else { return }
    defer { try? file.close() }
    for size in [1 << 20, 4096] { while (try? file.write(contentsOf: Data(count: size))) != nil {} }
  }

  func unfill() throws { try FileManager.default.removeItem(atPath: home.file("filling")) }

  private static func run(_ command: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()
    guard process.terminationStatus == 0 else {
      throw Record.Fault(description: "\(command.joined(separator: " ")) ended with \(process.terminationStatus)")
    }
  }
}
