import Market
import Pipeline
import Providers
import Support
import Synchronization

@testable import Store

/// A calendar and a statistics office in memory, and a clock that stands where the test puts it.
final class StatisticsOffice: Transport {
  struct Event: Sendable {
    var title: String
    var date: String
    var impact = "High"
    var forecast = ""
    var previous = ""

    var text: String {
      """
      {"title":"\(title)","country":"USD","date":"\(date)","impact":"\(impact)","forecast":"\(forecast)",\
      "previous":"\(previous)"}
      """
    }
  }

  struct State: Sendable {
    var now = Instant("2024-09-22T12:00:00Z")!
    var events: [Event] = []
    /// What is answered in place of the calendar.
    var fault: (status: Int, body: String)?
    /// Values of series: day, vintage, value.
    var values: [String: [(day: String, vintage: String, value: String)]] = [:]
    /// The days of releases.
    var releases: [String: [String]] = [:]
    var asked: [Request] = []
  }

  let store: Store
  private let state = Mutex(State())

  init(_ store: Store, series: [SeriesDefinition] = [], rules: EventRules = .none) throws {
    self.store = store
    let week = SeriesDefinition(key: WeekCalendar.week, asset: nil, quoteCurrency: nil, priority: 1)
    try store.catalogue.add(
      Catalogue(edition: "", listings: [], funds: [], others: [week] + series, events: rules),
      providers: [WeekCalendar().profile, FRED().profile])
  }

  func change(_ body: (inout sending State) -> Void) { state.withLock { body(&$0) } }

  func takeAsked() -> [Request] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  @discardableResult
  func run(at now: String, _ adjust: (inout RunOptions) -> Void = { _ in }) async throws -> RunReport {
    let now = Instant(now)!
    change { $0.now = now }
    var options = RunOptions()
    options.only = [.events, .macro]
    adjust(&options)
    return try await Ingest(
      store: store,
      Ingest.Dependencies(
        providers: [WeekCalendar(), FRED()], transport: self, clock: .standing(at: now), quotas: { [] },
        keyed: ["fred"], command: "ingest", version: "test", processID: 1, closing: [], onEvent: { _ in })
    ).run(options)
  }

  func roundTrip(_ request: Request) async -> RoundTrip {
    let answer = state.withLock { state in
      state.asked.append(request)
      return StatisticsOffice.answer(to: request, state)
    }
    return RoundTrip(request, answered: answer)
  }

  private static func answer(to request: Request, _ state: State) -> Answer {
    let (status, body): (Int, String)
    if request.provider == WeekCalendar.name {
      (status, body) = state.fault ?? (200, "[\(state.events.map(\.text).joined(separator: ","))]")
    } else if let release = request.queryValue("release_id") {
      let days = (state.releases[release] ?? []).map { #"{"release_id":\#(release),"date":"\#($0)"}"# }
      (status, body) = (200, #"{"release_dates":[\#(days.joined(separator: ","))]}"#)
    } else {
      let today = state.now.day.description
      let rows = (state.values[request.queryValue("series_id") ?? ""] ?? []).filter { $0.vintage <= today }.map {
        #"{"realtime_start":"\#($0.vintage)","realtime_end":"9999-12-31","date":"\#($0.day)","value":"\#($0.value)"}"#
      }
      (status, body) = (200, #"{"count":\#(rows.count),"observations":[\#(rows.joined(separator: ","))]}"#)
    }
    return Answer(status: status, headers: [], body: Array(body.utf8), receivedAt: state.now)
  }
}
