import Market

/// What to ask Alpha Vantage: one address, of which `function` says what is meant. As JSON, since a table that was cut looks
/// like a shorter one.
enum AlphaVantageAddress {
  struct Question: Hashable {
    enum Subject: Hashable {
      case bars(Bars)
      case acts(AlphaVantageActs)
    }
    let subject: Subject
    let symbol: String
    /// Whether the answer is a table of values between commas.
    let isTable: Bool
  }

  struct Bars: Hashable {
    let interval: Interval
    /// Of the market; `nil` for days, and for the newest rows.
    let month: AlphaVantageMonth?
    /// Whether all there is was asked for, and not just the newest rows.
    let isFull: Bool
  }

  /// How it calls an interval; `nil` for one that is made of others.
  static func name(of interval: Interval) -> String? {
    switch interval {
    case .minute1: "1min"
    case .minute5: "5min"
    case .minute15: "15min"
    case .minute30: "30min"
    case .hour1: "60min"
    case .day1: "daily"
    case .hour4, .week1: nil
    }
  }

  static func rhythm(of series: SeriesKey) -> Rhythm { series.rhythm(of: .stock, safety: 4 * 3600) }

  // MARK: Requests

  static func newest(of series: SeriesKey) -> Request { bars(of: series, outputSize: "compact") }

  /// All there is of days; within the day the months that a stretch touches, oldest first.
  static func whole(of series: SeriesKey, _ openings: ClosedRange<Instant>) -> [Request] {
    guard series.interval != .day1 else { return [bars(of: series, outputSize: "full")] }
    return AlphaVantageMonth.all(in: openings).map { bars(of: series, outputSize: "full", $0) }
  }

  static func acts(_ acts: AlphaVantageActs, of symbol: String) -> Request {
    request([QueryItem("function", acts.function), QueryItem("symbol", symbol)], maximumBytes: 2 << 20)
  }

  private static func bars(of series: SeriesKey, outputSize: String, _ month: AlphaVantageMonth? = nil) -> Request {
    let isDaily = series.interval == .day1
    var query = [
      QueryItem("function", isDaily ? "TIME_SERIES_DAILY" : "TIME_SERIES_INTRADAY"),
      QueryItem("symbol", series.providerSymbol),
    ]
    if !isDaily { query.append(QueryItem("interval", name(of: series.interval) ?? "")) }
    if let month { query.append(QueryItem("month", month.description)) }
    query.append(QueryItem("outputsize", outputSize))
    if !isDaily { query += [QueryItem("extended_hours", "false"), QueryItem("adjusted", "false")] }
    return request(query, maximumBytes: 8 << 20)
  }

  private static func request(_ query: [QueryItem], maximumBytes: Int) -> Request {
    Request(provider: AlphaVantage.name, path: "/query", query: query, maximumBytes: maximumBytes)
  }

  // MARK: Back

  /// `nil` for what is none of these, and for bars that are adjusted: they would be another series.
  static func question(in request: Request) -> Question? {
    guard request.path == "/query", let function = request.queryValue("function"),
      let symbol = request.queryValue("symbol"), !symbol.isEmpty, let subject = subject(of: function, request)
    else { return nil }
    return Question(subject: subject, symbol: symbol, isTable: request.queryValue("datatype") == "csv")
  }

  private static func subject(of function: String, _ request: Request) -> Question.Subject? {
    if let acts = AlphaVantageActs.allCases.first(where: { $0.function == function }) { return .acts(acts) }
    let isFull = request.queryValue("outputsize") == "full"
    switch function {
    case "TIME_SERIES_DAILY": return .bars(Bars(interval: .day1, month: nil, isFull: isFull))
    case "TIME_SERIES_INTRADAY":
      guard request.queryValue("adjusted") == "false", let name = request.queryValue("interval"),
        let interval = Interval.allCases.first(where: { $0 != .day1 && self.name(of: $0) == name })
      else { return nil }
      let month = request.queryValue("month")
      if let month, AlphaVantageMonth(month) == nil { return nil }
      return .bars(Bars(interval: interval, month: month.flatMap(AlphaVantageMonth.init), isFull: isFull))
    default: return nil
    }
  }
}

/// A month by the clocks of New York.
struct AlphaVantageMonth: Hashable {
  let first: Day

  private init(first: Day) { self.first = first }

  /// The month that holds a day.
  init(of day: Day) { first = day - (day.parts.day - 1) }

  /// `2025-09`
  init?(_ text: String) {
    guard let day = Day(text + "-01") else { return nil }
    first = day
  }

  var next: AlphaVantageMonth { AlphaVantageMonth(of: first + 31) }

  /// The sessions of the month lie well within the UTC days that bear its dates.
  var openings: ClosedRange<Instant> { first.start...next.first.start - 1 }

  /// Those that a stretch of sessions touches, oldest first; there is nothing before 2000.
  static func all(in openings: ClosedRange<Instant>) -> [AlphaVantageMonth] {
    var months: [AlphaVantageMonth] = []
    var month = AlphaVantageMonth(of: max(openings.lowerBound.day, earliest))
    while month.first.start <= openings.upperBound {
      months.append(month)
      month = month.next
    }
    return months
  }

  private static let earliest = Day(daysSinceEpoch: 10_957)  // 2000-01-01
}

extension AlphaVantageMonth: CustomStringConvertible {
  var description: String { String(first.description.prefix(7)) }
}

/// What lies among the newest rows, which every key is told.
struct AlphaVantageNewest {
  let rhythm: Rhythm

  /// Rows that are not counted on within the day, where an auction may stand among the bars.
  private var spare: Int { rhythm.grid.step >= 86_400 ? 0 : 5 }

  /// Whether a bar that opened then is certainly among them, however many have opened since.
  func includes(_ opening: Instant, at now: Instant) -> Bool {
    opening > now || rhythm.count(in: opening...now) <= AlphaVantage.newestRows - spare
  }

  /// The newest opening that is certainly not among them.
  func firstBefore(at instant: Instant) -> Instant {
    (0..<AlphaVantage.newestRows).reduce(rhythm.newestDue(at: instant)) { key, _ in rhythm.key(before: key) }
  }
}
