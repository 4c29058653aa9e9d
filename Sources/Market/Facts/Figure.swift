/// One number or label of a fact, named so that its provider can find it again in an answer.
package struct Figure: Hashable, Sendable {
  package let series: SeriesKey
  /// Which row of the series.
  package let key: FactKey
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
  package let rawValue: String

  /// The column of that name, whether or not anything has it.
  package init(rawValue: String) { self.rawValue = rawValue }

  package static let open = Self(rawValue: "open")
  package static let high = Self(rawValue: "high")
  package static let low = Self(rawValue: "low")
  package static let close = Self(rawValue: "close")
  /// In units of the asset.
  package static let volume = Self(rawValue: "volume")
  package static let price = Self(rawValue: "price")
  package static let marketCap = Self(rawValue: "market_cap")
  package static let volume24h = Self(rawValue: "volume_24h")
  package static let value = Self(rawValue: "value")
  package static let classification = Self(rawValue: "classification")
  package static let netFlowUSD = Self(rawValue: "net_flow_usd")
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
