import Formats
import Market
import Queries
import Rendering
import Store

/// One question on its way to an answer on standard output.
struct QueryRun {
  let context: CommandContext
  let query: Query
  let arguments: QueryArguments

  /// What a whole answer may take where it must wait for its end: a table for its widths, a JSON object for its outcome.
  private static let heldBytes = 64 << 20

  init(_ sql: String, _ arguments: QueryArguments, _ context: CommandContext) throws {
    self.context = context
    self.arguments = arguments
    query = Query(sql, parameters: try arguments.values())
    if context.options.json, let format = arguments.format, format != .table, format != .json {
      throw Failure(.usage, "--json prints one object, and so no \(format.rawValue); leave one of them away")
    }
  }

  private var format: RowFormat { context.options.json ? .json : (arguments.format ?? .table).rows }

  private var limits: QueryLimits {
    let isHeld = context.options.json || format == .table
    return QueryLimits(
      rows: arguments.limit, time: .milliseconds(Int64((arguments.timeout * 1000).rounded(.up))),
      answerBytes: isHeld ? QueryRun.heldBytes : nil)
  }

  func perform() throws {
    let asOf = try context.instant(arguments.past)
    // Answering begins at once, in its own process; this one looks at the record meanwhile.
    let asked = try ConfinedQuery(query, of: context.databasePath, asOf: asOf, limits: limits, program: Program.path)
    let store = try context.reader()
    try context.sayRemark(on: store, asOf: asOf)
    context.options.json ? try printObject(asked, store, asOf) : try print(asked, asOf)
  }

  private func print(_ asked: ConfinedQuery, _ asOf: Instant?) throws {
    let sink = Console.rowSink(for: format)
    if let note = format.note(asOf: asOf) { try sink.write(note) }
    let printed = PrintedRows(format, context) { try sink.write($0) }
    let answer = try asked.answer { try printed.begin($0) }
    try printed.finish()
    if answer.isCut {
      context.console.say(
        "cut after \(groupedText(Int64(answer.rows))) rows; --limit \(answer.rows * 10) would show more")
    }
  }

  private func printObject(_ asked: ConfinedQuery, _ store: Store, _ asOf: Instant?) throws {
    var rows: [UInt8] = []
    let printed = PrintedRows(format, context) { rows.append(contentsOf: $0) }
    let answer = try asked.answer { try printed.begin($0) }
    try printed.finish()
    let head = JSONValue.object(
      [
        ("version", 1), ("origin", .optional(try store.origin()?.rawValue)),
        ("now", .string(try context.clock(of: store).now.description)),
      ] + (asOf.map { [("as_of", .string($0.description))] } ?? []) + [
        ("columns", .array(printed.columns.map { .string($0.name) })), ("count", .integer(Int64(answer.rows))),
        ("cut", .bool(answer.isCut)),
      ])
    let sink = DescriptorSink.standardOutput
    try sink.write(head.compact.dropLast() + ",\"rows\":")
    try sink.write(rows)
    try sink.write("}\n")
  }
}

/// Rows whose columns are known only when they come.
private final class PrintedRows {
  private let encoder: any RowEncoder
  private let rows: EncodedRows
  private(set) var columns: [Column] = []

  init(_ format: RowFormat, _ context: CommandContext, take: @escaping (UnsafeRawBufferPointer) throws -> Void) {
    encoder = format.encoder(table: "", width: Console.width(), style: context.console.style)
    rows = EncodedRows(encoder, take: take)
  }

  func begin(_ columns: [Column]) throws -> any RowReceiver {
    self.columns = columns
    encoder.begin(columns)
    return rows
  }

  func finish() throws { try rows.finish() }
}
