import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whole outputs, kept in files: `Golden/<name>.txt`. With `RECORD_GOLDEN=1` in the environment they are written anew.
enum Golden {
  private static let folder =
    "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false)
    .dropLast(2).joined(separator: "/") + "/Golden"

  static func expect(
    _ text: String, isGolden name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = "\(folder)/\(name).txt"
    // Where a temporary home lies differs from run to run.
    let text = text.replacing(/\/(?:tmp\/appliance-home-|dev\/shm\/appliance-h)[A-Za-z0-9]{6}/, with: "HOME")
    if getenv("RECORD_GOLDEN") != nil {
      let file = try #require(fopen(path, "wb"), sourceLocation: sourceLocation)
      fputs(text, file)
      fclose(file)
    }
    let golden = try #require(
      read(path), "there is no \(path); RECORD_GOLDEN=1 writes it", sourceLocation: sourceLocation)
    #expect(text == golden, "\(name) differs", sourceLocation: sourceLocation)
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: content, as: UTF8.self) }
      content += buffer[..<count]
    }
  }
}
