import Foundation

/// A home of its own for a test, removed afterwards. In memory where the system has such a place: a process is killed
/// here, not the machine.
final class Home: Sendable {
  let path: String

  init() throws { path = try Home.makeFolder() }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var database: String { path + "/appliance.db" }
  var backups: String { path + "/backups" }

  func file(_ name: String) -> String { path + "/" + name }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
  }

  /// Names of all files below the home, sorted.
  var files: [String] {
    let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return all.filter { !Home.isFolder(file($0)) }.sorted()
  }

  /// Archives that bear a final name.
  var archives: [String] {
    files.filter { name in
      name.hasPrefix("backups/appliance_") && [".tar.zst", ".tar.zst.age"].contains { name.hasSuffix($0) }
    }
  }

  /// What is never to be found under a final name, and goes with the next command.
  var scratch: [String] { files.filter { $0.contains(".scratch-") } }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: file(name))) }

  /// Puts files there, by name; the database of a template as `appliance.db`.
  func fill(_ content: [String: Data]) throws {
    for (name, bytes) in content {
      let url = URL(fileURLWithPath: file(name))
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try bytes.write(to: url)
    }
  }

  /// Everything that lies there, by name.
  func content() throws -> [String: Data] {
    try Dictionary(uniqueKeysWithValues: files.map { ($0, try bytes($0)) })
  }

  static func makeFolder() throws -> String {
    let memory = "/dev/shm"
    let parent = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    var template = Array((parent + "/appliance-torture-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
