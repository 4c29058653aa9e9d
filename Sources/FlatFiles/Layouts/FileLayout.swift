import Market

/// A layout by name, as `--source` and `--layout` select it: what its columns are where it has no header, and how its
/// numbers are meant.
struct NamedLayout: Sendable {
  let name: String
  /// Columns of a file without a header, by position; a width that is not here is not known.
  var headerless: [[Field?]] = []
  /// Prices are multiplied by this power of ten in the file.
  var priceScale = 0
  /// Whether prices are 32-bit floats written as wider ones.
  var widensFloats = false
  /// Whether times are dates rather than epochs; `nil` where both occur. Tells layouts of one width apart.
  var hasDates: Bool?
  /// What flows are counted in, in dollars.
  var unit: Int64?

  /// Whether its site writes decimal points and nothing between groups.
  var writesPoints: Bool { !["investing", "ohlcv"].contains(name) }

  static func named(_ name: String) -> NamedLayout? { all.first { $0.name == name } }

  static let all: [NamedLayout] = [
    NamedLayout(
      name: "binance", headerless: [[.time, .open, .high, .low, .close, .volume, nil, nil, nil, nil, nil, nil]],
      hasDates: false),
    NamedLayout(name: "bitfinex", headerless: [[.time, .open, .close, .high, .low, .volume]], hasDates: false),
    NamedLayout(
      name: "cryptodatadownload",
      headerless: [
        [.time, .text, .symbol, .open, .high, .low, .close, .volume],
        [.time, .text, .symbol, .open, .high, .low, .close, .volume, nil],
        [.time, .text, .symbol, .open, .high, .low, .close, .volume, nil, nil],
      ]),
    NamedLayout(
      name: "yahoo", headerless: [[.time, .open, .high, .low, .close, nil, .volume]], widensFloats: true, hasDates: true
    ),
    NamedLayout(
      name: "kraken",
      headerless: [
        [.time, .open, .high, .low, .close, .volume, nil], [.time, .open, .high, .low, .close, nil, .volume, nil],
      ], hasDates: false),
    NamedLayout(
      name: "lean", headerless: [[.time, .open, .high, .low, .close, .volume]], priceScale: 4, hasDates: true),
    NamedLayout(name: "stooq", headerless: [[.time, .open, .high, .low, .close, .volume]], hasDates: true),
    NamedLayout(
      name: "metatrader", headerless: [[.time, .clock, .open, .high, .low, .close, .volume]], hasDates: true),
    // What most hands write without a header, with epochs or dates.
    NamedLayout(name: "ohlcv", headerless: [[.time, .open, .high, .low, .close, .volume]]),
    NamedLayout(name: "investing"),
    NamedLayout(name: "alphavantage"),
    NamedLayout(name: "farside", unit: 1_000_000),
  ]
}

/// What a column is.
enum Field: String, CaseIterable, Sendable {
  /// The time, or the date where `clock` holds the rest.
  case time
  /// The same time again as text, for rows whose `time` cannot be used.
  case text
  /// The time of day.
  case clock
  case open, high, low, close, volume, symbol
  case value, classification
  case ticker, flow

  /// As `--map` spells it.
  static func told(_ name: String) -> Field? {
    switch name {
    case "date", "day", "timestamp", "datetime": .time
    case "time-of-day": .clock
    case "fund": .ticker
    case "rating": .classification
    default: Field(rawValue: name)
    }
  }
}

/// Where the columns of a table lie.
struct ColumnPlan: Hashable, Sendable {
  var columns: [Field: Int] = [:]
  /// Columns that hold one fund each, with their tickers: a wide table of flows.
  var funds: [Int: String] = [:]
  /// Columns that hold the sum of the others.
  var totals: Set<Int> = []
  /// The column of the time at which a bar ends, beside that at which it opens.
  var closing: Int?

  subscript(field: Field) -> Int? {
    get { columns[field] }
    set { columns[field] = newValue }
  }

  /// The columns that hold numbers.
  var numbers: [Int] {
    [Field.open, .high, .low, .close, .volume, .value, .flow].compactMap { columns[$0] } + funds.keys + totals
  }

  func lacks(_ fields: [Field]) -> [Field] { fields.filter { columns[$0] == nil } }

  /// How many fields a line must have.
  var width: Int { ((Array(columns.values) + Array(funds.keys)).max() ?? -1) + 1 }
}
