import Foundation
import Testing

/// A whole output kept beside the tests. `RECORD=1 swift test --filter RenderingTests` writes it anew; read the difference
/// as code.
enum Golden {
  static func expect(_ text: String, equals name: String, at location: SourceLocation = #_sourceLocation) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
    if getenv("RECORD") != nil { try Data(text.utf8).write(to: file) }
    let kept = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    #expect(kept == text, "\(name) differs; RECORD=1 writes it anew", sourceLocation: location)
  }
}
