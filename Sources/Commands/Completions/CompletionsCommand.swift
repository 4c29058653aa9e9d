import ArgumentParser
import Rendering

/// Prints scripts that let a shell complete commands.
package struct CompletionsCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "completions", _superCommandName: Program.name,
    abstract: "Print a script that lets a shell complete commands and flags.",
    discussion: """
      EXAMPLES
        appliance completions bash > ~/.local/share/bash-completion/completions/appliance
        appliance completions zsh > ~/.zsh/completions/_appliance     (a folder in $fpath)
        appliance completions fish > ~/.config/fish/completions/appliance.fish
      """)

  package init() {}

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var completions: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "The shell.")
  var shell: Shell

  @OptionGroup var global: GlobalOptions

  package func run() throws {
    let script = try Program.wiring().root.completionScript(for: shell.completions)
    if global.json {
      try Console.output(["version": 1, "shell": .string(shell.rawValue), "script": .string(script)])
    } else {
      try Console.output(script + "\n")
    }
  }
}
