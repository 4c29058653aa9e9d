import ArgumentParser
import Markets
import Testing

@testable import Commands

@Suite struct UsageMessageTests {
  /// The program as far as these tests go.
  private struct Root: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "appliance", subcommands: [CalendarCommand.self, CompletionsCommand.self, ExportCommand.self])
  }

  /// What is told of arguments that the parser does not understand.
  private func told(_ arguments: [String]) throws -> String {
    let error = #expect(throws: (any Error).self) { try Root.parseAsRoot(arguments) }
    return UsageMessage.line(Root.fullMessage(for: try #require(error)))
  }

  @Test(arguments: [
    (["LSE"], "the value 'LSE' is none for '<calendar>'; there are NYSE, CMES, 24/7, weekdays"),
    (["NYSE", "--form", "csv"], "unknown option '--form' (did you mean '--from'?)"),
    (
      ["NYSE", "--format", "xml"],
      "the value 'xml' is none for '--format <format>'; there are csv, json, ndjson, sql, md, table, ledger"
    ),
    (["NYSE", "--format"], "missing value for '--format <format>'"),
    (["NYSE", "close", "2025-03-05", "CMES", "--reason", "x"], "close: name one day, like 2027-03-01"),
    ([], "missing expected argument '<calendar>'"),
    (["NYSE", "--check=yes"], "the option '--check' does not take any value, but 'yes' was specified"),
    (
      ["Please provide one of the following:"],
      "the value 'Please provide one of the following:' is none for '<calendar>'; there are NYSE, CMES, 24/7, weekdays"
    ),
  ])
  func `what the parser says becomes one line like any other error`(arguments: [String], line: String) throws {
    #expect(try told(["calendar"] + arguments) == line + "; see `appliance calendar --help`")
  }

  @Test func `few choices and two are told as many are`() throws {
    #expect(
      try told(["completions", "tcsh"])
        == "the value 'tcsh' is none for '<shell>'; there are bash, zsh, fish, man; see `appliance completions --help`")
    #expect(
      try told(["export", "BTC", "--dialect", "oracle"])
        == "the value 'oracle' is none for '--dialect <dialect>'; there are sqlite, postgres; see `appliance export --help`"
    )
  }

  @Test func `what is wrong with values together stays as it was worded`() throws {
    #expect(
      try told(["calendar", "NYSE", "--check", "--format", "csv"])
        .hasPrefix("--from, --to and --format go with sessions; leave them away with --at and --check"))
    #expect(UsageMessage.line("something else") == "something else")
  }

  @Test func `only global flags are taken away, and what stands after two dashes stays`() {
    #expect(
      UnknownCommand.withoutGlobalFlags(["--json", "show", "BTC", "--home", "x", "--db=y", "--last", "3h", "--", "-v"])
        == ["show", "BTC", "--last", "3h", "--", "-v"])
  }

  @Test func `completions look for the record where the flags say`() {
    #expect(
      NameCompletion.placeFlags(["appliance", "show", "--home", "a b", "--db=c", "--json"])
        == ["--home", "a b", "--db=c"])
  }

  @Test(arguments: [(".x -y", "\\&.x \\-y"), ("'quoted", "\\&'quoted"), ("a\\b", "a\\eb")])
  func `a line of the manual page is text and no order`(line: String, escaped: String) {
    #expect(ManualPage.escaped(line) == escaped)
  }
}
