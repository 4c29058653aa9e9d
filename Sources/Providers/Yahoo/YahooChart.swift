import Formats
import Market

/// `{"chart":{"result":[{"meta":{…},"timestamp":[…],"events":{…},"indicators":{"quote":[{"open":[…],…}]}}],"error":null}}`:
/// parallel arrays, oldest first.
struct YahooChart {
  /// What `meta` says of the whole.
  private(set) var meta = YahooMeta()
  /// The instants of the rows; `nil` where the member is not there, as when there are no rows.
  private(set) var stamps: [Amount]?
  /// The cells of each column.
  private(set) var columns: [FigureField: [Amount]] = [:]
  /// Where in the body each column begins.
  private(set) var starts: [FigureField: Int] = [:]
  private(set) var events: [YahooEvent] = []

  init(_ body: [UInt8]) throws(ReadingError) {
    var (hasChart, hasResult) = (false, false)
    self = try readingDocument(body) { (cursor) throws(JSONFault) in
      var chart = YahooChart()
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        guard name == "chart" else { return try cursor.skipValue(toleratingWords: true) }
        try cursor.meet(&hasChart)
        try cursor.eachMember { (name, cursor) throws(JSONFault) in
          guard name == "result", !cursor.takeNull() else { return try cursor.skipValue(toleratingWords: true) }
          try cursor.meet(&hasResult)
          try chart.read(result: &cursor)
        }
      }
      return chart
    }
    guard hasResult else { throw .shapeChanged(expected: "a member 'result' in 'chart'", found: "none", offset: nil) }
  }

  private init() {}

  private mutating func read(result cursor: inout JSONCursor) throws(JSONFault) {
    var (isFirst, hasStamps) = (true, false)
    var more = try cursor.enterArray()
    while more {
      guard isFirst else { throw JSONFault(.end, at: cursor.offset) }
      isFirst = false
      try cursor.eachMember { (name, cursor) throws(JSONFault) in
        switch name {
        case "meta": meta = try YahooMeta(&cursor)
        case "timestamp":
          try cursor.meet(&hasStamps)
          stamps = try cursor.amounts()
        case "events": events = try YahooEvent.all(&cursor)
        case "indicators": try read(indicators: &cursor)
        default: try cursor.skipValue(toleratingWords: true)
        }
      }
      more = try cursor.nextElement()
    }
  }

  private mutating func read(indicators cursor: inout JSONCursor) throws(JSONFault) {
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      guard name == "quote" else { return try cursor.skipValue(toleratingWords: true) }
      var more = try cursor.enterArray()
      while more {
        try cursor.eachMember { (name, cursor) throws(JSONFault) in
          guard let field = Self.fields[name.string] else { return try cursor.skipValue(toleratingWords: true) }
          guard columns[field] == nil else { throw JSONFault(.singleMember, at: cursor.offset) }
          _ = cursor.peek()
          starts[field] = cursor.offset
          columns[field] = try cursor.amounts()
        }
        more = try cursor.nextElement()
      }
    }
  }

  private static let fields: [String: FigureField] = [
    "open": .open, "high": .high, "low": .low, "close": .close, "volume": .volume,
  ]

  /// Refuses a chart of something else than was asked, and one whose columns do not fit its rows.
  func check(_ question: CandleQuestion) throws(ReadingError) {
    if let symbol = meta.symbol, symbol.asAsked != question.symbol.asAsked {
      throw .shapeChanged(expected: "a chart of \(question.symbol)", found: "one of \(symbol)", offset: nil)
    }
    try checkShape(question)
  }

  /// Refuses one whose columns do not fit its rows, or whose bars are of another length.
  func checkShape(_ question: CandleQuestion) throws(ReadingError) {
    let rows = stamps?.count ?? 0
    if rows == 0, columns.values.contains(where: { !$0.isEmpty }) {
      throw .shapeChanged(expected: "a member 'timestamp' beside the prices", found: "none", offset: nil)
    }
    if rows == 0, meta.currency == nil, meta.firstTradeDate == nil { throw .unknownSymbol(question.symbol) }
    guard rows > 0 else { return }
    for field in [FigureField.open, .high, .low, .close] where columns[field]?.count != rows {
      throw .shapeChanged(
        expected: "\(rows) rows of '\(field.rawValue)'", found: "\(columns[field]?.count ?? 0)", offset: nil)
    }
    if let granularity = meta.granularity, granularity != question.interval.rawValue {
      throw .shapeChanged(expected: "bars of \(question.interval)", found: "bars of \(granularity)", offset: nil)
    }
  }
}

/// What a chart says of the thing it is about.
struct YahooMeta {
  private(set) var currency: String?
  /// Seconds of the epoch.
  private(set) var firstTradeDate: Double?
  /// Of its exchange, in the tz database: `America/New_York`.
  private(set) var zone: String?
  /// `1d`
  private(set) var granularity: String?
  /// `EQUITY`
  private(set) var instrument: String?
  /// As Yahoo spells it.
  private(set) var symbol: String?
  /// The newest price, a widened 32-bit float, and when it was made, in seconds of the epoch.
  private(set) var (marketPrice, marketTime): (Double?, Double?)
  private var (longName, shortName): (String?, String?)
  private var (fullExchange, shortExchange): (String?, String?)

  init() {}

  init(_ cursor: inout JSONCursor) throws(JSONFault) {
    try cursor.eachMember { (name, cursor) throws(JSONFault) in
      switch name {
      case "currency": currency = try cursor.textOrNull()
      case "exchangeTimezoneName": zone = try cursor.textOrNull()
      case "dataGranularity": granularity = try cursor.textOrNull()
      case "instrumentType": instrument = try cursor.textOrNull()
      case "symbol": symbol = try cursor.textOrNull()
      case "longName": longName = try cursor.textOrNull()
      case "shortName": shortName = try cursor.textOrNull()
      case "fullExchangeName": fullExchange = try cursor.textOrNull()
      case "exchangeName": shortExchange = try cursor.textOrNull()
      case "regularMarketPrice": marketPrice = try cursor.amount().number
      case "regularMarketTime": marketTime = try cursor.amount().number
      case "firstTradeDate": firstTradeDate = cursor.takeNull() ? nil : try cursor.decimal()
      default: try cursor.skipValue(toleratingWords: true)
      }
    }
  }

  /// `Apple Inc.`: the longer of its names.
  var name: String? { longName ?? shortName }
  /// `NasdaqGS`: the longer of its names.
  var exchange: String? { fullExchange ?? shortExchange }

  /// Whether it is a share of an exchange whose holidays nobody here knows: one that is not in New York.
  var isTradedAbroad: Bool {
    guard let zone, [.stock, .fund].contains(assetClass) else { return false }
    return zone != "America/New_York"
  }

  /// What kind of thing it is; a stock where it does not say.
  var assetClass: AssetClass {
    switch instrument {
    case "ETF", "MUTUALFUND": .fund
    case "INDEX": .index
    case "FUTURE": .commodity
    case "CURRENCY": .currency
    case "CRYPTOCURRENCY": .crypto
    default: .stock
    }
  }
}

extension String {
  /// Classes of shares are told apart by a point or by a hyphen: `BRK.B`, `BRK-B`.
  fileprivate var asAsked: String { uppercased().replacing(".", with: "-") }
}
