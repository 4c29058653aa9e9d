import Market

/// What a supplied figure is; its raw value is how it is told to the model.
enum FigureLabel: String, CaseIterable, Sendable {
  case close
  case lastPrice = "last price"
  case open
  case high
  case low
  case change = "change against the close before"
  case asianChange = "change in Asian hours"
  case europeanChange = "change in European hours"
  case americanChange = "change in US hours"
  case volatility = "volatility of seven days"
  case flow = "net flow of its funds on the day"
  case flowOfFiveDays = "net flow of its funds over five days"
  case flowOfAll = "net flow of all funds on the day"
  case higherCloses = "days in a row that closed higher"
  case lowerCloses = "days in a row that closed lower"
  case highestClose = "days of which this close is the highest"
  case lowestClose = "days of which this close is the lowest"
  case bars = "bars that are there"
  case expectedBars = "bars that there should be"
  case assets = "assets whose change is known"
  case risers = "of them up"
  case fallers = "of them down"
  case index = "Crypto Fear and Greed index"
  case indexChange = "change of the index against the day before"
}

extension FigureLabel {
  /// Of a price, the labels that a topic allows; `nil` for a topic that says nothing of prices.
  static func prices(of topic: FigureTopic) -> Set<FigureLabel>? {
    switch topic {
    case .close: [.close, .lastPrice]
    case .open: [.open]
    case .high, .highest: [.high]
    case .low, .lowest: [.low]
    case .range: [.high, .low]
    default: nil
    }
  }

  /// Of per cent, likewise.
  static func changes(of topic: FigureTopic) -> Set<FigureLabel>? {
    switch topic {
    case .asia: [.asianChange]
    case .europe: [.europeanChange]
    case .america: [.americanChange]
    case .day, .close: [.change]
    case .span: []
    default: nil
    }
  }

  /// What moved where a topic is spoken of.
  static func move(of topic: FigureTopic) -> FigureLabel {
    switch topic {
    case .asia: .asianChange
    case .europe: .europeanChange
    case .america: .americanChange
    case .flow: .flow
    case .index: .indexChange
    default: .change
    }
  }
}
