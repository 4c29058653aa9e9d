import ArgumentParser

/// The flags that every command takes.
package struct GlobalOptions: ParsableArguments {
  /// Empty; the parser fills it in.
  package init() {}

  @Option(
    name: .long, help: ArgumentHelp("The folder that holds the database, backups, logs and .env.", valueName: "dir"))
  var home: String?

  @Option(
    name: .long, help: ArgumentHelp("The database file, if it is not appliance.db in the home.", valueName: "file"))
  var db: String?

  /// Whether one JSON object is printed on standard output, also on failure.
  @Flag(name: .long, help: "Print one JSON object on standard output, also on failure.")
  package var json = false

  /// Whether only results and errors are told.
  @Flag(name: .long, help: "Say nothing but results and errors.")
  package var quiet = false

  /// More on standard error; lists say more of each row.
  @Flag(name: [.customShort("v"), .long], help: "Say more of what is done.")
  package var verbose = false

  @Flag(name: .long, help: "No colours (NO_COLOR and CLICOLOR_FORCE are honoured too).")
  var noColor = false

  /// Whether the word is one of these flags by itself, with its value if it has one.
  static func isFlag(_ word: String) -> Bool {
    ["--json", "--quiet", "-v", "--verbose", "--no-color"].contains(word) || word.hasPrefix("--home=")
      || word.hasPrefix("--db=")
  }

  /// Global flags are as good before the command as after it.
  package static func movedBehindCommand(_ arguments: [String]) -> [String] {
    var leading: [String] = []
    var rest = arguments[...]
    while let first = rest.first {
      if ["--home", "--db"].contains(first), rest.count >= 2 {
        leading += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else if isFlag(first) {
        leading.append(first)
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    guard !leading.isEmpty, rest.first.map({ !$0.hasPrefix("-") }) ?? false else { return arguments }
    // Before a bare `--`, after which everything is an argument.
    if let end = rest.firstIndex(of: "--") { return rest[..<end] + leading + rest[end...] }
    return rest + leading
  }
}
