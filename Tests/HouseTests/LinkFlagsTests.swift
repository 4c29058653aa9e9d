import Foundation
import Testing

#if os(Linux)
  /// How the release binary is linked, as far as it can be told without building it.
  @Suite struct LinkFlagsTests {
    /// - Parameter tools: where the toolchain is said to be.
    private func flags(tools: String) throws -> [Substring] {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flags-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let swift = folder.appendingPathComponent("swift")
      try "#!/bin/sh\necho '  \"runtimeResourcePath\": \"\(tools)/lib/swift\"'\n".write(
        to: swift, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: swift.path)
      let script = Process(), output = Pipe()
      script.executableURL = Repository.root.appendingPathComponent(".ci/link-flags")
      script.arguments = [swift.path, folder.appendingPathComponent("static").path]
      script.standardOutput = output
      try script.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      script.waitUntilExit()
      #expect(script.terminationStatus == 0)
      return text.split { $0 == " " || $0 == "\n" }
    }

    @Test(arguments: ["/nowhere", "/usr"])
    func `no library is looked for beside the binary`(tools: String) throws {
      let flags = try flags(tools: tools)
      #expect(flags.contains("--static-swift-stdlib"))
      #expect(flags.contains("--disable-local-rpath"))
      #expect(!flags.contains { $0.contains("rpath") && $0 != "--disable-local-rpath" })
    }
  }
#endif
