import Testing

@testable import Commands

@Suite struct GlobalOptionsTests {
  @Test(
    arguments: [
      (["status", "--json"], ["status", "--json"]), (["--json", "status"], ["status", "--json"]),
      (["--home", "x", "-v", "show", "BTC"], ["show", "BTC", "--home", "x", "-v"]),
      (["--db=y", "query", "--", "-1"], ["query", "--db=y", "--", "-1"]), (["--json"], ["--json"]),
      (["--json", "--help"], ["--json", "--help"]), (["--unknown", "status"], ["--unknown", "status"]),
    ] as [([String], [String])])
  func `flags of every command are as good before it`(typed: [String], parsed: [String]) {
    #expect(GlobalOptions.movedBehindCommand(typed) == parsed)
  }
}
