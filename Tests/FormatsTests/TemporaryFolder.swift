import Foundation
import Support

typealias TemporaryFolder = Support.TemporaryFolder

extension TemporaryFolder {
  /// The names in it, sorted; `nil` when it cannot be read.
  var names: [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  func permissions(of name: String) -> mode_t? {
    var status = stat()
    return lstat(file(name), &status) == 0 ? status.st_mode & 0o7777 : nil
  }
}
