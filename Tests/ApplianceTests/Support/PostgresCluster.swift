#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A PostgreSQL server of its own on a Unix socket in a temporary folder, as an ordinary user.
final class PostgresCluster: Sendable {
  private let home: TemporaryHome

  /// Where the server's programs are; `nil` where there are none.
  static let programs = ["/usr/lib/postgresql/15/bin", "/opt/homebrew/opt/postgresql@15/bin"].first {
    access($0 + "/initdb", X_OK) == 0
  }

  init() async throws {
    home = try TemporaryHome()
    chmod(home.path, 0o755)
    _ = chown(home.path, PostgresCluster.user, PostgresCluster.user)
    try await run(
      "initdb -D \(home.path)/data -A trust -U market -E UTF8 --locale=C -N && pg_ctl -D \(home.path)/data -w -l \(home.path)/log "
        + "-o \"-c listen_addresses='' -k \(home.path) -c fsync=off -c timezone=UTC \(descriptors)\" start || { cat \(home.path)/log; false; }"
    )
  }

  /// The server counts what the tests beside it hold open and hand on, and by itself refuses to start beyond a thousand.
  private let descriptors = "-c max_files_per_process=20000"

  deinit {
    // The server goes when its folder does not answer any more; better told.
    let ended = "\(PostgresCluster.programs ?? "")/pg_ctl -D \(home.path)/data -m immediate stop"
    _ = system(PostgresCluster.asUser("\(ended) >/dev/null 2>&1"))
  }

  /// Loads a script as a person would; what `psql` says where it fails.
  func load(_ script: String) async throws -> ApplianceProcess.Ended {
    try await psql(["-v", "ON_ERROR_STOP=1", "-f", script])
  }

  /// The rows of a query, their cells joined by bars.
  func rows(_ sql: String) async throws -> [String] {
    let ended = try await psql(["-At", "-c", sql])
    guard ended.exit == 0 else { throw Failed(talk: ended.talk) }
    return ended.output.split(separator: "\n").map(String.init)
  }

  struct Failed: Error {
    let talk: String
  }

  private func psql(_ arguments: [String]) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      executable: (PostgresCluster.programs ?? "") + "/psql",
      arguments: ["-X", "-q", "-h", home.path, "-U", "market", "-d", "postgres"] + arguments
    ).run()
  }

  private func run(_ command: String) async throws {
    let ended = try await ApplianceProcess(
      executable: "/bin/sh",
      arguments: ["-c", PostgresCluster.asUser("PATH=\(PostgresCluster.programs ?? ""):$PATH; \(command)")]
    ).run()
    guard ended.exit == 0 else { throw Failed(talk: ended.talk + ended.output) }
  }

  /// Nobody in particular, where this process is root, as which the server does not run.
  private static let user: uid_t = geteuid() == 0 ? 65_534 : geteuid()

  private static func asUser(_ command: String) -> String {
    guard geteuid() == 0 else { return command }
    let quoted = command.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    return "cd / && setpriv --reuid \(user) --regid \(user) --clear-groups sh -c '\(quoted)'"
  }
}
