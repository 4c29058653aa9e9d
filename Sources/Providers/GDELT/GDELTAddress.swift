import Market

/// What is asked of GDELT.
enum GDELTAddress {
  /// Days of one request: of a week and less an answer comes by the hour.
  static let days = 30
  /// Nothing before it is to be had.
  static let firstDay = Day(year: 2017, month: 1, day: 1)!  // A day written here.

  static let path = "/api/v2/doc/doc"
  private static let format = QueryItem("format", "json")

  /// A day of whatever is there.
  static let probe = Request(
    provider: GDELT.name, path: path,
    query: [
      QueryItem("query", "economy"), QueryItem("mode", GDELTTimeline.Mode.volume.rawValue), format,
      QueryItem("timespan", "1d"),
    ], maximumBytes: 1 << 20, timeLimit: 60)

  /// - Parameter days: both whole, in UTC.
  static func timeline(_ mode: GDELTTimeline.Mode, _ query: String, _ days: ClosedRange<Day>) -> Request {
    Request(
      provider: GDELT.name, path: path,
      query: [
        QueryItem("query", query), QueryItem("mode", mode.rawValue), format,
        QueryItem("startdatetime", stamp(days.lowerBound, "000000")),
        QueryItem("enddatetime", stamp(days.upperBound, "235959")),
      ], maximumBytes: 4 << 20, timeLimit: 60)
  }

  private static func stamp(_ day: Day, _ time: String) -> String {
    String(day.description.filter { $0 != "-" }) + time
  }

  /// Whether a text can be a query: it takes about 250 characters at most.
  static func isQuery(_ text: String) -> Bool {
    (3...250).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}

/// What a request of ours asked.
struct GDELTQuestion {
  let mode: GDELTTimeline.Mode
  let query: String
  let days: ClosedRange<Day>

  /// `nil` for a request that is none of ours.
  init?(_ request: Request) {
    guard request.path == GDELTAddress.path, let query = request.queryValue("query"),
      let mode = request.queryValue("mode").flatMap(GDELTTimeline.Mode.init(rawValue:)),
      let first = request.queryValue("startdatetime").flatMap(Self.day),
      let last = request.queryValue("enddatetime").flatMap(Self.day), first <= last
    else { return nil }
    (self.mode, self.query, days) = (mode, query, first...last)
  }

  /// The day of `20240919235959`.
  private static func day(_ stamp: String) -> Day? {
    stamp.utf8.count == 14 ? GDELTTimeline.day(ofDigits: stamp.prefix(8)) : nil
  }
}
