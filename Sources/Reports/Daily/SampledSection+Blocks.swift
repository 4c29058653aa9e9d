import Market
import Rendering
import Store
import Telling

extension [SampledSection] {
  /// A table of all of them, then the flows of each; nothing where there are none.
  func blocks(asOf: Instant) -> [Block] {
    guard !isEmpty else { return [] }
    let columns: [Table.Column] = [
      .text("Asset"), .figure("First"), .figure("Lowest"), .figure("Highest"), .figure("Last"), .text("In"),
      .text("Last at"), .figure("Samples"), .text("Source"),
    ]
    return [
      .heading("Sampled prices", level: 2),
      .paragraph(
        "Of \(enumeration(map { oneLine($0.symbol) })) there are no bars on this day, only prices that were asked for now "
          + "and then. Lowest and highest are those of the samples; what the price did between them is not known."),
      .table(Table("Sampled prices", columns: columns, rows: map { $0.row(asOf: asOf) })),
    ] + flatMap { $0.flows?.blocks(of: oneLine($0.symbol), asOf: asOf) ?? [] }
  }
}

extension SampledSection {
  fileprivate func row(asOf: Instant) -> [Cell] {
    let decimals = priceDecimals(day.points.map(\.price))
    func price(_ value: Double) -> Cell { .figure(value) { priceText($0, decimals: decimals) } }
    return [
      Cell(oneLine(symbol)), price(first.price), price(low), price(high), price(last.price),
      Cell(oneLine(day.series.quoteCurrency ?? "")), Cell(last.at.minute), Cell("\(day.points.count)"),
      Cell(source + fetchedText(day.fetchedAt, asOf: asOf)),
    ]
  }

  var json: JSONValue {
    [
      "asset": .string(symbol), "name": .string(day.asset.name),
      "quote_currency": .optional(day.series.quoteCurrency), "samples": .integer(Int64(day.points.count)),
      "first": .number(first.price), "first_at": .string(first.at.description), "lowest": .number(low),
      "highest": .number(high), "last": .number(last.price), "last_at": .string(last.at.description),
      "market_cap": .optional(last.marketCap), "volume_24h": .optional(last.volume24h),
      "etf_flows": flows?.json ?? .null,
      "source": [
        "name": .string(day.series.key.provider.description), "symbol": .string(day.series.key.providerSymbol),
        "fetched_at": .string(day.fetchedAt.description),
      ],
    ]
  }
}
