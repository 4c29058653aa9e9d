import Market
import Reports
import Store
import Testing

@Suite struct WriteSummariesTests {
  @Test func `the summaries of all days are written once, and the second time nothing changes`() async throws {
    let record = try await Record.ofThreeDays()
    let now = instant("2025-09-19T22:30Z")
    let first = try writeSummaries(in: record.store, now: now)
    let second = try writeSummaries(in: record.store, now: now)
    // Twelve days of BTC, three of ETH, and the market of twelve days.
    #expect(first == StepCounts(new: 27))
    #expect(second == StepCounts())
  }

  @Test func `what was stored or decided since is looked at, and told to be the same where it is`() async throws {
    let record = try await Record.ofThreeDays()
    let now = instant("2025-09-19T22:30Z")
    _ = try writeSummaries(in: record.store, now: now)
    try record.store.setMeta("universe_edition", "another")
    #expect(try writeSummaries(in: record.store, now: now) == StepCounts(unchanged: 27))
    #expect(try writeSummaries(in: record.store, now: now) == StepCounts())
  }

  @Test func `that nothing was to be done is nothing that a backup must hold`() async throws {
    let record = try await Record.ofThreeDays()
    _ = try writeSummaries(in: record.store, now: instant("2025-09-19T22:30Z"))
    let mark = try record.store.changeMark()
    try record.store.setMeta(Store.summarisedNote, "something else")
    #expect(try record.store.changeMark() == mark)
    try record.store.setMeta("another", "note")
    #expect(try record.store.changeMark() != mark)
  }

  @Test func `what is stored is what the maker says, with its facts as JSON`() async throws {
    let record = try await Record.ofThreeDays()
    let now = instant("2025-09-19T22:30Z")
    _ = try writeSummaries(in: record.store, now: now)
    let stored = try record.store.summaries.all(of: day("2025-09-19"))
    #expect(stored == (try SummaryMaker().summaries(of: day("2025-09-19"), store: record.store, now: now)))
    #expect(stored.map(\.asset) == [nil, "BTC", "ETH"])
    #expect(stored.allSatisfy { $0.maker == "rule-1" && $0.facts.hasPrefix(#"{"day":"2025-09-19","#) })
  }

  @Test func `when a day is over, only its summaries change`() async throws {
    let record = try await Record.ofThreeDays()
    _ = try writeSummaries(in: record.store, now: instant("2025-09-19T22:30Z"))
    let counts = try writeSummaries(in: record.store, now: instant("2025-09-20T00:30Z"))
    #expect(counts == StepCounts(changed: 3, unchanged: 24))
  }

  @Test func `days more than thirty days back are left alone`() async throws {
    let record = try await Record.ofThreeDays()
    // The first day within reach is 18 September.
    let counts = try writeSummaries(in: record.store, now: instant("2025-10-17T12:00Z"))
    #expect(counts == StepCounts(new: 6))
  }

  @Test func `a day without prices has no summaries`() async throws {
    let record = try await Record.ofThreeDays()
    let now = instant("2025-09-19T22:30Z")
    #expect(try SummaryMaker().summaries(of: day("2025-09-20"), store: record.store, now: now).isEmpty)
  }
}
