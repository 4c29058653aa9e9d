import Market
import Provenance
import Providers
import Store
import Telling
import Testing

@testable import Reports

/// Sealed reports, and the past, of a record that is told more of the economy later.
@Suite struct EconomySealTests {
  private static let (first, second) = ("2025-09-19T12:30:00Z", "2025-09-19T13:30:00Z")
  private static let midAugust = WhyStory.friday - 35
  private let record: WhyRecord

  init() throws {
    record = try WhyRecord()
    try follow("CPIAUCSL", "Consumer prices")
  }

  private func follow(_ id: String, _ title: String, in units: String = "Index") throws {
    let key = SeriesKey(dataset: .macroObservation, provider: "fred", providerSymbol: id, interval: .day1)
    let series = SeriesDefinition(
      key: key, asset: nil, quoteCurrency: nil, priority: 1,
      macro: MacroSeries(title: title, units: units, frequency: .monthly))
    try record.store.catalogue.add(
      Catalogue(assets: [], funds: [], series: [series]), providers: marketProviders.map(\.profile))
  }

  /// What FRED says without a key.
  private func table(_ id: String) -> (Request, String) {
    (
      Request(
        provider: "fred", path: "/graph/fredgraph.csv", query: [QueryItem("id", id), QueryItem("cosd", "2025-07-01")]),
      "observation_date,\(id)\n2025-07-01,322.132\n2025-08-01,323.364\n"
    )
  }

  /// What it says with one.
  private func vintages(
    _ id: String,
    _ told: [(String, String, String)] = [
      ("2025-07-01", "2025-08-12", "322.132"), ("2025-08-01", "2025-09-11", "323.364"),
    ]
  ) -> (Request, String) {
    let rows = told.map {
      #"{"realtime_start":"\#($0.1)","realtime_end":"9999-12-31","date":"\#($0.0)","value":"\#($0.2)"}"#
    }
    return (
      Request(
        provider: "fred", path: "/fred/series/observations",
        query: [
          QueryItem("series_id", id), QueryItem("observation_start", "2025-07-01"),
          QueryItem("realtime_start", "2025-07-01"), QueryItem("realtime_end", "9999-12-31"),
          QueryItem("file_type", "json"),
        ]),
      #"{"observations":[\#(rows.joined(separator: ","))]}"#
    )
  }

  private func past(_ instant: Instant) throws -> Store {
    try Store.reading(record.folder + "/appliance.db", asOf: instant, measure: .answers)
  }

  private func written(_ day: Day) throws -> String {
    let report = try DailyReport(of: day, from: record.store)
    return try report.sealed(report.document.markdown, from: record.store, maker: "0.1.0 (abc)")
  }

  private func outcome(_ file: String) throws -> SealCheck.Outcome? {
    try SealCheck(of: file, maker: "0.1.0 (abc)") { try $0.map { try past($0) } ?? record.store }?.outcome
  }

  private var prices: [(Request, String)] {
    [Told.klines(from: WhyStory.firstHour, hours: 204), Told.index(through: WhyStory.friday, days: 12)]
  }

  @Test func `once days of publication are told, a fresh report holds and an older one follows`() async throws {
    try await record.run(at: Self.first, prices + [table("CPIAUCSL")])
    let old = try written(WhyStory.friday)
    #expect(old.contains("here since 2025-09-19"))
    #expect(try outcome(old) == .holds)
    try await record.run(at: Self.second, [vintages("CPIAUCSL")])
    // Of the day before the first answer too, which only days of publication tell of.
    let fresh = try written(WhyStory.friday - 1)
    #expect(fresh.contains("published 2025-09-11"))
    #expect(try outcome(fresh) == .holds)
    let check = try #require(try outcome(old))
    #expect([.holds, .outdated].contains(check), "\(check)")
  }

  @Test func `a series that is followed later changes nothing of what an older report vouches for`() async throws {
    try await record.run(at: Self.first, prices + [vintages("CPIAUCSL")])
    let old = try written(WhyStory.friday)
    try follow("PPIACO", "Producer prices")
    try await record.run(at: Self.second, [vintages("PPIACO")])
    #expect(try written(WhyStory.friday).contains("Producer prices"))
    #expect(try outcome(old) == .outdated)
    let then = try DailyReport(of: WhyStory.friday, from: past(Told.instant(Self.first)))
    #expect(!then.document.markdown.contains("Producer prices"))
  }

  @Test func `what came without a key and repeats a vintage is told neither as news nor as a revision`() async throws {
    try await record.run(at: Self.first, prices + [table("CPIAUCSL")])
    let keyless = try record.why(.macro(id: "CPIAUCSL", day: Self.midAugust))
    #expect(keyless.headline == "CPIAUCSL 2025-08-01 value is 323.364 Index")
    #expect(keyless.text(width: nil).contains("here since  2025-09-19"))
    try await record.run(at: Self.second, [vintages("CPIAUCSL")])
    #expect(try record.store.catalogue.series().first { $0.key.holdsEconomics }?.count == 4)
    #expect(try record.store.telling.revisions(ChangeSelection(limit: 9)).revisions.isEmpty)
    #expect(try record.why(.macro(id: "CPIAUCSL", day: Self.midAugust)).text(width: nil).contains("2025-09-11"))
    let absent = try record.why(.macro(id: "CPIAUCSL", day: Self.midAugust + 31))
    #expect(absent.headline.contains("CPIAUCSL 2025-09-01"), "\(absent.headline)")
    #expect(absent.text(width: nil).contains("nothing of it was published yet, as far as this file was told"))
    let before = try Store.reading(
      record.folder + "/appliance.db", asOf: WhyStory.friday.start, measure: .publicationAlone)
    #expect(try before.catalogue.series().first { $0.key.holdsEconomics }?.count == 2)
    #expect(try before.telling.economicsUnknownThen().isEmpty)
    // The day before August's was published, long before this file was told of any.
    let early = try Store.reading(
      record.folder + "/appliance.db", asOf: Told.instant("2025-09-10T12:00:00Z"), measure: .publicationAlone)
    let unpublished = try record.why(.macro(id: "CPIAUCSL", day: Self.midAugust), in: early)
    #expect(unpublished.isAbsent && unpublished.text(width: nil).contains("it was published first on 2025-09-11"))
    #expect(try record.why(.macro(id: "CPIAUCSL", day: Self.midAugust - 31), in: early).headline.contains("322.132"))
  }

  @Test(arguments: [("Percent", "4.2 became 4.35 (+0.15 points)"), ("Index", "4.2 became 4.35 (+3.57 %)")])
  func `a revision of what is in per cent is told in points`(units: String, words: String) async throws {
    try follow("UNRATE", "Unemployment", in: units)
    let told = [("2025-08-01", "2025-09-05", "4.2"), ("2025-08-01", "2025-09-11", "4.35")]
    try await record.run(at: Self.first, prices + [vintages("UNRATE", told)])
    let text = try ChangeList(ChangeSelection(limit: 9), from: record.store).text(width: nil)
    #expect(text.contains(words), "\(text)")
  }

  @Test func `what is known from an answer only cannot be told of before it`() async throws {
    try await record.run(at: Self.first, prices + [table("CPIAUCSL")])
    let before = try Store.reading(
      record.folder + "/appliance.db", asOf: WhyStory.friday.start, measure: .publicationAlone)
    #expect(try before.telling.economicsUnknownThen() == ["CPIAUCSL"])
    let why = try record.why(.macro(id: "CPIAUCSL", day: Self.midAugust), in: before)
    #expect(why.isAbsent && why.text(width: nil).contains("this file was told of it first on 2025-09-19"))
    #expect(try record.store.telling.economicsUnknownThen().isEmpty)
  }
}
