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
  private let target: ExportTarget

  /// What a whole answer may take where it must wait for its end: a table for its widths, a JSON object for its outcome.
  private static let heldBytes = 64 << 20

  init(_ sql: String, _ arguments: QueryArguments, _ context: CommandContext) throws {
    self.context = context
    self.arguments = arguments
    query = Query(sql, parameters: try arguments.values())
    target = try ExportTarget(
      arguments.output, name: "the answer", format: arguments.format?.rows, isSeveral: false, asJSON: false)
    if target.place != .standardOutput, QueryArguments.Format(rawValue: target.format.rawValue) == nil {
      throw Failure(
        .usage,
        "-o \(shown(arguments.output ?? "")): there is no format for .\(target.format.fileExtension) of an answer; the formats "
          + "are \(QueryArguments.Format.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    if context.options.json, let format = arguments.format, format != .table, format != .json {
      throw Failure(.usage, "--json prints one object, and so no \(format.rawValue); leave one of them away")
    }
  }

  private var format: RowFormat {
    if target.place != .standardOutput { return target.format }
    return context.options.json ? .json : (arguments.format ?? .table).rows
  }

  private var limits: QueryLimits {
    let isHeld = context.options.json && target.place == .standardOutput || format == .table
    let isToFile = target.place != .standardOutput
    return QueryLimits(
      rows: arguments.limit ?? (isToFile ? nil : QueryArguments.rowsOnOutput),
      time: .milliseconds(Int64((arguments.timeout * 1000).rounded(.up))),
      answerBytes: isHeld ? QueryRun.heldBytes : nil)
  }

  func perform() throws {
    let asOf = try context.instant(arguments.past)
    // Answering begins at once, in its own process; this one looks at the record meanwhile.
    let asked = try ConfinedQuery(query, of: context.databasePath, asOf: asOf, limits: limits, program: Program.path)
    let store = try context.reader()
    try context.sayRemark(on: store, asOf: asOf)
    do {
      if case .file(let path) = target.place { return try write(asked, to: path, asOf, store) }
      context.options.json ? try printObject(asked, store, asOf) : try print(asked, asOf)
    } catch let error as QueryError {
      throw QueryText.failure(error)
    }
  }

  private func write(_ asked: ConfinedQuery, to path: String, _ asOf: Instant?, _ store: Store) throws {
    try target.checkItSpares(store)
    try target.checkItSparesIndex("")
    let file = try SafeFile(path)
    defer { file.abandon() }
    let packed = target.isPacked ? try GzipSink(into: file, path: path) : nil
    var sink: any ByteSink = file
    if let packed { sink = packed }
    if let note = format.note(asOf: asOf) { try sink.write(note) }
    let printed = PrintedRows(format, TableScreen()) { [sink] in try sink.write($0) }
    let answer = try asked.answer { try printed.begin($0) }
    try printed.finish()
    try packed?.finish()
    try file.finish()
    if context.options.json {
      return try Console.output([
        "version": 1, "file": .string(path), "format": .string(format.rawValue), "rows": .integer(Int64(answer.rows)),
        "cut": .bool(answer.isCut),
      ])
    }
    context.console.say("\(groupedText(Int64(answer.rows))) row\(answer.rows == 1 ? "" : "s"), \(shown(path))")
    if answer.isCut { sayCut(answer.rows) }
  }

  /// A limit that nobody set is told of in any case.
  private func sayCut(_ rows: Int) {
    let text = "cut after \(groupedText(Int64(rows))) rows; --limit \(rows * 10) would show more"
    arguments.limit == nil ? Console.error("\(text), -o FILE has all") : context.console.say(text)
  }

  private func print(_ asked: ConfinedQuery, _ asOf: Instant?) throws {
    let sink = Console.rowSink(for: format)
    if let note = format.note(asOf: asOf) { try sink.write(note) }
    let printed = PrintedRows(format, context.console.screen) { try sink.write($0) }
    let answer = try asked.answer { try printed.begin($0) }
    try printed.finish()
    if answer.isCut { sayCut(answer.rows) }
    if !printed.hidden.isEmpty {
      context.console.say(
        "no room for \(printed.hidden.joined(separator: ", ")): name fewer columns, or --json has all")
    }
  }

  private func printObject(_ asked: ConfinedQuery, _ store: Store, _ asOf: Instant?) throws {
    var rows: [UInt8] = []
    let printed = PrintedRows(format, context.console.screen) { rows.append(contentsOf: $0) }
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
  /// Columns for which a table had no room, once it is finished.
  var hidden: [String] { encoder.hiddenColumns }

  init(_ format: RowFormat, _ screen: TableScreen, take: @escaping (UnsafeRawBufferPointer) throws -> Void) {
    encoder = format.encoder(table: "", on: screen)
    rows = EncodedRows(encoder, take: take)
  }

  func begin(_ columns: [Column]) throws -> any RowReceiver {
    self.columns = columns
    encoder.begin(columns)
    return rows
  }

  func finish() throws { try rows.finish() }
}
