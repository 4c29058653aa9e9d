/// One number or label of a fact, named so that its provider can find it again in an answer.
package struct Figure: Hashable, Sendable {
  /// Whose row it is in.
  package let series: SeriesKey
  /// Which row of the series.
  package let key: FactKey
  /// Which column of the row.
  package let field: FigureField

  /// A figure of a row.
  package init(series: SeriesKey, key: FactKey, field: FigureField) {
    self.series = series
    self.key = key
    self.field = field
  }

  /// The open time, the instant of a sample, or the start of the day; of a key without a time the beginning of all.
  package var at: Instant { key.at ?? Instant.representable.lowerBound }
  /// Which fund, where a series has one row a fund.
  package var ticker: String? { key.text }
}

/// What can be asked of a row; the raw value is its name in columns, JSON and commands.
///
/// An open list, as kinds of fact are.
package struct FigureField: RawRepresentable, Hashable, Sendable {
  /// As columns are called: lower-case words joined by underscores.
  package let rawValue: String

  /// The column of that name, whether or not anything has it.
  package init(rawValue: String) { self.rawValue = rawValue }

  /// The first price of a bar, in the quote currency.
  package static let open = Self(rawValue: "open")
  /// The highest price of a bar, in the quote currency.
  package static let high = Self(rawValue: "high")
  /// The lowest price of a bar, in the quote currency.
  package static let low = Self(rawValue: "low")
  /// The last price of a bar, in the quote currency.
  package static let close = Self(rawValue: "close")
  /// In units of the asset.
  package static let volume = Self(rawValue: "volume")
  /// A sampled price, in the quote currency.
  package static let price = Self(rawValue: "price")
  /// Price times supply, in the quote currency.
  package static let marketCap = Self(rawValue: "market_cap")
  /// Turnover of the 24 hours before a sample, in the quote currency; not the volume of a bar.
  package static let volume24h = Self(rawValue: "volume_24h")
  /// Of a sentiment index: 0 (extreme fear) to 100 (extreme greed). Of an economic series, in its units.
  package static let value = Self(rawValue: "value")
  /// The label that a sentiment index gives to its value: `Greed`.
  package static let classification = Self(rawValue: "classification")
  /// What went into a fund less what went out, in whole US dollars.
  package static let netFlowUSD = Self(rawValue: "net_flow_usd")
  /// Of money that was paid, where it is another one than that of the prices.
  package static let currency = Self(rawValue: "currency")
  /// The average price of a bar, weighted by volume, in the quote currency.
  package static let vwap = Self(rawValue: "vwap")
  /// How many trades made a bar.
  package static let trades = Self(rawValue: "trades")
  /// Units of a coin that can be traded.
  package static let circulatingSupply = Self(rawValue: "circulating_supply")
  /// Units of a coin that there are.
  package static let totalSupply = Self(rawValue: "total_supply")
  /// Whether something is published on a day: 1 or 0.
  package static let isScheduled = Self(rawValue: "is_scheduled")
  /// What a fund holds, in whole US dollars.
  package static let netAssetsUSD = Self(rawValue: "net_assets_usd")
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

extension FigureValue {
  /// The number, or absent.
  package init(_ number: Double?) { self = number.map(FigureValue.number) ?? .absent }
  /// The whole number, or absent.
  package init(_ whole: Int64?) { self = whole.map(FigureValue.whole) ?? .absent }
  /// The text, or absent.
  package init(_ text: String?) { self = text.map(FigureValue.text) ?? .absent }

  /// As a number, if it is one.
  package var number: Double? {
    switch self {
    case .number(let value): value
    case .whole(let value): Double(value)
    case .text, .absent: nil
    }
  }

  /// As a whole number, if it is one.
  package var whole: Int64? { if case .whole(let value) = self { value } else { nil } }

  /// As a text, if it is one.
  package var label: String? { if case .text(let value) = self { value } else { nil } }
}
