import Glibc
import Testing

/// A whole output kept beside the tests. `RECORD=1 swift test --filter ReportsTests` writes it anew; read the
/// difference as code.
enum Golden {
  static func expect(_ text: String, equals name: String, at location: SourceLocation = #_sourceLocation) {
    let path = folder + "/" + name
    if getenv("RECORD") != nil { record(text, at: path) }
    let kept = content(of: path)
    #expect(kept == text, "\(name) differs; RECORD=1 writes it anew", sourceLocation: location)
  }

  private static let folder = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Golden"

  private static func content(of path: String) -> String? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  private static func record(_ text: String, at path: String) {
    guard let file = fopen(path, "wb") else { return }
    defer { fclose(file) }
    fputs(text, file)
  }
}
