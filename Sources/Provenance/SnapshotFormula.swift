import Market
import Store

extension SnapshotField {
  /// How the figure is made, in words, of a day that was made from hours or from its own bar.
  func formula(ofDayBar isOfDayBar: Bool) -> String {
    guard isOfDayBar else { return formula }
    switch self {
    case .open, .close, .high, .low, .volume: return "the \(rawValue) of the day's own bar"
    case .change24h: return "close ÷ close of the session before − 1; none where that one has no bar"
    case .barsExpected: return "1: a bar a day"
    default: return formula
    }
  }

  private var formula: String {
    switch self {
    case .open: "the open of the first stored bar of the day"
    case .close: "the close of the last stored bar of the day"
    case .high: "the highest high of the day's bars"
    case .low: "the lowest low of the day's bars"
    case .volume: "the sum of the day's volumes, in base units"
    case .change24h: "last close ÷ close of the bar exactly 24 h earlier − 1"
    case .volatility7d:
      "sample standard deviation (n − 1) of the log returns between bars one hour apart, over the 168 h that end with "
        + "the day's last bar, × √8760; none under 160 returns"
    case .asiaReturn: "last close ÷ first open − 1 of the bars that open from 00:00 to 08:00 UTC"
    case .europeReturn: "last close ÷ first open − 1 of the bars that open from 08:00 to 16:00 UTC"
    case .usReturn: "last close ÷ first open − 1 of the bars that open from 16:00 to 24:00 UTC"
    case .fngValue, .fngClassification: "the index of that date, never carried forward"
    case .etfNetFlow: "the sum over the asset's funds, none until the day is final"
    case .etfNetFlow5d: "the sum of the last five final reporting days up to that date"
    case .bars: "the number of stored bars of the day"
    case .barsExpected: "24 hours"
    case .isComplete: "1 when the day is over and every expected bar is there; a proven gap does not make it complete"
    }
  }

  /// Whether it is made from bars.
  var isOfPrices: Bool {
    switch self {
    case .fngValue, .fngClassification, .etfNetFlow, .etfNetFlow5d: false
    default: true
    }
  }

  /// The figure of a stored row.
  func value(in row: SnapshotRow) -> FigureValue {
    switch self {
    case .open: FigureValue(row.open)
    case .high: FigureValue(row.high)
    case .low: FigureValue(row.low)
    case .close: FigureValue(row.close)
    case .volume: FigureValue(row.volume)
    case .change24h: FigureValue(row.change24h)
    case .volatility7d: FigureValue(row.volatility7d)
    case .asiaReturn: FigureValue(row.asiaReturn)
    case .europeReturn: FigureValue(row.europeReturn)
    case .usReturn: FigureValue(row.usReturn)
    case .fngValue: FigureValue(row.fngValue)
    case .fngClassification: FigureValue(row.fngClassification)
    case .etfNetFlow: FigureValue(row.etfNetFlowUSD)
    case .etfNetFlow5d: FigureValue(row.etfNetFlow5dUSD)
    case .bars: .whole(Int64(row.bars))
    case .barsExpected: .whole(Int64(row.barsExpected))
    case .isComplete: .whole(row.isComplete ? 1 : 0)
    }
  }
}
