import Commands
import Formats
import Market
import Metrics
import Rendering
import Store

/// A row for every bar of a series, with what indicators say at it.
struct MeasuredRows {
  let series: AskedSeries
  let indicators: [Indicator]
  /// Which bars are printed; indicators see those before them too.
  let span: ClosedRange<Instant>

  /// Writes them one by one; memory does not grow with the series.
  func print(_ context: CommandContext, _ store: Store, _ format: RowFormat) throws {
    let encoder = format.encoder(table: "metrics", on: context.console.screen)
    let sink = Console.rowSink(for: format)
    if context.options.json { try sink.write(try head(context, store)) }
    encoder.begin(columns)
    let rows = EncodedRows(encoder) { try sink.write($0) }
    let count = try write(into: rows, store)
    try rows.finish()
    if context.options.json { try sink.write("}\n") }
    if count == 0 { context.console.say(series.remarkWithoutBars) }
    context.console.sayHidden(encoder.hiddenColumns)
  }

  private func write(into rows: EncodedRows, _ store: Store) throws -> Int {
    var (measures, row, count) = (indicators.map(\.measure), [Double?](), 0)
    let span = span
    try series.each(upTo: span.upperBound, store) { bar in
      row.removeAll(keepingCapacity: true)
      for index in measures.indices { measures[index].take(bar, into: &row) }
      guard bar.openTime >= span.lowerBound else { return }
      rows.instant(bar.openTime)
      for value in row { if let value { rows.real(value) } else { rows.null() } }
      try rows.endRow()
      count += 1
    }
    return count
  }

  private var columns: [Column] {
    [Column("ts_utc", .text, meaning: .instant)]
      + indicators.flatMap { indicator in
        indicator.columns.map { Column($0, .real, figure: indicator.form.isPrice ? .price : .amount) }
      }
  }

  /// The object up to its rows.
  private func head(_ context: CommandContext, _ store: Store) throws -> String {
    var members: [(String, JSONValue)] = [
      ("version", 1), ("asset", .string(series.asset)), ("source", .string(series.series.key.provider.description)),
      ("interval", .string(series.interval.rawValue)),
      ("indicators", .array(indicators.map { .string($0.text) })), ("origin", .optional(try store.origin()?.rawValue)),
      ("now", .string(try context.clock(of: store).now.description)),
    ]
    if let asOf = store.asOf { members.append(("as_of", .string(asOf.description))) }
    return JSONValue.object(members).compact.dropLast() + ",\"rows\":"
  }
}
