/// One number or label of a fact, named so that its provider can find it again in an answer.
package struct Figure: Hashable, Sendable {
  package let series: SeriesKey
  /// The key of the row: the open time, the instant of a sample, or the start of the day.
  package let at: Instant
  /// Which fund, where a series has one row a fund.
  package let ticker: String?
  package let field: FigureField

  package init(series: SeriesKey, at: Instant, ticker: String? = nil, field: FigureField) {
    self.series = series
    self.at = at
    self.ticker = ticker
    self.field = field
  }
}

/// What can be asked of a row; the raw value is its name in columns, JSON and commands.
package enum FigureField: String, CaseIterable, Hashable, Sendable {
  case open, high, low, close, volume
  case price
  case marketCap = "market_cap"
  case volume24h = "volume_24h"
  case value, classification
  case netFlowUSD = "net_flow_usd"
  case netAssetsUSD = "net_assets_usd"
}

extension Dataset {
  /// The figures of one row, in the order of its columns.
  package var fields: [FigureField] {
    switch self {
    case .bar: [.open, .high, .low, .close, .volume]
    case .pricePoint: [.price, .marketCap, .volume24h]
    case .sentiment: [.value, .classification]
    case .etfFlow: [.netFlowUSD, .netAssetsUSD]
    }
  }
}

/// What a figure is: as a table holds it, or as the bytes of an answer denote it.
package enum FigureValue: Hashable, Sendable {
  case number(Double)
  /// Whole US dollars, or a count.
  case whole(Int64)
  case text(String)
  /// Not reported, or not given by this source.
  case absent
}

extension Facts {
  /// Which of the rows has a key; the ticker tells rows of one day apart.
  package func index(at key: Instant, ticker: String? = nil) -> Int? {
    switch self {
    case .bars(let rows): rows.firstIndex { $0.openTime == key }
    case .pricePoints(let rows): rows.firstIndex { $0.at == key }
    case .sentiment(let rows): rows.firstIndex { $0.day.start == key }
    case .flows(let rows): rows.firstIndex { $0.day.start == key && $0.ticker == ticker }
    }
  }

  /// The figures of a row, in the order of `Dataset.fields`.
  package func figures(at index: Int) -> [FigureValue] {
    func number(_ value: Double?) -> FigureValue { value.map(FigureValue.number) ?? .absent }
    func whole(_ value: Int64?) -> FigureValue { value.map(FigureValue.whole) ?? .absent }
    switch self {
    case .bars(let rows):
      let bar = rows[index]
      return [bar.open, bar.high, bar.low, bar.close, bar.volume].map(number)
    case .pricePoints(let rows):
      return [rows[index].price, rows[index].marketCap, rows[index].volume24h].map(number)
    case .sentiment(let rows): return [number(rows[index].value), .text(rows[index].classification)]
    case .flows(let rows): return [whole(rows[index].netFlowUSD), whole(rows[index].netAssetsUSD)]
    }
  }
}
