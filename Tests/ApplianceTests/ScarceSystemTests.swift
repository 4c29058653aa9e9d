import Foundation
import Support
import Testing

#if os(Linux)
  /// The program where the system gives it less than it usually does: it says so in a sentence, or does without.
  @Suite struct ScarceSystemTests {
    static let strace = "/usr/bin/strace"
    static let hasStrace = access(strace, X_OK) == 0

    let scratch: Scratch
    init() throws { scratch = try Scratch() }

    /// - Parameter faults: what strace does to the process: `-e inject=…`.
    private func run(_ arguments: [String], faults: [String]) async throws -> ApplianceProcess.Ended {
      // With -D the traced process keeps the number of the shell, so that a path may name it.
      let script = "exec \(Self.strace) -f -D -qq -o /dev/null \(faults.joined(separator: " ")) \"$0\" \"$@\""
      return try await ApplianceProcess(
        executable: "/bin/sh", arguments: ["-c", script, ApplianceProcess.beside] + arguments
      ).run()
    }

    private func filled() async throws {
      let made = try await ApplianceProcess(
        arguments: ["ingest", "--replay", "demo", "--no-backup", "--quiet", "--home", scratch.path]
      ).run()
      #expect(made.exit == 0)
    }

    @Test(.enabled(if: hasStrace, "strace is not installed"), arguments: ["ENOENT", "EMFILE", "EACCES"])
    func `the arguments are those of main, whatever can be opened`(error: String) async throws {
      let faults = ["-P /proc/self/maps", "-e trace=openat", "-e inject=openat:error=\(error)"]
      let asked = try await run(["calendar-that-is-none"], faults: faults)
      #expect(asked.exit == 64)
      #expect(asked.talk.contains("calendar-that-is-none"))
      let status = try await run(["status", "--home", scratch.path], faults: faults)
      #expect(status.exit == 10)
      let version = try await run(["--version"], faults: faults)
      #expect(version.output.hasPrefix("appliance 0.1.0"))
    }

    @Test(arguments: [8, 12, 20, 40])
    func `too few open files are told before anything begins`(limit: Int) async throws {
      try await filled()
      for command in [["status"], ["ingest", "--offline"], ["show", "BTC"], ["backup", "create"]] {
        let ended = try await ApplianceProcess(
          executable: "/bin/sh",
          arguments: ["-c", "ulimit -n \(limit) && exec \"$0\" \"$@\"", ApplianceProcess.beside] + command
            + ["--home", scratch.path]
        ).run()
        #expect(ended.exit == 1, "\(command)")
        #expect(ended.talk.hasPrefix("appliance: there is room for "), "\(command)")
        #expect(ended.talk.contains("ulimit -n"))
      }
    }

    @Test func `where more may be had it is taken`() async throws {
      try await filled()
      let ended = try await ApplianceProcess(
        executable: "/bin/sh",
        arguments: ["-c", "ulimit -S -n 12 && exec \"$0\" \"$@\"", ApplianceProcess.beside, "export", "ohlc_hourly"]
          + ["--home", scratch.path]
      ).run()
      #expect(!ended.talk.contains("room"))
      #expect(ended.exit == 0)
    }

    @Test(.enabled(if: hasStrace, "strace is not installed"))
    func `without a table of processes it says so, and is not ended by a signal`() async throws {
      try await filled()
      let faults = ["-P /proc/$$/stat", "-e trace=openat", "-e inject=openat:error=ENOENT"]
      let ended = try await run(["export", "ohlc_hourly", "--home", scratch.path], faults: faults)
      #expect(ended.exit == 1)
      #expect(ended.talk.contains("/stat cannot be opened: No such file or directory"))
    }

    @Test(.enabled(if: hasStrace, "strace is not installed"), arguments: ["ENOLCK", "EIO", "EOPNOTSUPP"])
    func `a lock that the system does not give is held by nobody`(error: String) async throws {
      let faults = ["-e trace=flock", "-e inject=flock:error=\(error)"]
      let ended = try await run(["ingest", "--offline", "--home", scratch.path], faults: faults)
      #expect(ended.exit == 1)
      #expect(ended.talk.contains("appliance.db.lock cannot be locked"))
      #expect(!ended.talk.contains("another run"))
      try await filled()
      let status = try await run(["status", "--home", scratch.path], faults: faults)
      #expect(status.output.contains("nobody"))
    }

    @Test(.enabled(if: hasStrace, "strace is not installed"))
    func `nor is it said that somebody holds it where SQLite gets none`() async throws {
      try await filled()
      let faults = ["-e trace=fcntl", "-e inject=fcntl:error=ENOLCK"]
      let status = try await run(["status", "--home", scratch.path], faults: faults)
      #expect(status.exit == 1)
      #expect(status.talk.contains("or its file system knows no locks"))
    }

    @Test(.enabled(if: hasStrace, "strace is not installed"))
    func `a lock that a signal interrupts is asked for again`() async throws {
      let faults = ["-e trace=flock", "-e inject=flock:error=EINTR:when=1..3"]
      let ended = try await run(
        ["ingest", "--replay", "demo", "--no-backup", "--quiet", "--home", scratch.path], faults: faults)
      #expect(ended.exit == 0)
    }
  }
#endif
