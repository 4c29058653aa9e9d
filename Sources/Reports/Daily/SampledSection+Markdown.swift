import Market
import Rendering
import Store

extension [SampledSection] {
  /// A table of all of them, then the flows of each; nothing where there are none.
  func markdown(asOf: Instant) -> [String] {
    guard !isEmpty else { return [] }
    let columns: [Column] = [
      .text("Asset"), .figure("First"), .figure("Lowest"), .figure("Highest"), .figure("Last"), .text("In"),
      .text("Last at"), .figure("Samples"), .text("Source"),
    ]
    return [
      Markdown.heading("Sampled prices", level: 2),
      Markdown.paragraph(
        "Of \(enumeration(map { oneLine($0.symbol) })) there are no bars on this day, only prices that were asked for now "
          + "and then. Lowest and highest are those of the samples; what the price did between them is not known."),
      PaddedTable(columns: columns, rows: map { $0.row(asOf: asOf) }).text,
    ] + flatMap { $0.flows?.markdown(of: oneLine($0.symbol), asOf: asOf) ?? [] }
  }
}

extension SampledSection {
  fileprivate func row(asOf: Instant) -> [String] {
    let decimals = priceDecimals(day.points.map(\.price))
    func price(_ value: Double) -> String { priceText(value, decimals: decimals) }
    return [
      oneLine(symbol), price(first.price), price(low), price(high), price(last.price),
      oneLine(day.series.quoteCurrency ?? ""), last.at.minute, "\(day.points.count)",
      source + fetchedText(day.fetchedAt, asOf: asOf),
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
