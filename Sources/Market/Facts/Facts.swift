/// Open, high, low, close and volume over one interval, keyed by the **open** instant.
///
/// Prices in the series' quote currency, volume in base units. Oil has closed below zero, so prices may be negative;
/// `low <= open, close <= high` always holds for a bar that reaches a table.
package struct Bar: Hashable, Sendable {
  /// When it opens; it ends an interval later.
  package let openTime: Instant
  /// The first price.
  package let open: Double
  /// The highest price.
  package let high: Double
  /// The lowest price.
  package let low: Double
  /// The last price.
  package let close: Double
  /// What changed hands, in units of the asset and not of money.
  package let volume: Double

  /// A bar as given; nobody checks here that it can be.
  @inlinable
  package init(openTime: Instant, open: Double, high: Double, low: Double, close: Double, volume: Double) {
    self.openTime = openTime
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
  }
}

/// One sampled price, with the market figures that came with it. Never a bar: its high and low are unknown.
package struct PricePoint: Hashable, Sendable {
  /// When the price was taken, not the opening of a grid.
  package let at: Instant
  /// In the quote currency.
  package let price: Double
  /// In the quote currency.
  package let marketCap: Double?
  /// Rolling 24-hour turnover in the quote currency, not the volume of an interval.
  package let volume24h: Double?

  /// A sample; `nil` for what was not given with it.
  package init(at: Instant, price: Double, marketCap: Double?, volume24h: Double?) {
    self.at = at
    self.price = price
    self.marketCap = marketCap
    self.volume24h = volume24h
  }
}

/// The value of a sentiment index on one day.
package struct SentimentValue: Hashable, Sendable {
  /// The day that the provider gives it for.
  package let day: Day
  /// 0 (extreme fear) to 100 (extreme greed).
  package let value: Double
  /// The provider's own label, as sent.
  package let classification: String

  /// A value from 0 to 100, not checked here.
  package init(day: Day, value: Double, classification: String) {
    self.day = day
    self.value = value
    self.classification = classification
  }
}

/// What went into (positive) or out of (negative) one fund on one day.
package struct EtfFlow: Hashable, Sendable {
  /// The trading day that the source names.
  package let day: Day
  /// The fund's ticker, or `EtfFlow.total` where the source gives only the sum over all funds of the asset.
  package let ticker: String
  /// Whole US dollars; `nil` while the fund has not reported. Zero is a reported zero.
  package let netFlowUSD: Int64?
  /// Assets under management in whole US dollars, where the source gives them.
  package let netAssetsUSD: Int64?

  /// More dollars than this never went into or out of a fund in a day.
  package static let largest = UInt64(BarRule.largestPrice)

  /// Stands in for a ticker where only the sum over all funds is known.
  package static let total = "TOTAL"
  /// The same in imported files.
  package static let allFunds = "ALL"

  /// Whether a ticker stands for all funds together.
  package static func isTotal(_ ticker: String) -> Bool { ticker == total || ticker == allFunds }

  /// A flow; `nil` for what was not reported.
  package init(day: Day, ticker: String, netFlowUSD: Int64?, netAssetsUSD: Int64? = nil) {
    self.day = day
    self.ticker = ticker
    self.netFlowUSD = netFlowUSD
    self.netAssetsUSD = netAssetsUSD
  }
}

/// Rows of one kind of fact, about one series.
///
/// Bars have a form of their own, since they come by the million.
package enum Facts: Hashable, Sendable {
  case bars([Bar])
  case rows(Dataset, [FactRow])

  /// Rows of a kind; those of bars that lack a figure are left out.
  package init(_ rows: [FactRow], of dataset: Dataset) {
    guard dataset == .bar else {
      self = .rows(dataset, rows)
      return
    }
    self = .bars(
      rows.compactMap { row in
        let numbers = row.values.compactMap { if case .number(let number) = $0 { number } else { nil } }
        guard let at = row.key.at, numbers.count == 5 else { return nil }
        return Bar(
          openTime: at, open: numbers[0], high: numbers[1], low: numbers[2], close: numbers[3], volume: numbers[4])
      })
  }

  /// How many rows there are.
  package var count: Int {
    switch self {
    case .bars(let bars): bars.count
    case .rows(_, let rows): rows.count
    }
  }

  /// What kind they are.
  package var dataset: Dataset {
    switch self {
    case .bars: .bar
    case .rows(let dataset, _): dataset
    }
  }

  /// The key of a row.
  package func key(at index: Int) -> FactKey {
    switch self {
    case .bars(let bars): FactKey(.instant(bars[index].openTime))
    case .rows(_, let rows): rows[index].key
    }
  }

  /// The figures of a row, in the order of the columns of its kind.
  package func figures(at index: Int) -> [FigureValue] {
    switch self {
    case .bars(let bars):
      let bar = bars[index]
      return [bar.open, bar.high, bar.low, bar.close, bar.volume].map(FigureValue.number)
    case .rows(_, let rows): return rows[index].values
    }
  }

  /// Which of the rows has a key.
  package func index(of key: FactKey) -> Int? {
    switch self {
    case .bars(let bars): bars.firstIndex { FactKey(.instant($0.openTime)) == key }
    case .rows(_, let rows): rows.firstIndex { $0.key == key }
    }
  }
}
