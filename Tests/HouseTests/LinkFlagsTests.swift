import Foundation
import Support
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
      try ChildProgram.script(#"echo '  "runtimeResourcePath": "\#(tools)/lib/swift"'"#, at: swift.path)
      let script = Repository.root.appendingPathComponent(".ci/link-flags").path
      let (code, text) = try ChildProgram.run([script, swift.path, folder.appendingPathComponent("static").path])
      #expect(code == 0)
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
