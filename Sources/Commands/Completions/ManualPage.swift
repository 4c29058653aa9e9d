import ArgumentParser

/// The manual page, made from what `help` says of every command: it cannot say anything else.
enum ManualPage {
  /// In the language of `man`, for `appliance.1`.
  ///
  /// - Parameter version: of the program.
  static func text(of root: any ParsableCommand.Type, version: String) -> String {
    let name = Program.name
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"\(name) \(version)\" \"User commands\"", ".SH NAME",
      "\(name) \\- \(escaped(root.configuration.abstract))", ".SH SYNOPSIS", ".B \(name)",
      "command [arguments] [flags]", ".SH DESCRIPTION",
    ]
    lines += verbatim(root.helpMessage(for: root, columns: 78))
    lines.append(".SH COMMANDS")
    for (path, command) in commands(of: root, [name]) {
      lines.append(".SS \(escaped(path.joined(separator: " ")))")
      lines += verbatim(root.helpMessage(for: command, columns: 78))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// All commands below one, each after the group that it belongs to.
  private static func commands(
    of command: any ParsableCommand.Type, _ path: [String]
  ) -> [(path: [String], command: any ParsableCommand.Type)] {
    command.configuration.subcommands.flatMap { child in
      let place = path + [child.configuration.commandName ?? ""]
      return [(place, child)] + commands(of: child, place)
    }
  }

  private static func verbatim(_ text: String) -> [String] {
    [".nf"] + text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) } + [".fi"]
  }

  /// A line that begins with a point or a quote would be an order; a hyphen would be typeset as a dash.
  static func escaped(_ text: String) -> String {
    let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
  }
}
