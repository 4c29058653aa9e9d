import ArgumentParser
import Commands
import Market
import Rendering

/// How a list of what is followed is written.
struct ListArguments: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("How rows are written.", valueName: "format"))
  var format: RowFormat = .table

  func validate() throws {
    if format == .ledger { throw ValidationError("--format ledger: these are no prices") }
  }
}

/// A list of what is followed, in any form.
struct FollowedList {
  /// Of the table, and of the member of the object that holds the rows.
  let name: String
  let columns: [Column]
  let objects: [JSONValue]
  let rows: [(any RowEncoder) -> Void]

  func print(_ context: CommandContext, _ arguments: ListArguments) throws {
    let format = arguments.format
    if context.options.json {
      guard format == .table || format == .json else {
        throw Failure(.usage, "--json prints one object, and so no \(format.rawValue); leave one of them away")
      }
      return try Console.output(.object([("version", 1), (name, .array(objects))]))
    }
    if rows.isEmpty, format == .table { return }
    let encoder = format.encoder(table: name, on: context.console.screen)
    encoder.begin(columns)
    for row in rows {
      row(encoder)
      encoder.endRow()
    }
    try Console.show(encoder, as: format)
    context.console.sayHidden(encoder.hiddenColumns)
  }
}
