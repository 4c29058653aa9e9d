import Foundation
import Support

typealias TemporaryFolder = Support.TemporaryFolder

extension TemporaryFolder {
  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
  }

  func permissions(of name: String) -> mode_t? {
    var status = stat()
    return lstat(file(name), &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  /// Every entry with its bytes; a link or a folder with a word instead.
  func contents() throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      var status = stat()
      guard lstat(file(name), &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG: contents[name] = try Array(Data(contentsOf: URL(fileURLWithPath: file(name))))
      case S_IFLNK: contents[name] = Array("link".utf8)
      default: contents[name] = Array("folder".utf8)
      }
    }
    return contents
  }
}
