import ArgumentParser
import Formats
import Rendering

struct ConfigInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a .env into the home that lists every setting, commented out.",
    discussion: """
      The file is for its owner only. One that is there already is left as it is.

      EXAMPLES
        appliance config init
        appliance config init --home ~/markets
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let home = context.settings.home
    let path = home.path + "/.env"
    try home.create()
    do {
      let text = SettingsTemplate(settings: context.settings.known.filter(\.isInFile)).text
      try WholeFile.write(Array(text.utf8), to: path, permissions: 0o600, replacing: false)
    } catch {
      if case .closedPipe = error { throw error }
      throw Failure(.failed, ConfigInitCommand.message(error, path))
    }
    if global.json {
      try Console.output(["version": 1, "file": .string(path)])
    } else if !global.quiet {
      try Console.output("\(Console.shown(path))\n")
      context.console.say("Take the # away from what you want to set; `appliance config show` tells what is in force.")
    }
  }

  private static func message(_ error: FileError, _ path: String) -> String {
    switch error {
    case .exists, .notRegular: "\(path) is there already and was left as it is; edit it, or move it away first"
    default: "\(error)"
    }
  }
}
