import ArgumentParser
import Commands

/// From the arguments to what they ask for, by the shortest way.
enum AskedCommand {
  /// The text of a bare `help` or `--version`; `nil` for everything else.
  static func answer(to arguments: [String]) -> String? {
    switch arguments {
    case ["help"], ["--help"], ["-h"]: Appliance.helpMessage()
    case ["--version"]: RealRooms().fullVersion
    default: nil
    }
  }

  /// The command that the arguments name, with its flags.
  ///
  /// What is wrong, and what is asked of the parser itself, is found by reading the arguments as those of the whole
  /// program. That builds the tree of all commands; most calls name one that stands at its top, which reads the rest
  /// alone and says the same. Its configuration names the program as the one above it, so that the parser does not look
  /// for what only a whole program is asked, a script for completions.
  static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let named = commandInPlaceOfArgument(arguments) { return try named.parseAsRoot(Array(arguments.dropFirst(2))) }
    if let command = alone(arguments) { return command }
    // The parser answers `help` of anything.
    if arguments.first == "help" { try UnknownCommand.check(arguments, of: Appliance.self) }
    return try Appliance.parseAsRoot(arguments)
  }

  /// A command below one that takes an argument of its own, as `import list` is: the parser knows of it, completes it and
  /// helps with it, but would take its name for the argument.
  private static func commandInPlaceOfArgument(_ arguments: [String]) -> (any ParsableCommand.Type)? {
    guard arguments.first == ImportCommand.configuration.commandName else { return nil }
    return ImportCommand.configuration.subcommands.first {
      $0.configuration.commandName == arguments.dropFirst().first
    }
  }

  private static func alone(_ arguments: [String]) -> (any ParsableCommand)? {
    let named = Appliance.configuration.subcommands.first { $0.configuration.commandName == arguments.first }
    guard let named, named == ImportCommand.self || named.configuration.subcommands.isEmpty,
      // Whatever is wrong is told by the whole program.
      let command = try? named.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == named
    else { return nil }
    return command
  }
}
