import ArgumentParser
import Rendering

/// Commands that are named and do not exist.
package enum UnknownCommand {
  /// Looks at the words that name a command, also after `help`.
  ///
  /// - Parameter root: the command that all others belong to.
  /// - Throws: wrong usage that names the nearest commands, where one is named that there is not.
  package static func check(_ arguments: [String], of root: any ParsableCommand.Type) throws {
    var words = withoutGlobalFlags(arguments)[...]
    let isHelp = words.first == "help"
    if isHelp { words = words.dropFirst() }
    var (command, path) = (root, [Program.name])
    while let word = words.first, !word.hasPrefix("-") {
      let children = command.configuration.subcommands
      if let child = children.first(where: { $0.configuration.commandName == word }) {
        (command, path, words) = (child, path + [word], words.dropFirst())
        continue
      }
      // What stands after a whole command is its argument, and so it may be after a group; but `help` takes none.
      guard isHelp || !children.isEmpty && !isArgument(word, of: command) else { return }
      throw failure(word, in: children, path)
    }
  }

  /// Whether a word behind a command that has others below it is no misspelt one of those: a file, a question.
  private static func isArgument(_ word: String, of command: any ParsableCommand.Type) -> Bool {
    if let usual = command.configuration.defaultSubcommand { return takes(word, usual) }
    return takes(word, command) && !isMisspelt(word, of: command.configuration.subcommands)
  }

  /// Whether a word was meant as one of these commands, where it may be a file as well: near to a name, and no path.
  private static func isMisspelt(_ word: String, of commands: [any ParsableCommand.Type]) -> Bool {
    !word.contains { $0 == "." || $0 == "/" }
      && !meantText(word, among: commands.compactMap { $0.configuration.commandName }).isEmpty
  }

  /// Whether a command has an argument that a word can be.
  private static func takes(_ word: String, _ command: any ParsableCommand.Type) -> Bool {
    do {
      _ = try command.parse([word])
      return true
    } catch {
      return !command.message(for: error).hasPrefix("Unexpected argument")
    }
  }

  private static func failure(_ word: String, in commands: [any ParsableCommand.Type], _ path: [String]) -> Failure {
    let names = commands.compactMap { $0.configuration.commandName }
    let place = path.dropFirst().joined(separator: " ")
    let full = place.isEmpty ? word : "\(place) \(word)"
    let known = names.isEmpty ? "" : "; there are \(names.joined(separator: ", "))"
    return Failure(
      .usage,
      "there is no command '\(shown(full))'\(meantText(word, among: names))\(known); see `\(path.joined(separator: " ")) --help`"
    )
  }

  /// Flags that stand anywhere and say nothing about which command is meant.
  package static func withoutGlobalFlags(_ arguments: [String]) -> [String] {
    var rest: [String] = []
    var words = arguments[...]
    while let word = words.first {
      words = words.dropFirst()
      if word == "--" { return rest + [word] + words }
      if ["--home", "--db"].contains(word) {
        words = words.dropFirst()
      } else if !GlobalOptions.isFlag(word) {
        rest.append(word)
      }
    }
    return rest
  }
}
