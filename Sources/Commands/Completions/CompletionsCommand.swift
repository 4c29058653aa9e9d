import ArgumentParser
import Rendering

/// Prints scripts that let a shell complete commands.
package struct CompletionsCommand: ParsableCommand {
  /// Its name, and what `--help` says of it.
  package static let configuration = CommandConfiguration(
    commandName: "completions", _superCommandName: Program.name,
    abstract: "Print a script that lets a shell complete commands, flags and names; or the manual page.",
    discussion: """
      The script asks the program for the assets, datasets, steps, archives and saved questions of the record in force.

      EXAMPLES
        appliance completions bash > ~/.local/share/bash-completion/completions/appliance
        appliance completions zsh > ~/.zsh/completions/_appliance     (a folder in $fpath)
        appliance completions fish > ~/.config/fish/completions/appliance.fish
        appliance completions man > ~/.local/share/man/man1/appliance.1
      """)

  /// Empty; the parser fills it in.
  package init() {}

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish
    /// No shell, but made of the same source.
    case man

    var completions: CompletionShell? {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      case .man: nil
      }
    }
  }

  @Argument(help: "The shell, or man for the manual page.")
  var shell: Shell

  @OptionGroup var global: GlobalOptions

  /// Prints the script for the shell that was named on standard output.
  package func run() throws {
    let wiring = try Program.wiring()
    let script =
      shell.completions.map { wiring.root.completionScript(for: $0) }
      ?? ManualPage.text(of: wiring.root, version: wiring.version)
    if global.json {
      try Console.output(["version": 1, "shell": .string(shell.rawValue), "script": .string(script)])
    } else {
      try Console.output(script + "\n")
    }
  }
}
