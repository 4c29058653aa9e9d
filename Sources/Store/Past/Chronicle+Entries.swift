import GRDB
import Market
import SQLite

extension ChronicleEntry {
  init(_ row: Row) throws {
    func damaged() -> StoreError {
      .corrupt(path: "chronicle", detail: "entry \(row["entry_id"] as Int64) lacks what its kind needs")
    }
    func id<R>(_ column: String) throws -> Identifier<R> {
      guard let number = row[column] as Int64? else { throw damaged() }
      return Identifier(number)
    }
    func instant(_ column: String) throws -> Instant {
      guard let seconds = row[column] as Int64? else { throw damaged() }
      return Instant(epochSeconds: seconds)
    }
    func span() throws -> ClosedRange<Instant> {
      let (first, last) = (try instant("from_time"), try instant("to_time"))
      guard first <= last else { throw damaged() }
      return first...last
    }
    switch row["kind"] as String {
    case "read": self = .read(try id("fetch_id"))
    case "part":
      guard let part = row["part"] as Int? else { throw damaged() }
      self = .part(try id("fetch_id"), part)
    case "failed":
      self = .failed(try id("series_id"), try span(), (row["step_id"] as Int64?).map(StepID.init))
    case "absent": self = .absent(try id("series_id"), try span(), try id("fetch_id"))
    case "chosen":
      guard let interval = Interval(rawValue: row["interval"] as String? ?? "") else { throw damaged() }
      self = .chosen(
        try id("asset_id"), interval, try id("series_id"), due: try? instant("at"), try id("run_id"))
    case "judged": self = .judged(try id("series_id"), at: try instant("at"))
    case "ended": self = .ended(at: try instant("at"))
    case "snapshot": self = .snapshot(try id("asset_id"), at: try instant("at"))
    case "analysed": self = .analysed(at: try instant("at"), portfolios: row["detail"] != nil)
    case "decided": self = .decided(try id("decision_id"))
    default: throw damaged()
    }
  }
}

extension Chronicle {
  /// Notes an act, in the transaction that performs it. A rebuild, which follows a chronicle, writes none.
  package func add(_ entry: ChronicleEntry, _ db: Database) throws {
    guard !store.durability.followsChronicle else { return }
    switch entry {
    case .read(let fetch):
      try db.run("INSERT INTO chronicle (kind, fetch_id) VALUES ('read', ?)", [fetch.rawValue])
    case .part(let fetch, let number):
      try db.run("INSERT INTO chronicle (kind, fetch_id, part) VALUES ('part', ?, ?)", [fetch.rawValue, number])
    case .failed(let series, let span, let step):
      try db.run(
        "INSERT INTO chronicle (kind, series_id, from_time, to_time, step_id) VALUES ('failed', ?, ?, ?, ?)",
        [series.rawValue, span.lowerBound.epochSeconds, span.upperBound.epochSeconds, step?.rawValue])
    case .absent(let series, let span, let fetch):
      try db.run(
        "INSERT INTO chronicle (kind, series_id, from_time, to_time, fetch_id) VALUES ('absent', ?, ?, ?, ?)",
        [series.rawValue, span.lowerBound.epochSeconds, span.upperBound.epochSeconds, fetch.rawValue])
    case .chosen(let asset, let interval, let series, let due, let run):
      try db.run(
        "INSERT INTO chronicle (kind, asset_id, interval, series_id, at, run_id) VALUES ('chosen', ?, ?, ?, ?, ?)",
        [asset.rawValue, interval.rawValue, series.rawValue, due?.epochSeconds, run.rawValue])
    case .judged(let series, let now):
      try db.run(
        "INSERT INTO chronicle (kind, series_id, at) VALUES ('judged', ?, ?)", [series.rawValue, now.epochSeconds])
    case .ended(let now): try db.run("INSERT INTO chronicle (kind, at) VALUES ('ended', ?)", [now.epochSeconds])
    case .analysed(let now, let portfolios):
      try db.run(
        "INSERT INTO chronicle (kind, at, detail) VALUES ('analysed', ?, ?)",
        [now.epochSeconds, portfolios ? "portfolios" : nil])
    case .snapshot(let asset, let now):
      try db.run(
        "INSERT INTO chronicle (kind, asset_id, at) VALUES ('snapshot', ?, ?)", [asset.rawValue, now.epochSeconds])
    case .decided(let decision):
      try db.run("INSERT INTO chronicle (kind, decision_id) VALUES ('decided', ?)", [decision.rawValue])
    }
  }
}
