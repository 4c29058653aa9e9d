// The kinds whose rows have a type of their own: how such a value is a row, and which columns that row has.

extension Facts {
  /// Sampled prices.
  package static func pricePoints(_ points: [PricePoint]) -> Facts { .rows(.pricePoint, points.map(\.row)) }
  /// The days of an index.
  package static func sentiment(_ values: [SentimentValue]) -> Facts { .rows(.sentiment, values.map(\.row)) }
  /// The flows of funds.
  package static func flows(_ flows: [EtfFlow]) -> Facts { .rows(.etfFlow, flows.map(\.row)) }
}

extension FactShape {
  /// Bars, keyed by the open time.
  package static let bar = FactShape(
    .bar, key: [.init("open_time", .instant)],
    values: [
      .init(.open, .real), .init(.high, .real), .init(.low, .real), .init(.close, .real), .init(.volume, .real),
    ])

  /// Sampled prices, keyed by the instant.
  package static let pricePoint = FactShape(
    .pricePoint, key: [.init("at", .instant)],
    values: [
      .init(.price, .real), .init(.marketCap, .real, mayBeAbsent: true), .init(.volume24h, .real, mayBeAbsent: true),
    ])

  /// Days of an index, keyed by the day.
  package static let sentiment = FactShape(
    .sentiment, key: [.init("day", .day)],
    values: [.init(.value, .real, bounds: 0...100), .init(.classification, .text)])

  /// Flows of funds, keyed by day and fund.
  package static let etfFlow = FactShape(
    .etfFlow, key: [.init("day", .day), .init("ticker", .text)],
    values: [.init(.netFlowUSD, .whole, mayBeAbsent: true), .init(.netAssetsUSD, .whole, mayBeAbsent: true)])
}

extension PricePoint {
  /// In the columns of `FactShape.pricePoint`.
  package var row: FactRow {
    FactRow(key: FactKey(.instant(at)), values: [FigureValue(price), FigureValue(marketCap), FigureValue(volume24h)])
  }
}

extension SentimentValue {
  /// In the columns of `FactShape.sentiment`.
  package var row: FactRow { FactRow(key: FactKey(.day(day)), values: [FigureValue(value), .text(classification)]) }
}

extension EtfFlow {
  /// In the columns of `FactShape.etfFlow`.
  package var row: FactRow {
    FactRow(key: FactKey(.day(day), .text(ticker)), values: [FigureValue(netFlowUSD), FigureValue(netAssetsUSD)])
  }
}
