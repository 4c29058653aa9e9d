import Market

/// A figure that a text may hold, as it is handed to a model.
package struct SuppliedFigure: Hashable, Sendable {
  /// In what it is counted, which also says what it is.
  enum Unit: Hashable, Sendable {
    /// A price in this currency.
    case price(String)
    /// Money that came in (positive) or went out.
    case flow(String)
    /// A change in per cent; with its sign.
    case change
    /// Per cent a year; has no direction.
    case volatility
    /// Of an index from 0 to 100.
    case index
    /// Of the same, what it moved by; with its sign.
    case points
    case days
    case bars
    /// How many assets.
    case assets

    /// As it is written for the model.
    var text: String {
      switch self {
      case .price(let currency): currency
      case .flow(let currency): currency + " net flow"
      case .change: "%"
      case .volatility: "% a year"
      case .index: "of 100"
      case .points: "points"
      case .days: "days"
      case .bars: "bars"
      case .assets: "assets"
      }
    }

    /// The reverse of `text`.
    init(_ text: String) {
      switch text {
      case "%": self = .change
      case "% a year": self = .volatility
      case "of 100": self = .index
      case "points": self = .points
      case "days": self = .days
      case "bars": self = .bars
      case "assets": self = .assets
      case _ where text.hasSuffix(" net flow"): self = .flow(String(text.dropLast(9)))
      default: self = .price(text)
      }
    }

    /// Whether its sign is a direction that words can tell.
    var hasDirection: Bool {
      switch self {
      case .flow, .change, .points: true
      case .price, .volatility, .index, .days, .bars, .assets: false
      }
    }

    /// Whether it belongs to no asset and goes with any.
    var isOfMood: Bool { self == .index || self == .points }
  }

  /// Symbol of its asset; `nil` for the market's.
  let asset: String?
  /// What it is.
  let what: FigureLabel
  /// In the unit in which it is to be written: per cent, not fractions.
  let value: ExactDecimal
  let unit: Unit
  /// Where it is of another day than the text.
  let day: Day?

  init(asset: String?, what: FigureLabel, value: ExactDecimal, unit: Unit, day: Day? = nil) {
    self.asset = asset
    self.what = what
    self.value = value
    self.unit = unit
    self.day = day
  }
}
