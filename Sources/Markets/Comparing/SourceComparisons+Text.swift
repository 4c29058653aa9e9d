import Commands
import Market
import Metrics
import Rendering
import Store

extension SourceComparisons {
  /// Tells them as a person or a program reads them.
  func print(_ context: CommandContext) throws {
    if context.options.json { return try Console.output(json) }
    for comparison in comparisons { try print(comparison, context) }
  }

  private func print(_ comparison: SourceComparison, _ context: CommandContext) throws {
    let style = context.console.style
    let (reference, other) = (name(comparison.reference), name(comparison.other))
    try Console.output(
      style.bold("\(asset) \(interval): \(other) against \(reference)") + "\n"
        + details(comparison).text(width: Console.width(), style: style))
    guard !comparison.closes.beyond.isEmpty else { return }
    let encoder = RowFormat.table.encoder(table: "difference", on: context.console.screen)
    encoder.begin(columns(comparison))
    for pair in comparison.closes.beyond.suffix(Self.listed) {
      encoder.text(label(pair.openTime))
      encoder.real(pair.reference)
      encoder.real(pair.other)
      encoder.real(pair.difference)
      encoder.endRow()
    }
    try Console.show(encoder, as: .table)
    let rest = comparison.closes.beyond.count - Self.listed
    if rest > 0 { context.console.say("the newest \(Self.listed) of them; --json has \(rest) more") }
  }

  /// Rows of a table that a person looks through.
  private static let listed = 20

  private func columns(_ comparison: SourceComparison) -> [Column] {
    let names = [comparison.reference, comparison.other].map(\.key.provider.description)
    let isSame = names[0] == names[1]
    return [
      Column("opens", .text), Column(isSame ? name(comparison.reference) : names[0], .real, figure: .price),
      Column(isSame ? name(comparison.other) : names[1], .real, figure: .price),
      Column("difference", .real, figure: .rate),
    ]
  }

  private func name(_ series: StoredSeries) -> String {
    TerminalText.escaped("\(series.key.provider) \(series.key.providerSymbol)")
  }

  private func details(_ comparison: SourceComparison) -> LabelledText {
    let closes = comparison.closes
    var text = LabelledText()
    guard let span = closes.span else {
      text.add("in common", "nothing: they cover no stretch together")
      return text
    }
    let stretch = "\(label(span.lowerBound)) to \(label(span.upperBound))"
    text.add("in common", "\(groupedText(Int64(closes.count))) bars, \(stretch)")
    if let basis = comparison.basisWords { text.add("basis", basis) }
    let currencies = [comparison.reference, comparison.other].compactMap(\.quoteCurrency)
    if Set(currencies).count > 1 {
      text.add("currency", "\(currencies[0]) and \(currencies[1]): what these differ by is among the differences")
    }
    if let median = closes.median, let largest = closes.largest {
      text.add("median", percent(median))
      text.add("largest", "\(percent(largest.difference)), \(label(largest.openTime))")
      text.add("over \(percent(Self.tolerance, 1))", counted(closes.beyond.count, "bar"))
    } else {
      text.add("", "none of them opens when one of the other does")
    }
    text.add(
      "only one has",
      "\(comparison.other.key.provider) \(closes.onlyOther), "
        + "\(comparison.reference.key.provider) \(closes.onlyReference)")
    return text
  }

  private func percent(_ fraction: Double, _ decimals: Int = 4) -> String {
    shareText(fraction, decimals: decimals)
  }

  private func label(_ key: Instant) -> String {
    interval.seconds >= Interval.day1.seconds ? key.day.description : key.description
  }

  private var json: JSONValue {
    [
      "version": 1, "asset": .string(asset), "interval": .string(interval.rawValue),
      "tolerance": .number(Self.tolerance),
      "reference": json(reference), "comparisons": .array(comparisons.map(json)),
    ]
  }

  private func json(_ series: StoredSeries) -> JSONValue {
    [
      "source": .string(series.key.provider.description), "symbol": .string(series.key.providerSymbol),
      "basis": .string(series.basis.rawValue), "currency": .optional(series.quoteCurrency),
      "rows": .integer(Int64(series.count)),
    ]
  }

  private func json(_ comparison: SourceComparison) -> JSONValue {
    let closes = comparison.closes
    return [
      "other": json(comparison.other), "adjusted": .optional(comparison.adjustment?.rawValue),
      "has_actions": .bool(comparison.hasActs), "from": .optional(closes.span.map { label($0.lowerBound) }),
      "to": .optional(closes.span.map { label($0.upperBound) }), "bars": .integer(Int64(closes.count)),
      "median": .optional(closes.median), "largest": closes.largest.map(json) ?? .null,
      "beyond": .array(closes.beyond.map(json)), "only_reference": .integer(Int64(closes.onlyReference)),
      "only_other": .integer(Int64(closes.onlyOther)),
    ]
  }

  private func json(_ pair: CloseComparison.Pair) -> JSONValue {
    [
      "opens": .string(label(pair.openTime)), "reference": .number(pair.reference), "other": .number(pair.other),
      "difference": .number(pair.difference),
    ]
  }
}
