import ArgumentParser
import Testing

@testable import Commands

@Suite struct UsageMessageTests {
  @Test(arguments: [
    (
      "Error: Unknown option '--lst'. Did you mean '--last'?\nUsage: appliance show\n  See 'appliance show --help' for more information.",
      "unknown option '--lst' (did you mean '--last'?); see `appliance show --help`"
    ),
    (
      "Error: The value 'xml' is invalid for '--format <format>'. Please provide one of the following:\n  - csv\n  - json\nHelp:  --format <format>  How\nUsage: appliance show\n  See 'appliance show --help' for more information.",
      "the value 'xml' is none for '--format <format>'; there are csv, json; see `appliance show --help`"
    ),
    ("Error: --limit 0: at least 1", "--limit 0: at least 1"), ("something else", "something else"),
  ])
  func `what the parser says becomes one line like any other error`(text: String, line: String) {
    #expect(UsageMessage.line(text) == line)
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

  @Test func `a step that is longer than the line goes on below`() {
    #expect(
      ProgressLines.folded("prices BTC  336 new, 0 changed", to: 24) == ["prices BTC  336 new,", "    0 changed"])
  }
}
