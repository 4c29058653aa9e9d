import Foundation
import Testing

/// Whole outputs, kept in `Golden`. `RECORD_GOLDEN=1` writes them anew; read the difference as code.
enum StatusGolden {
  /// Compares an output with the file of that name, what differs from machine to machine replaced.
  static func expect(
    _ output: String, is name: String, home: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
    let text = neutral(output, home: home)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, sourceLocation: sourceLocation)
  }

  private static func neutral(_ text: String, home: String) -> String {
    text.replacingOccurrences(of: home, with: "/home/ann/markets")
      .replacingOccurrences(of: Child.path, with: "/usr/local/bin/appliance")
      .replacing(/File {6}[^\n]*/, with: "File      SIZE")
      .replacing(/"bytes":[0-9]+/, with: "\"bytes\":1")
      .replacing(/"bytes_per_day":-?[0-9]+/, with: "\"bytes_per_day\":1")
  }
}
