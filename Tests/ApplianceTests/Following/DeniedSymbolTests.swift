import Testing

/// A symbol that is followed though its source knows none of that name.
@Suite struct DeniedSymbolTests {
  private func ingest(_ directory: Directory, _ flags: String...) async throws -> ApplianceProcess.Ended {
    try await ApplianceProcess(
      arguments: ["ingest", "--only", "prices", "--asset", "XXINVALID", "--home", directory.home.path] + flags,
      environment: ["APPLIANCE_NOW": "2025-09-19T22:30:00Z", "APPLIANCE_YAHOO_BASE_URL": directory.server.url]
    ).run()
  }

  @Test func `it fails once, is then told without being asked, and stays in trouble`() async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "XXINVALID", "--class", "fund", "--offline")
    #expect(try await ingest(directory).exit == 1)
    let asked = directory.server.requests.count
    let again = try await ingest(directory)
    #expect(again.exit == 0)
    #expect(again.output.contains("skipped: was not known to Yahoo Finance less than a day ago"))
    #expect(again.output.contains("`series remove XXINVALID --source yahoo`"))
    #expect(directory.server.requests.count == asked)
    #expect(try await directory.appliance("status").output.contains("XXINVALID"))
    #expect(try await ingest(directory, "--retry-failed").exit == 1)
    #expect(directory.server.requests.count > asked)
  }

  @Test func `under another symbol it is asked at once`() async throws {
    let directory = try Directory()
    _ = try await directory.appliance("asset", "add", "XXINVALID", "--class", "fund", "--offline")
    _ = try await ingest(directory)
    let edit = try await directory.appliance("asset", "edit", "XXINVALID", "--symbol", "yahoo=ACME", "--offline")
    #expect(edit.exit == 0)
    #expect(!(try await ingest(directory)).output.contains("skipped: was not known"))
    #expect(directory.server.requests.last?.path.hasSuffix("/ACME") == true)
  }
}
