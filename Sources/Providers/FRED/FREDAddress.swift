import Market

/// What is asked of FRED, and what a request asked.
enum FREDAddress {
  enum Question: Hashable {
    /// Values from a day on.
    case observations(id: String, first: Day?, hasVintages: Bool)
    /// The same without a key.
    case table(id: String, first: Day?)
    /// The days of a release from a day on.
    case releases(Int, first: Day?)
    /// What a series measures.
    case description(id: String)
    /// In which release a series is published.
    case release(id: String)

    /// The series that it is about; `nil` for a release.
    var id: String? {
      switch self {
      case .observations(let id, _, _), .table(let id, _), .description(let id), .release(let id): id
      case .releases: nil
      }
    }
  }

  /// The server that hands out tables without a key.
  static let tables = RequestHost("fred.stlouisfed.org")!  // A name written here.
  /// Nothing is asked for from before the first value of any series.
  static let known = Instant("1600-01-01T00:00:00Z")!...Instant.representable.upperBound  // Likewise.
  /// In place of an end.
  private static let forever = "9999-12-31"

  /// - Parameter first: also the beginning of the vintages: nothing is published before its period, so that none is cut.
  static func observations(of id: String, from first: Day, withVintages: Bool) -> Request {
    ask(
      "series/observations",
      [QueryItem("series_id", id), QueryItem("observation_start", first.description)]
        + (withVintages ? [QueryItem("realtime_start", first.description), QueryItem("realtime_end", forever)] : []))
  }

  static func table(of id: String, from first: Day) -> Request {
    Request(
      provider: FRED.name, host: tables, path: "/graph/fredgraph.csv",
      query: [QueryItem("id", id), QueryItem("cosd", first.description)], maximumBytes: 16 << 20, timeLimit: 30)
  }

  /// From the first of the month of a day on, so that it is the same question for a while.
  static func releases(of number: Int, from day: Day) -> Request {
    let first = day - (day.parts.day - 1)
    return ask(
      "release/dates",
      [
        QueryItem("release_id", "\(number)"), QueryItem("realtime_start", first.description),
        QueryItem("realtime_end", forever), QueryItem("include_release_dates_with_no_data", "true"),
        QueryItem("sort_order", "asc"), QueryItem("limit", "1000"),
      ])
  }

  static func description(of id: String) -> Request { ask("series", [QueryItem("series_id", id)]) }
  static func release(of id: String) -> Request { ask("series/release", [QueryItem("series_id", id)]) }

  private static func ask(_ what: String, _ query: [QueryItem]) -> Request {
    Request(
      provider: FRED.name, path: "/fred/\(what)", query: query + [QueryItem("file_type", "json")], timeLimit: 30)
  }

  /// `nil` where it is none of these.
  static func question(in request: Request) -> Question? {
    func day(_ name: String) -> Day? { request.queryValue(name).flatMap { Day($0) } }
    let id = request.queryValue("series_id")
    switch request.path {
    case "/fred/series/observations":
      return id.map {
        .observations(
          id: $0, first: day("observation_start"), hasVintages: request.queryValue("realtime_start") != nil)
      }
    case "/graph/fredgraph.csv": return request.queryValue("id").map { .table(id: $0, first: day("cosd")) }
    case "/fred/release/dates":
      return request.queryValue("release_id").flatMap { Int($0) }.map { .releases($0, first: day("realtime_start")) }
    case "/fred/series": return id.map { .description(id: $0) }
    case "/fred/series/release": return id.map { .release(id: $0) }
    default: return nil
    }
  }
}
