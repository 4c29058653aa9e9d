import Market
import Providers
import Testing
import seeds

@testable import Pipeline
@testable import Store

@Suite struct EventsTests {
  private let folder: TemporaryFolder
  private let store: Store
  private let office: StatisticsOffice

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.writing(folder.file("appliance.db"), command: "test")
    office = try StatisticsOffice(store)
    office.change {
      $0.events = [
        .init(title: "Retail Sales m/m", date: "2024-09-24T08:30:00-04:00", previous: "0.3%"),
        .init(title: "Chair Speaks", date: "2024-09-24T10:00:00-04:00", impact: "Medium"),
        .init(title: "Chair Speaks", date: "2024-09-27T10:00:00-04:00", impact: "Medium"),
        .init(title: "Currency Report", date: "", impact: "Low"),
      ]
    }
  }

  private func events(_ columns: String, _ store: Store? = nil) throws -> [String] {
    try (store ?? self.store).rows("SELECT \(columns) FROM market_event ORDER BY event_id")
  }

  @Test func `a week is stored once, and asked every six hours`() async throws {
    let report = try await office.run(at: "2024-09-22T12:00:00Z")
    #expect(report.outcome == .done)
    #expect(report.counts.new == 4)
    #expect(office.takeAsked().map(\.path) == ["/ff_calendar_thisweek.json"])
    #expect(
      try events("title, at, day, week, source, is_withdrawn") == [
        "Chair Speaks|2024-09-24T14:00:00Z|2024-09-24|2024-09-22|calendar|0",
        "Chair Speaks|2024-09-27T14:00:00Z|2024-09-27|2024-09-22|calendar|0",
        "Currency Report|∅|∅|2024-09-22|calendar|0",
        "Retail Sales m/m|2024-09-24T12:30:00Z|2024-09-24|2024-09-22|calendar|0",
      ])
    let early = try await office.run(at: "2024-09-22T17:59:00Z")
    #expect(office.takeAsked() == [])
    #expect(early.notDue == 1)
    let again = try await office.run(at: "2024-09-22T18:00:00Z")
    #expect((again.counts.new, again.counts.changed, again.counts.unchanged) == (0, 0, 4))
    _ = office.takeAsked()
    try await office.run(at: "2024-09-22T18:01:00Z") { $0.isForced = true }
    #expect(office.takeAsked().count == 1)
  }

  @Test func `an event that is moved is one event, and what is expected of it arrives`() async throws {
    try await office.run(at: "2024-09-22T12:00:00Z")
    office.change {
      $0.events[0].date = "2024-09-25T08:30:00-04:00"
      $0.events[0].forecast = "0.2%"
    }
    let report = try await office.run(at: "2024-09-23T12:00:00Z")
    #expect((report.counts.new, report.counts.changed) == (0, 1))
    #expect(
      try store.rows("SELECT day, forecast, forecast_value, unit FROM market_event WHERE title = 'Retail Sales m/m'")
        == ["2024-09-25|0.2%|0.2|%"])
    #expect(try store.rows("SELECT day, forecast FROM event_item_restatement") == ["2024-09-24|∅"])
  }

  @Test func `what is left out before its time is withdrawn, and may come back`() async throws {
    try await office.run(at: "2024-09-23T12:00:00Z")
    let all = try await whole()
    office.change { $0.events.removeAll { $0.title != "Retail Sales m/m" } }
    let report = try await office.run(at: "2024-09-24T18:00:00Z")
    // The first speech was held, the second and the report are still to come.
    #expect(report.counts.changed == 2)
    #expect(try events("is_withdrawn") == ["0", "1", "1", "0"])
    #expect(try store.rows("SELECT count(*) FROM event_item_restatement") == ["2"])
    office.change { $0.events = all }
    let back = try await office.run(at: "2024-09-25T06:00:00Z")
    #expect(back.counts.changed == 2)
    #expect(try events("is_withdrawn") == ["0", "0", "0", "0"])
    #expect(
      try store.rows("SELECT is_withdrawn FROM event_item_restatement ORDER BY restatement_id") == ["0", "0", "1", "1"])
  }

  private func whole() async throws -> [StatisticsOffice.Event] {
    var events: [StatisticsOffice.Event] = []
    office.change { events = $0.events }
    return events
  }

  @Test func `an answer in which a row could not be read withdraws nothing, nor does one of another week`() async throws
  {
    try await office.run(at: "2024-09-23T12:00:00Z")
    office.change {
      $0.events.removeLast(2)
      $0.events.append(.init(title: "Odd", date: "soon"))
    }
    let refused = try await office.run(at: "2024-09-24T06:00:00Z")
    #expect((refused.counts.changed, refused.counts.refused) == (0, 1))
    office.change { $0.events = [.init(title: "Next", date: "2024-09-30T10:00:00-04:00")] }
    let next = try await office.run(at: "2024-09-24T12:00:00Z")
    #expect((next.counts.new, next.counts.changed) == (1, 0))
    #expect(try store.rows("SELECT count(*) FROM market_event WHERE is_withdrawn = 1") == ["0"])
  }

  @Test func `a page in place of the calendar fails the step and loses nothing`() async throws {
    try await office.run(at: "2024-09-23T12:00:00Z")
    office.change { $0.fault = (200, "<html><body>Denied</body></html>") }
    let report = try await office.run(at: "2024-09-23T18:00:00Z")
    let step = try #require(report.steps.first { $0.name == .events })
    #expect((step.outcome, step.reason) == (.failed, .blocked))
    office.change { $0.fault = (429, "<html>Too many requests</html>") }
    let throttled = try await office.run(at: "2024-09-23T18:10:00Z")
    #expect(throttled.steps.first { $0.name == .events }?.reason == .throttled)
    #expect(try events("title").count == 4)
  }

  @Test func `the past knows the days and the numbers of then`() async throws {
    try await office.run(at: "2024-09-22T12:00:00Z")
    let before = try events("event_id, title, day, forecast, is_withdrawn")
    office.change {
      $0.events[0] = .init(title: "Retail Sales m/m", date: "2024-09-25T08:30:00-04:00", forecast: "0.2%")
      $0.events.remove(at: 2)
      $0.events.append(.init(title: "Added", date: "2024-09-26T10:00:00-04:00"))
    }
    try await office.run(at: "2024-09-23T12:00:00Z")
    let after = try events("event_id, title, day, forecast, is_withdrawn")
    #expect(before.count == 4 && after.count == 5)
    store.close()
    let past = try Store.reading(folder.file("appliance.db"), asOf: Instant("2024-09-23T11:00:00Z")!)
    #expect(try events("event_id, title, day, forecast, is_withdrawn", past) == before)
    let now = try Store.reading(folder.file("appliance.db"), asOf: Instant("2024-09-24T11:00:00Z")!)
    #expect(try events("event_id, title, day, forecast, is_withdrawn", now) == after)
  }

  @Test func `a rebuild makes the same events with the same numbers`() async throws {
    try await office.run(at: "2024-09-22T12:00:00Z")
    office.change {
      $0.events[0].date = "2024-09-25T08:30:00-04:00"
      $0.events.removeLast()
    }
    try await office.run(at: "2024-09-23T12:00:00Z")
    office.change { $0.events.append(.init(title: "A new one", date: "2024-09-26T10:00:00-04:00")) }
    try await office.run(at: "2024-09-24T12:00:00Z")
    let rebuilt = try Rebuilt(store, providers: [WeekCalendar(), FRED()])
    #expect(rebuilt.faults == [])
    for table in ["event_item", "event_item_restatement", "event_number", "market_event"] {
      #expect(try rebuilt.store.rows("SELECT * FROM \(table)") == store.rows("SELECT * FROM \(table)"), "\(table)")
    }
    try store.tamper("UPDATE event_item SET forecast = '9%' WHERE title = 'A new one'")
    #expect(
      try Rebuilt(store, providers: [WeekCalendar(), FRED()]).differences.shown.map(\.table) == ["event_item"])
  }
}
