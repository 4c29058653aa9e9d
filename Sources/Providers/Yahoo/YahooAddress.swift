import Market

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What to ask Yahoo: `/v8/finance/chart/{symbol}`, from a first instant to before another.
enum YahooAddress {
  static func chart(_ symbol: String, _ interval: Interval, _ openings: ClosedRange<Instant>) -> Request {
    var query = [
      QueryItem("interval", interval.rawValue), QueryItem("period1", "\(openings.lowerBound.epochSeconds)"),
      QueryItem("period2", "\(openings.upperBound.epochSeconds + interval.seconds)"),
      QueryItem("includePrePost", "false"),
    ]
    if interval == .day1 { query.append(QueryItem("events", "div,splits,capitalGains")) }
    return Request(
      provider: Yahoo.name, path: "/v8/finance/chart/\(symbol.percentEncoded)", query: query,
      maximumBytes: 16 << 20)
  }

  /// What a request asked for; `nil` where it is none of this reader's.
  static func question(in request: Request) -> CandleQuestion? {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[1...3] == ["v8", "finance", "chart"],
      let symbol = String(parts[4]).removingPercentEncoding, !symbol.isEmpty,
      let interval = request.queryValue("interval").flatMap(Interval.init(rawValue:)), YahooPage(of: interval) != nil
    else { return nil }
    return CandleQuestion(symbol: symbol, interval: interval, window: window(in: request, interval))
  }

  private static func window(in request: Request, _ interval: Interval) -> ClosedRange<Instant>? {
    guard let first = request.queryValue("period1").flatMap({ Int64($0) }),
      let end = request.queryValue("period2").flatMap({ Int64($0) }), end - interval.seconds >= first
    else { return nil }
    return ClosedRange<Int64>.instants(first, end - interval.seconds)
  }

  /// When its bars come, of something whose class nobody told: as stocks do.
  static func rhythm(of series: SeriesKey, _ assetClass: AssetClass = .stock) -> Rhythm {
    series.rhythm(of: assetClass, safety: 900)
  }
}

/// How far back Yahoo tells bars of an interval, and how much of it in one answer.
struct YahooPage {
  let interval: Interval
  /// Seconds back from now; `nil` for as long as the thing is listed.
  let reach: Int64?
  /// Seconds of one answer; `nil` for all at once.
  let length: Int64?

  private static let day: Int64 = 86_400
  /// What is asked for to the second is refused when the clock has moved on.
  private static let slack: Int64 = 3600

  /// `nil` for an interval that it does not serve, or not reliably: half hours sometimes came as hours.
  init?(of interval: Interval) {
    self.interval = interval
    switch interval {
    case .minute1: (reach, length) = (30 * Self.day - Self.slack, 7 * Self.day)
    case .minute5, .minute15: (reach, length) = (60 * Self.day - Self.slack, 60 * Self.day)
    case .hour1: (reach, length) = (730 * Self.day - Self.slack, 730 * Self.day)
    case .day1: (reach, length) = (nil, nil)
    case .minute30, .hour4, .week1: return nil
    }
  }

  /// First and last opening of each request, oldest first.
  func windows(over openings: ClosedRange<Instant>, at now: Instant) -> [ClosedRange<Instant>] {
    // On whole bars, so that none lies between two requests.
    let reached = reach.map { (now - $0 + interval.seconds - 1).floored(to: interval.seconds) }
    let first = max(openings.lowerBound, reached ?? openings.lowerBound)
    guard first <= openings.upperBound else { return [] }
    guard let length else { return [first...openings.upperBound] }
    return stride(from: first.epochSeconds, through: openings.upperBound.epochSeconds, by: Int(length)).map { start in
      Instant(
        epochSeconds: start)...min(
          Instant(epochSeconds: start + length - interval.seconds), openings.upperBound)
    }
  }
}
