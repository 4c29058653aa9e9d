import Support

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A home of its own for one test, removed with what is in it. In memory where the system has such a place.
final class TemporaryHome: Sendable {
  let path: String

  init() throws {
    // As long in both places, as texts that name it are wrapped.
    let name = TemporaryFolder.isInMemory ? "/dev/shm/appliance-hXXXXXX" : "/tmp/appliance-home-XXXXXX"
    var template = Array(name.utf8CString)
    guard mkdtemp(&template) != nil else { throw SpawnError(call: "mkdtemp", code: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { TemporaryHome.remove(path) }

  var database: String { file("appliance.db") }
  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Runs the program with this home, its clock set unless the environment says otherwise.
  ///
  /// - Parameter arguments: the command first; `--home` is added.
  func appliance(
    _ arguments: String..., environment: [String: String] = [:], input: [UInt8] = [],
    output: ApplianceProcess.Output = .captured
  ) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: arguments + ["--home", path],
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z"].merging(environment) { $1 }, input: input, output: output
    ).run()
  }

  /// The names in it or in a folder of it, sorted.
  func names(_ folder: String? = nil) -> [String] {
    TemporaryHome.names(folder.map(file) ?? path).sorted()
  }

  /// The text of a file; `nil` where there is none.
  func text(_ name: String) -> String? {
    guard let file = fopen(self.file(name), "rb") else { return nil }
    defer { fclose(file) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: content, as: UTF8.self) }
      content += buffer[..<count]
    }
  }

  private static func names(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func remove(_ path: String) {
    for name in names(path) {
      if unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
    }
    rmdir(path)
  }
}
