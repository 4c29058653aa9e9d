import ArgumentParser
import Market
import Rendering

struct ConfigShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print each setting with its value and where that comes from.",
    discussion: """
      Keys are never printed, only whether they are set.

      EXAMPLES
        appliance config show
        appliance config show --json
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let context = try CommandContext(global)
    let values = ShownSetting.all(of: context)
    if global.json {
      try Console.output(json(values, context))
    } else {
      // Never cut to the terminal: a name or an address with its end missing is of no use.
      try Console.output(ConfigShowCommand.table(values, context.console.style) + "\n")
    }
  }

  private static func table(_ values: [ShownSetting], _ style: TextStyle) -> String {
    let columns = [Column("setting", .text), Column("value", .text), Column("from", .text)]
    return tableText("settings", columns, values, on: TableScreen(style: style)) { value, row in
      row.text(value.setting.name)
      row.text(value.text)
      row.text(value.origin)
    }
  }

  private func json(_ values: [ShownSetting], _ context: CommandContext) -> JSONValue {
    let settings = values.map { shown -> JSONValue in
      [
        "name": .string(shown.setting.name), "value": .optional(shown.setting.isSecret ? nil : shown.value),
        "secret": .bool(shown.setting.isSecret), "set": .bool(shown.value != nil), "from": .string(shown.origin),
        "help": .string(shown.setting.help),
      ]
    }
    return ["version": 1, "home": .string(context.settings.home.path), "settings": .array(settings)]
  }
}
