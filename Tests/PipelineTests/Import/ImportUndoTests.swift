import Formats
import Market
import SQLite
import Testing

@testable import Pipeline
@testable import Store

/// An import that is undone leaves the record as if it had never come, but for the history.
@Suite struct ImportUndoTests {
  private let order = Importing.bars()

  /// Three files that overlap; the later ones repeat, correct and go on with the earlier, and each has rows that are
  /// refused or odd.
  private static let first =
    Importing.hours(0..<10)
    + Importing.hours(12..<60) { $0 == 20 ? 900 : 100 + Double($0) }.split(separator: "\n").dropFirst()
    .joined(separator: "\n") + "\nx,1,2,3\n1730600000,5,2,1,2,5\n"
  private static let second =
    Importing.hours(30..<40) { $0 == 35 ? 300 : 100 + Double($0) }
    + Importing.hours(45..<100).split(separator: "\n").dropFirst().joined(separator: "\n") + "\nx,1,2,3\n"
  private static let third = Importing.hours(80..<150) { $0 == 90 ? 400 : 100 + Double($0) } + "y,1,2,3\n"
  private static let all = [first, second, third]

  private func record(_ texts: [String], _ order: ImportOrder? = nil, source: String = "import", size: Int = 500)
    throws -> Importing
  {
    let importing = try Importing()
    for text in texts {
      try importing.bring(Array(text.utf8), order ?? self.order, source: source, partSize: size)
    }
    return importing
  }

  @discardableResult
  private func undo(_ id: Int64, _ store: Store, after seconds: Int64 = 3600) throws -> ImportUndo.Report {
    try ImportUndo(
      store: store, opener: Importing.opener, clock: .standing(at: Importing.now + seconds), command: "import undo",
      version: "test", processID: 1
    ).perform(FetchID(id))
  }

  private static let counted = ["series", "market_snapshot", "snapshot_due", "etf_flow_day"]

  /// What the record believes, with the names of files in place of the numbers of fetches.
  private func beliefs(_ store: Store) throws -> [String: [String]] {
    func told(_ table: String, _ columns: String) throws -> [String] {
      try store.rows(
        """
        SELECT \(columns), (SELECT hex(substr(sha256, 1, 4)) FROM import_file WHERE fetch_id = \(table).fetch_id)
        FROM \(table)
        """
      ).sorted()
    }
    var beliefs: [String: [String]] = [:]
    for table in Self.counted { beliefs[table] = try store.rows("SELECT * FROM \(table)").sorted() }
    beliefs["bar"] = try told("bar", "series_id, open_time, open, high, low, close, volume")
    beliefs["sentiment"] = try told("sentiment", "series_id, day, value, classification")
    beliefs["etf_flow"] = try told("etf_flow", "series_id, day, etf_id, net_flow_usd, net_assets_usd")
    beliefs["gap"] = try told("gap", "series_id, from_time, to_time, missing, reason, step_id")
    beliefs["quality_flag"] = try told("quality_flag", "series_id, at, sub_key, rule, detail")
    beliefs["quarantine"] = try told("quarantine", "series_id, at, reason, detail, excerpt, state")
    return beliefs
  }

  private func expectAgrees(_ store: Store) throws {
    let rebuilt = try Rebuilt(store)
    #expect(rebuilt.faults == [])
    #expect(try rebuilt.store.dump() == store.dump())
    #expect(try store.brokenReferences() == [])
    #expect(try Rebuilt(store, bodies: false).faults == [])
  }

  @Test(arguments: [0, 1, 2], [OpenedImport.partSize, 500])
  func `of three overlapping imports one undone, the record is that of the other two`(undone: Int, size: Int) throws {
    let importing = try record(Self.all, size: size)
    let store = importing.store
    let counts = try store.rows("SELECT parts_read, row_count, refused_count FROM import_file")
    #expect(try undo(Int64(undone) + 1, store).gone > 0)
    var others = Self.all
    others.remove(at: undone)
    let never = try record(others, size: size).store
    let (found, expected) = (try beliefs(store), try beliefs(never))
    for (table, rows) in expected { #expect(found[table] == rows, "\(table)") }
    #expect(expected["quality_flag"]?.isEmpty == false && expected["gap"]?.isEmpty == false)
    #expect(try store.rows("SELECT parts_read, row_count, refused_count FROM import_file") == counts)
    try expectAgrees(store)
  }

  @Test func `the past before it shows every value again, and the past after it does not`() throws {
    let store = try record(Self.all).store
    let before = try beliefs(store)["bar"]
    try undo(2, store)
    #expect(try beliefs(store)["bar"] != before)
    #expect(
      try store.rows("SELECT count(*) > 15, min(replaced_at) FROM bar_restatement WHERE replaced_by_decision_id = 1")
        == ["1|\((Importing.now + 3600).epochSeconds)"])
    let columns = "series_id, open_time, open, high, low, close, volume"
    func known(at instant: Instant) throws -> [String] {
      try store.write { db in
        try AsKnownOn.prepare(db, store.kinds, path: ":memory:", asOf: instant, measure: .publication)
      }
      return try store.rows("SELECT \(columns) FROM bar").sorted()
    }
    let now = try store.rows("SELECT \(columns) FROM bar").sorted()
    let then = try known(at: Importing.now)
    #expect(then == before.map { $0.map { String($0[..<($0.lastIndex(of: "|") ?? $0.endIndex)]) } })
    #expect(then != now)
  }

  @Test func `undone to the last, nothing is believed, and the same file can come again`() throws {
    let importing = try record([Self.first])
    let store = importing.store
    let before = try beliefs(store)
    try undo(1, store)
    #expect(try store.rows("SELECT count(*) FROM bar") == ["0"])
    #expect(try store.rows("SELECT count(*) FROM market_snapshot") == ["0"])
    #expect(try store.rows("SELECT count(*) FROM market_snapshot_restatement") == ["3"])
    #expect(try store.rows("SELECT row_count, first_time FROM series WHERE dataset = 'bar'") == ["0|∅"])
    try expectAgrees(store)
    #expect(throws: ImportUndo.Fault.self) { try undo(1, store) }
    #expect(throws: ImportUndo.Fault.self) { try undo(9, store) }
    let again = try importing.bring(Array(Self.first.utf8), order, partSize: 500)
    #expect(!again.isKnown && again.counts.new > 50)
    let after = try beliefs(store)
    for table in ["bar", "gap", "quality_flag", "quarantine", "market_snapshot"] {
      #expect(after[table] == before[table], "\(table)")
    }
    try expectAgrees(store)
  }

  @Test func `one after the other, and imports between, and a rebuild agrees`() throws {
    let importing = try record(Self.all)
    let store = importing.store
    try undo(2, store)
    try importing.bring(Array(Importing.hours(40..<70) { 50 + Double($0) }.utf8), order, partSize: 300)
    try undo(1, store, after: 7200)
    try importing.bring(Array(Self.second.utf8), order, partSize: 500)
    try expectAgrees(store)
    let never = try record([Self.third, Importing.hours(40..<70) { 50 + Double($0) }, Self.second]).store
    #expect(try beliefs(store)["bar"] == beliefs(never)["bar"])
  }

  @Test func `a row that was released stays so where its import stays, and goes with its import`() throws {
    let odd = Importing.hours(0..<10) + "1730419200,1,2,1,2,5\n"
    let store = try record([odd, Importing.hours(20..<30)]).store
    try store.judgement.drop([QuarantineID(1)], at: Importing.now)
    try undo(2, store)
    #expect(try store.rows("SELECT state, decision_id FROM quarantine") == ["dropped|1"])
    try expectAgrees(store)
    try undo(1, store, after: 7200)
    #expect(try store.rows("SELECT count(*) FROM quarantine") == ["0"])
    try expectAgrees(store)
  }

  /// Hours of which two are below zero, which is refused at first.
  private static func odd(_ range: Range<Int>, _ below: Int...) -> String {
    Importing.hours(range.lowerBound..<range.upperBound) { below.contains($0) ? -5 : 100 + Double($0) }
  }

  private func release(_ hour: Int, _ store: Store) throws {
    let at = Instant(epochSeconds: 1_730_419_200 + Int64(hour) * 3600)
    let row = try #require(try store.judgement.quarantinedRows().first { $0.at == at })
    let releasing = QuarantineRelease(providers: [], opener: Importing.opener)
    #expect(try releasing.release(row.id, in: store, at: Importing.now + 60) == StepCounts(new: 1))
    try releasing.deriveSnapshots(in: store, at: Importing.now + 60)
  }

  @Test(arguments: 0..<4)
  func `of rows that were released only those of imports that stay are believed, whenever the other was undone`(
    place: Int
  ) throws {
    let texts = [Self.odd(0..<30, 3, 20), Self.odd(15..<60, 20, 40, 50), Self.odd(35..<80, 40, 70, 75)]
    let importing = try Importing()
    let store = importing.store
    func bring(_ number: Int, _ importing: Importing) throws {
      try importing.bring(Array(texts[number].utf8), order, partSize: 500)
    }
    let acts: [() throws -> Void] = [
      { try release(50, store) }, { try bring(2, importing) }, { try release(70, store) },
    ]
    try bring(0, importing)
    try release(20, store)
    try bring(1, importing)
    try release(40, store)
    for (number, act) in acts.enumerated() {
      if number == place { try undo(2, store) }
      if number != 0 || place > 0 { try act() }
    }
    if place == acts.count { try undo(2, store) }
    let never = try Importing()
    try bring(0, never)
    try release(20, never.store)
    try bring(2, never)
    try release(70, never.store)
    let (found, expected) = (try beliefs(store), try beliefs(never.store))
    for (table, rows) in expected { #expect(found[table] == rows, "\(table)") }
    #expect(try store.rows("SELECT state, count(*) FROM quarantine GROUP BY state") == ["held|3", "released|2"])
    try expectAgrees(store)
  }

  @Test func `the price of an asset is no series that lost all its rows`() throws {
    let importing = try record([Importing.hours(0..<40)])
    let store = importing.store
    func chosen() throws -> String? {
      try store.catalogue.chosenPrice(of: "BTC", interval: .hour1)?.key.provider.description
    }
    #expect(try chosen() == "import")
    try undo(1, store)
    #expect(try chosen() == nil)
    #expect(try store.status(at: Importing.now).chosen.isEmpty)
    #expect(try store.status(at: Importing.now).lastRun?.undone == ["import 1 undone: 40 rows gone"])
    #expect(try store.status(at: Importing.now).lastRun?.counts == StepCounts())
    try importing.bring(Array(Importing.hours(0..<20).utf8), order, source: "other")
    #expect(try chosen() == "other")
    try importing.bring(Array(Importing.hours(0..<30).utf8), order)
    try undo(2, store, after: 7200)
    #expect(try chosen() == "import")
    try expectAgrees(store)
  }

  @Test func `of a long series only what is gone or says otherwise stays in the history`() throws {
    let store = try record([Importing.hours(0..<4000), Importing.hours(3000..<6000) { 99 + Double($0) }]).store
    try undo(1, store)
    #expect(try store.rows("SELECT count(*) FROM bar") == ["3000"])
    #expect(
      try store.rows("SELECT count(*), sum(replaced_by_decision_id) FROM bar_restatement WHERE fetch_id = 1")
        == ["4000|3000"])
    try expectAgrees(store)
  }

  @Test func `a row that another answer says as well has no history of having moved there and back`() throws {
    let texts = [Importing.hours(0..<10), Importing.hours(0..<10) { $0 == 5 ? 300 : 100 + Double($0) }]
    let importing = try record([texts[0], texts[1], texts[0]])
    let store = importing.store
    let row = "SELECT close, fetch_id FROM bar WHERE open_time = 1730437200"
    let replacers =
      "SELECT replaced_by_fetch_id, replaced_by_decision_id FROM bar_restatement WHERE open_time = 1730437200"
    #expect(try store.rows(row) == ["105.0|3"])
    #expect(try undo(2, store).changed == 0)
    #expect(try store.rows(row) == ["105.0|1"])
    #expect(try store.rows("SELECT count(*) FROM bar_restatement WHERE replaced_by_decision_id IS NOT NULL") == ["0"])
    try expectAgrees(store)
    #expect(try undo(1, store, after: 7200).changed == 0)
    #expect(try store.rows(row) == ["105.0|3"])
    #expect(try store.rows(replacers) == ["2|∅", "3|∅"])
    // What only the third import says now was known from the first on.
    #expect(
      try store.rows("SELECT count(*), min(fetch_id) FROM bar_restatement WHERE replaced_by_decision_id = 2") == ["9|1"]
    )
    try expectAgrees(store)
  }

  @Test func `sentiment and flows are made again too`() throws {
    let mood = ImportOrder(dataset: .sentiment, asset: nil, assetClass: nil, interval: .day1)
    let moods = [
      "date,value,classification\n2024-11-01,20,Extreme Fear\n2024-11-02,30,Fear\n",
      "date,value,classification\n2024-11-02,55,Neutral\n2024-11-04,56,Neutral\n",
    ]
    var flow = ImportOrder(dataset: .etfFlow, asset: "BTC", assetClass: .crypto, interval: .day1)
    flow.unit = 1_000_000
    let flows = [
      "date,IBIT,FBTC\n2024-11-04,1,2\n2024-11-05,3,4\n", "date,IBIT,FBTC\n2024-11-05,3,5\n2024-11-06,6,7\n",
    ]
    for (texts, order) in [(moods, mood), (flows, flow)] {
      let store = try record(texts, order).store
      try undo(1, store)
      let (found, expected) = (try beliefs(store), try beliefs(record([texts[1]], order).store))
      for (table, rows) in expected where table != "etf_flow_day" || order.dataset == .etfFlow {
        #expect(found[table] == rows, "\(table)")
      }
      try expectAgrees(store)
    }
  }
}
