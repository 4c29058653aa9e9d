import Market
import Synchronization

/// A tiny world of providers in memory: prices from a function of the hour, an index, a page of flows; and their bad days.
final class Bourse: Transport {
  enum Fault: Sendable {
    case answer(status: Int, body: String)
    case error(TransportError)
  }

  struct State: Sendable {
    var now: Instant
    /// Closes that differ from what the function says.
    var restated: [Instant: Int64] = [:]
    /// Openings that the exchanges leave out.
    var withheld: Set<Instant> = []
    /// Openings that one exchange leaves out of a request.
    var isLacking: @Sendable (Request, Instant) -> Bool = { _, _ in false }
    /// What a provider does instead of answering.
    var faults: [ProviderName: Fault] = [:]
    /// Which requests the faults are for.
    var isFaulty: @Sendable (Request) -> Bool = { _ in true }
    /// Days on which funds have not reported.
    var unreported: Set<Day> = []
    /// Millions that a fund reports in place of its usual ones.
    var restatedFlows: [Day: Int64] = [:]
    var asked: [Request] = []
  }

  private let state: Mutex<State>
  /// Called with the number of every request, before it is answered.
  private let onRequest: Mutex<@Sendable (Int) -> Void> = Mutex { _ in }

  init(now: Instant) { state = Mutex(State(now: now)) }

  func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }
  func onRequest(_ body: @escaping @Sendable (Int) -> Void) { onRequest.withLock { $0 = body } }

  /// What was asked since the last call.
  func takeAsked() -> [Request] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  func roundTrip(_ request: Request) async -> RoundTrip {
    let (state, number) = state.withLock { state in
      state.asked.append(request)
      return (state, state.asked.count)
    }
    onRequest.withLock { $0 }(number)
    let result: Result<Answer, TransportError> =
      Task.isCancelled ? .failure(.cancelled) : state.answer(to: request)
    let bytes = if case .success(let answer) = result { answer.body.count } else { 0 }
    return RoundTrip(
      request: request,
      attempts: [
        Attempt(
          url: "https://\(request.provider)\(request.target)", startedAt: state.now, elapsed: .zero, wireBytes: bytes,
          result: result)
      ])
  }
}

extension Bourse.State {
  fileprivate func answer(to request: Request) -> Result<Answer, TransportError> {
    switch isFaulty(request) ? faults[request.provider] : nil {
    case .error(let error): .failure(error)
    case .answer(let status, let body): .success(answer(body, status: status))
    case nil: .success(answer(body(for: request)))
    }
  }

  private func answer(_ body: String, status: Int = 200) -> Answer {
    Answer(status: status, headers: [], body: Array(body.utf8), receivedAt: now)
  }

  private func body(for request: Request) -> String {
    switch request.provider {
    case "binance": klines(request)
    case "coinbase": candles(request)
    case "kraken": ohlc(request)
    case "coingecko": samples(request)
    case "alternative.me": index(days: Int(request.queryValue("limit") ?? "") ?? 1)
    case "farside": page(days: request.path.contains("all-data") ? 60 : 20)
    default: "{}"
    }
  }

  /// The openings from the first to the last that have begun, less those withheld. The fund SPY rests as New York does.
  private func openings(_ first: Instant, _ last: Instant, of symbol: String?, every step: Int64) -> [Instant] {
    stride(from: first.epochSeconds, through: min(last, now).epochSeconds, by: Int(step))
      .map(Instant.init(epochSeconds:)).filter { !withheld.contains($0) }
      .filter { symbol != "SPY" || Calendar.nyse.isOpen(on: $0.day) }
  }

  private func klines(_ request: Request) -> String {
    func time(_ name: String) -> Instant {
      Instant(epochSeconds: (Int64(request.queryValue(name) ?? "") ?? 0) / 1000)
    }
    let step: Int64 = request.queryValue("interval") == "1d" ? 86_400 : 3600
    let opens = openings(time("startTime"), time("endTime"), of: request.queryValue("symbol"), every: step)
      .filter { !isLacking(request, $0) }
    let rows = opens.prefix(1000).map { hour in
      let bar = candle(at: hour)
      return """
        [\(hour.epochSeconds * 1000),"\(bar.open).00","\(bar.high).00","\(bar.low).00","\(bar.close).00","\(bar.volume).5",\
        \((hour.epochSeconds + step) * 1000 - 1),"1.0",1,"1.0","1.0","0"]
        """
    }
    return "[\(rows.joined(separator: ","))]"
  }

  private func candles(_ request: Request) -> String {
    let first = Instant(request.queryValue("start") ?? "") ?? now
    let last = Instant(request.queryValue("end") ?? "") ?? now
    let step = request.queryValue("granularity").flatMap { Int64($0) } ?? 3600
    let opens = openings(first, last, of: nil, every: step).filter { !isLacking(request, $0) }
    let rows = opens.reversed().map { hour in
      let bar = candle(at: hour)
      return "[\(hour.epochSeconds),\(bar.low),\(bar.high),\(bar.open),\(bar.close),\(bar.volume)]"
    }
    return "[\(rows.joined(separator: ","))]"
  }

  /// The newest 720 at most, with the running one.
  private func ohlc(_ request: Request) -> String {
    let running = Instant(epochSeconds: now.epochSeconds - now.epochSeconds % 3600)
    let since = Instant(epochSeconds: Int64(request.queryValue("since") ?? "") ?? 0) + 1
    let opens = openings(max(since, running - 720 * 3600), running, of: nil, every: 3600)
    let rows = opens.filter { !isLacking(request, $0) }.map { hour in
      let bar = candle(at: hour)
      return
        #"[\#(hour.epochSeconds),"\#(bar.open)","\#(bar.high)","\#(bar.low)","\#(bar.close)","1.0","\#(bar.volume)",1]"#
    }
    return
      #"{"error":[],"result":{"XXBTZUSD":[\#(rows.joined(separator: ","))],"last":\#(running.epochSeconds - 3600)}}"#
  }

  private func samples(_ request: Request) -> String {
    let opens = openings(now - 14 * 86_400, now, of: nil, every: 3600).map { $0.epochSeconds * 1000 + 7000 }
    func list(_ value: Int) -> String { opens.map { "[\($0),\(value).5]" }.joined(separator: ",") }
    return #"{"prices":[\#(list(1000))],"market_caps":[\#(list(2000))],"total_volumes":[\#(list(3000))]}"#
  }

  private func candle(at hour: Instant) -> (open: Int64, high: Int64, low: Int64, close: Int64, volume: Int64) {
    let number = hour.epochSeconds / 3600
    let open = 1000 + number % 17
    let close = restated[hour] ?? 1000 + number * 7 % 19
    return (open, max(open, close) + 1, min(open, close) - 1, close, number % 5 + 1)
  }

  private func index(days: Int) -> String {
    let entries = (0..<days).map { back in
      let day = now.day - back
      return
        #"{"value":"\#(day.daysSinceEpoch % 90)","value_classification":"Fear","timestamp":"\#(day.start.epochSeconds)"}"#
    }
    return #"{"name":"Fear and Greed Index","data":[\#(entries.joined(separator: ","))],"metadata":{"error":null}}"#
  }

  private func page(days: Int) -> String {
    let rows = (0..<days).reversed().map { now.day - $0 }.filter(Calendar.nyse.isOpen).map { day in
      let first = restatedFlows[day] ?? Int64(day.daysSinceEpoch % 9) + 3
      let cells = unreported.contains(day) ? ["-", "-", "0.0"] : ["\(first).0", "(2.5)", "\(first - 3).5"]
      return "<tr><td>\(Self.written(day))</td>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }
    return """
      <!DOCTYPE html><html><body><table class="etf">
      <thead><tr><th>Date</th><th>IBIT</th><th>FBTC</th><th>Total</th></tr></thead>
      <tbody>\(rows.joined())</tbody></table></body></html>
      """
  }

  /// `13 Mar 2026`
  static func written(_ day: Day) -> String {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let (year, month, number) = day.parts
    return "\(number < 10 ? "0" : "")\(number) \(names[month - 1]) \(year)"
  }
}
