import Testing

#if os(Linux) && arch(x86_64)
  /// What the program brings into memory before it has done anything, as the system's loader tells it.
  @Suite struct StartTests {
    /// They bring forty more; libxml2 alone brings 35 MB of ICU.
    static let late = ["libcurl", "libarchive", "libxml2", "libzstd", "libicu"]

    /// The libraries that a call brought in, at its start or later.
    private static func loaded(_ arguments: String...) async throws -> [Substring] {
      let call = try await Child.run(arguments: arguments, environment: ["LD_DEBUG": "files"])
      return call.talk.split(separator: "\n").filter { $0.contains("generating link map") }
    }

    @Test func `the loader is told of no library that only some commands need`() async throws {
      let start = try await Child.run("help", environment: ["LD_TRACE_LOADED_OBJECTS": "1"])
      #expect(start.output.contains("libsqlite3"))
      #expect(Self.late.filter(start.output.contains) == [])
    }

    @Test func `help and status load no library that only some commands need`() async throws {
      let record = try StatusRecord()
      _ = try record.fresh()
      for call in [try await Self.loaded("help"), try await Self.loaded("status", "--home", record.scratch.path)] {
        #expect(call.contains { $0.contains("libsqlite3") })
        #expect(call.filter { line in Self.late.contains(where: line.contains) } == [])
      }
    }

    @Test func `a library is loaded by the first call of its functions`() async throws {
      let call = try await Self.loaded("--version")
      #expect(call.contains { $0.contains("libcurl") })
      #expect(call.contains { $0.contains("libarchive") })
    }
  }
#endif
