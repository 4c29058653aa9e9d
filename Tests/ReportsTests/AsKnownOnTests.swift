import Market
import Provenance
import Reports
import Schema
import Store
import Testing

struct AsKnownOnTests {
  @Test func `every dataset is as it was after each run, whatever came later`() async throws {
    let record = try WhyRecord()
    var then: [[String: String]] = []
    try await WhyStory.tell(record) { _ in then.append(try exported(record.store)) }
    for (number, instant) in WhyStory.after.enumerated() {
      let now = try exported(try record.asOf(instant))
      for dataset in NamedDataset.all {
        #expect(now[dataset.name] == then[number][dataset.name], "\(dataset.name) on \(instant)")
      }
    }
    // Not the same text three times.
    for name in [
      "ohlc_hourly", "sentiment_daily", "etf_flows_daily", "daily_market_snapshot", "bar", "sentiment", "etf_flow",
      "etf_flow_day", "summary", "series", "bar_restatement",
    ] {
      #expect(then[0][name] != then[1][name], "\(name)")
    }
    #expect(then[1]["etf_flow_restatement"] != then[2]["etf_flow_restatement"])
  }

  @Test func `a report of the past is the report that was printed then, and says that it is one`() async throws {
    let record = try WhyRecord()
    var then: [String] = []
    try await WhyStory.tell(record) { _ in
      then.append(try DailyReport(of: WhyStory.friday, from: record.store).markdown())
    }
    #expect(Set(then).count == 3)
    for (number, instant) in WhyStory.after.enumerated() {
      let report = try DailyReport(of: WhyStory.friday, from: try record.asOf(instant))
      let note =
        "As known on \(instant.prefix(10)) \(instant.dropFirst(11).prefix(5)) UTC: what was answered later is left out."
      #expect(report.markdown().contains(note))
      #expect(report.markdown().replacing("\(note)\n\n", with: "") == then[number])
      let known = Told.instant(instant)
      #expect(report.json().compact.contains("\"known_on\":\"\(known)\""))
    }
  }

  @Test func `two instants, two answers, each with its own place and its own past`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    let subject = WhySubject.price(
      asset: "BTC", at: WhyStory.movedHour, interval: nil, source: nil, field: .close)
    let answers = try WhyStory.after.map { try record.why(subject, in: try record.asOf($0)) }
    #expect(
      answers.map(\.headline) == [
        "BTC 2025-09-18T10:00Z close is 115104.5 USDT", "BTC 2025-09-18T10:00Z close is 115111.5 USDT",
        "BTC 2025-09-18T10:00Z close is 115222.75 USDT",
      ])
    let texts = answers.map { $0.text(width: nil) }
    #expect(texts[0].contains("nothing else: this is the first value that came"))
    #expect(texts[1].contains("115104.5 from fetch 1, replaced 2025-09-20T14:30:00Z by fetch 6"))
    #expect(texts[2].contains("115111.5 from fetch 6, replaced 2025-09-23T12:30:00Z by fetch 9"))
    #expect(texts.allSatisfy { $0.contains("read again, these bytes give") && $0.contains(": the same") })
  }

  @Test func `what a fund had not yet reported was not known`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    let subject = WhySubject.flow(ticker: "IBIT", day: WhyStory.friday - 1, source: nil, field: .netFlowUSD)
    let first = try record.why(subject, in: try record.asOf(WhyStory.after[0]))
    #expect(first.headline == "flow IBIT 2025-09-18 net flow is –")
    let now = try record.why(subject)
    #expect(now.headline == "flow IBIT 2025-09-18 net flow is 3000000 USD")
    #expect(
      now.text(width: nil).contains("– from fetch 5, replaced 2025-09-20T14:30:00Z by fetch 8, while the day was"))
  }

  @Test func `before the first answer the file says from when it knows`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    #expect {
      try record.asOf("2025-09-19T12:29:59Z")
    } throws: { error in
      "\(error)" == """
        this file knows from 2025-09-19T12:30:00Z; what was known on 2025-09-19T12:29:59Z cannot be told
        """
    }
  }

  @Test func `an answer that came first and was read last does not hide what came after it`() async throws {
    let record = try WhyRecord()
    try await WhyStory.tell(record)
    // The third answer is dated before the second, as when a run died between keeping and reading.
    let path = record.folder + "/appliance.db"
    record.store.close()
    try Damage.run("UPDATE fetch SET received_at = received_at - 4 * 86400 WHERE fetch_id = 9", in: path)
    let known = try exported(try record.asOf(WhyStory.after[0]))
    let rows = (known["bar"] ?? "").split(separator: "\n").map { $0.split(separator: ",").prefix(6).joined() }
    #expect(rows.count == Set(rows).count)
  }
}
