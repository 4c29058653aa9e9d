import ArgumentParser
import Market
import Rendering
import Store

/// Lists the files that were imported, newest first.
struct ImportListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", _superCommandName: "\(Program.name) import",
    abstract: "The files that were imported, newest first.",
    discussion: """
      A file that lacks a hash was not read to its end. To import a file that is itself called list, type ./list.

      EXAMPLES
        appliance import list
        appliance import list --json
      """)

  @OptionGroup var global: GlobalOptions

  /// One file, whatever it filled.
  private struct Listed {
    let first: KeptImport
    let assets: [String]
    let isUndone: Bool
  }

  func run() throws {
    let context = try CommandContext(global)
    let store = try context.reader()
    let undone = try store.imports.undone()
    let files = Dictionary(grouping: try store.imports.all()) { $0.fetch }.values
      .compactMap { parts in
        parts.first.map {
          Listed(
            first: $0, assets: Set(parts.compactMap(\.series.asset)).sorted(), isUndone: undone.contains($0.fetch))
        }
      }
      .sorted { $0.first.fetch > $1.first.fetch }
    if global.json { return try Console.output(["version": 1, "imports": .array(files.map(json))]) }
    if files.isEmpty { return context.console.say("no file was imported") }
    try Console.output(table(files, context))
  }

  private func table(_ files: [Listed], _ context: CommandContext) -> String {
    let table = RowFormat.table.encoder(table: "import", on: context.console.screen)
    let columns = [
      Column("id", .integer), Column("at", .text), Column("file", .text), Column("assets", .text),
      Column("rows", .integer), Column("sha256", .text), Column("undone", .text),
    ]
    table.begin(columns)
    for file in files {
      table.integer(file.first.fetch.rawValue)
      table.text(file.first.receivedAt.description)
      table.text(file.first.name)
      table.text(file.assets.joined(separator: ", "))
      table.integer(Int64(file.first.rows))
      table.text(String(file.first.fingerprint?.sha256.hexadecimal.prefix(12) ?? ""))
      table.text(file.isUndone ? "undone" : "")
      table.endRow()
    }
    table.finish()
    return table.output.text
  }

  private func json(_ file: Listed) -> JSONValue {
    [
      "id": .integer(file.first.fetch.rawValue), "at": .string(file.first.receivedAt.description),
      "file": .string(file.first.name), "sha256": .optional(file.first.fingerprint?.sha256.hexadecimal),
      "assets": .array(file.assets.map(JSONValue.string)), "rows": .integer(Int64(file.first.rows)),
      "undone": .bool(file.isUndone),
    ]
  }
}
