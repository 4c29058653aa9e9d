import Market

@testable import Narrative

extension WordedTexts {
  private static let day = Day("2024-09-24")!

  private static func figure(
    _ asset: String?, _ what: FigureLabel, _ value: String, _ unit: SuppliedFigure.Unit, _ day: Day? = nil
  ) -> SuppliedFigure {
    SuppliedFigure(asset: asset, what: what, value: ExactDecimal(value)!, unit: unit, day: day)
  }

  private static let mood = [
    figure(nil, .index, "54", .index), figure(nil, .index, "50", .index, day - 1),
    figure(nil, .indexChange, "4", .points),
  ]

  private static func facts(
    _ subject: String?, _ names: [String: String], _ figures: [SuppliedFigure], _ language: String
  ) -> GuardedFacts {
    GuardedFacts(
      subject: subject, day: day, names: names.reduce(into: [:]) { $0[$1.key] = [$1.key, $1.value] },
      figures: figures + mood, days: [day - 1, day - 4, day - 5, day - 6], minutes: [0], language: language,
      mood: "Neutral")
  }

  static func bitcoinFacts(_ language: String) -> GuardedFacts {
    facts(
      "BTC", ["BTC": "Bitcoin"],
      [
        figure("BTC", .close, "64262.7", .price("USDT")), figure("BTC", .change, "1.4567574134444872", .change),
        figure("BTC", .open, "63339.99", .price("USDT")), figure("BTC", .high, "64688", .price("USDT")),
        figure("BTC", .low, "62700", .price("USDT")), figure("BTC", .asianChange, "0.34722", .change),
        figure("BTC", .europeanChange, "-0.62923", .change), figure("BTC", .americanChange, "1.7458995", .change),
        figure("BTC", .volatility, "37.42013", .volatility), figure("BTC", .flow, "136000000", .flow("USD")),
        figure("BTC", .flowOfFiveDays, "338100000", .flow("USD")), figure("BTC", .highestClose, "13", .days),
      ], language)
  }

  static func cardanoFacts(_ language: String) -> GuardedFacts {
    facts(
      "ADA", ["ADA": "Cardano"],
      [
        figure("ADA", .close, "0.54173", .price("USDT")), figure("ADA", .change, "-4.7", .change),
        figure("ADA", .high, "0.57", .price("USDT")), figure("ADA", .lowerCloses, "3", .days),
      ], language)
  }

  static func marketFacts(_ language: String) -> GuardedFacts {
    let moves = [
      ("NG=F", "2.61", "USD", "8.75"), ("QCOM", "170.1", "USD", "3.98"), ("NVDA", "120.87", "USD", "3.97"),
      ("GE", "188.2", "USD", "3.4"), ("ADA", "0.54173", "USDT", "-4.7"), ("LIN", "470.2", "USD", "-3.3"),
      ("BNB", "349.46", "USDT", "-2.96"), ("COST", "18.84", "USD", "-2.7"),
    ].flatMap { asset, price, currency, change -> [SuppliedFigure] in
      [figure(asset, .close, price, .price(currency)), figure(asset, .change, change, .change)]
    }
    let names = [
      "BTC": "Bitcoin", "ETH": "Ethereum", "ADA": "Cardano", "NG=F": "Natural Gas", "QCOM": "Qualcomm",
      "NVDA": "NVIDIA",
      "GE": "GE Aerospace", "LIN": "Linde", "BNB": "BNB", "COST": "Costco",
    ]
    return facts(
      nil, names,
      [
        figure(nil, .assets, "61", .assets), figure(nil, .risers, "38", .assets), figure(nil, .fallers, "22", .assets),
        figure("BTC", .flow, "136000000", .flow("USD")), figure("ETH", .flow, "62500000", .flow("USD")),
        figure(nil, .flowOfAll, "198500000", .flow("USD")),
      ] + moves, language)
  }
}
