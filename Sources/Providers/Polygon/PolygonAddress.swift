import Market

/// What to ask Polygon: `/v2/aggs/ticker/{ticker}/range/{n}/{unit}/{from}/{to}`, both ends included, and the lists of acts.
enum PolygonAddress {
  enum Question: Hashable {
    case bars(CandleQuestion)
    case acts(PolygonActs, symbol: String)
  }

  static func bars(_ symbol: String, _ span: PolygonSpan, _ openings: ClosedRange<Instant>) -> Request {
    let (from, to) = (span.text(openings.lowerBound), span.text(openings.upperBound))
    return Request(
      provider: Polygon.name,
      path: "/v2/aggs/ticker/\(symbol.percentEncoded)/range/\(span.multiplier)/\(span.unit)/\(from)/\(to)",
      query: [QueryItem("adjusted", "true"), QueryItem("sort", "asc"), QueryItem("limit", "\(PolygonSpan.limit)")],
      maximumBytes: 16 << 20)
  }

  /// Newest first, so that a list that is too long for one answer lacks its oldest rows.
  static func acts(_ acts: PolygonActs, of symbol: String) -> Request {
    Request(
      provider: Polygon.name, path: acts.path,
      query: [
        QueryItem("ticker", symbol), QueryItem("order", "desc"), QueryItem("sort", acts.dateName),
        QueryItem("limit", "1000"),
      ], maximumBytes: 4 << 20)
  }

  /// `nil` for what is none of these, and for bars as traded: they would be another series.
  static func question(in request: Request) -> Question? {
    if let acts = PolygonActs.allCases.first(where: { $0.path == request.path }) {
      return request.queryValue("ticker").flatMap { $0.isEmpty ? nil : .acts(acts, symbol: $0) }
    }
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 10, parts[1...3] == ["v2", "aggs", "ticker"], parts[5] == "range",
      request.queryValue("adjusted") ?? "true" == "true", let symbol = parts[4].percentDecoded, !symbol.isEmpty,
      let span = PolygonSpan(multiplier: parts[6], unit: parts[7]), let first = span.instant(parts[8]),
      let last = span.instant(parts[9]), first <= last
    else { return nil }
    return .bars(CandleQuestion(symbol: symbol, interval: span.interval, window: first...last))
  }
}

/// An interval in Polygon's words, and how much of it fits one answer.
struct PolygonSpan: Hashable {
  /// What an answer is made of at most: minutes, or days, whatever the length of its bars.
  static let limit = 50_000

  let interval: Interval
  let multiplier: Int
  let unit: String

  /// `nil` for an interval that is made of others.
  init?(of interval: Interval) {
    self.interval = interval
    switch interval {
    case .minute1, .minute5, .minute15, .minute30: (multiplier, unit) = (Int(interval.seconds / 60), "minute")
    case .hour1: (multiplier, unit) = (1, "hour")
    case .day1: (multiplier, unit) = (1, "day")
    case .hour4, .week1: return nil
    }
  }

  init?(multiplier: String, unit: String) {
    let spans = Interval.allCases.compactMap(PolygonSpan.init(of:))
    guard let span = spans.first(where: { "\($0.multiplier)" == multiplier && $0.unit == unit }) else { return nil }
    self = span
  }

  /// An end of a range: a date, or milliseconds.
  func text(_ opening: Instant) -> String {
    interval == .day1 ? opening.day.description : "\(opening.epochSeconds * 1000)"
  }

  /// The reverse of `text`.
  func instant(_ text: String) -> Instant? {
    if interval == .day1 { return Day(text)?.start }
    guard let milliseconds = Int64(text), milliseconds % 1000 == 0 else { return nil }
    let instant = Instant(epochSeconds: milliseconds / 1000)
    return Instant.representable.contains(instant) ? instant : nil
  }

  /// First and last opening of each request, oldest first, none of them on both sides of what a free key is answered.
  func windows(
    over openings: ClosedRange<Instant>, of ticker: PolygonTicker, at now: Instant
  ) -> [ClosedRange<Instant>] {
    let edge = (now.day - (Polygon.freeReach - 1)).start
    guard openings.lowerBound < edge, edge <= openings.upperBound else { return pages(openings, ticker) }
    return pages(openings.lowerBound...edge - (interval == .day1 ? 86_400 : 60), ticker)
      + pages(edge...openings.upperBound, ticker)
  }

  private func pages(_ openings: ClosedRange<Instant>, _ ticker: PolygonTicker) -> [ClosedRange<Instant>] {
    // Stocks have 960 minutes a day, from four to eight; everything else may have 1,440. Ten weeks are fifty sessions.
    let days: Int64 = interval == .day1 ? Int64(Self.limit) : ticker.hasActs ? 70 : 34
    let length = days * 86_400
    return stride(from: openings.lowerBound.epochSeconds, through: openings.upperBound.epochSeconds, by: Int(length))
      .map { start in
        Instant(
          epochSeconds: start)...min(
            Instant(epochSeconds: start + length - interval.seconds), openings.upperBound)
      }
  }
}
