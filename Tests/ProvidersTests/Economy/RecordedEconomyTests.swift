import Market
import Support
import Testing

@testable import Providers

/// Recorded answers of FRED, the World Bank and CNN, each read or refused as the notes beside them say.
@Suite(.enabled(if: MarketData.folder != nil, "\(MarketData.missing)")) struct RecordedEconomyTests {
  private static func vintages(_ id: String, from first: String = "1600-01-01") -> Request {
    FREDAddress.observations(of: id, from: day(first), withVintages: true)
  }

  private static func plain(_ id: String) -> Request {
    FREDAddress.observations(of: id, from: day("1600-01-01"), withVintages: false)
  }

  private static func table(_ id: String) -> Request { FREDAddress.table(of: id, from: day("1900-01-01")) }

  private func fred(_ file: String, _ request: Request, status: Int = 200) throws(ReadingError) -> Reading {
    try FRED().read(
      answer((try? recorded("fred/\(file)")) ?? [], status: status, at: "2026-11-01T12:00:00Z"), to: request)
  }

  // MARK: FRED

  @Test(arguments: [
    ("series-observations-GDP.json", plain("GDP"), 315, 4),
    ("series-observations-GDP-all-vintages.json", vintages("GDP"), 3199, nil),
    ("series-observations-GDP-initial-release.json", vintages("GDP"), 132, 0),
    ("series-observations-CPILFESL.json", plain("CPILFESL"), 813, 0),
    ("series-observations-WGS10YR.json", plain("WGS10YR"), 3278, nil),
    ("fredgraph-DGS10-old-header-dots.csv", table("DGS10"), 16203, nil),
    ("fredgraph-DGS10-new-header-empty.csv", table("DGS10"), 16669, nil),
    ("fredgraph-SP500-2016_2026.csv", table("SP500"), 2609, 95),
    ("fredgraph-derived-GDPC1_GDPPOT.csv", table("GDPC1_GDPPOT"), 344, nil),
  ])
  func `values are read, none of them refused`(file: String, request: Request, rows: Int, absent: Int?) throws {
    let reading = try fred(file, request)
    guard case .rows(let facts) = reading.facts.typed else { return #expect(Bool(false)) }
    #expect(facts.count == rows && reading.refusals.isEmpty)
    if let absent { #expect(facts.count { $0.values == [.absent] } == absent) }
  }

  @Test func `a value that was withdrawn and told again keeps all that was said of it`() throws {
    let reading = try fred("series-observations-GDP-all-vintages.json", Self.vintages("GDP"))
    guard case .rows(let facts) = reading.facts.typed else { return #expect(Bool(false)) }
    #expect(facts.prefix(4).map { $0.values[0].number } == [199.7, nil, 210.4, nil])
  }

  @Test func `XML in place of JSON is refused, and an error in it is told by its words`() {
    #expect(
      fault { () throws(ReadingError) in try fred("series-observations-SP500.xml", Self.plain("SP500")) } != nil)
    #expect(
      fault { () throws(ReadingError) in
        try fred("error-400-series-does-not-exist.xml", Self.plain("SP500"), status: 400)
      } == .unknownSymbol("SP500"))
  }

  @Test func `days of releases, and what a series measures, are read; lists of other things are not`() throws {
    let reading = try FRED().read(
      answer(try recorded("fred/release-dates-CPI-id10.json"), at: "2024-11-03T12:00:00Z"),
      to: FREDAddress.releases(of: 10, from: day("2024-10-03")))
    guard case .rows(let rows) = reading.facts.typed else { return #expect(Bool(false)) }
    #expect(rows.filter { $0.values[0] == .whole(1) }.compactMap { $0.key.at?.day } == [day("2024-10-10")])
    for (file, title) in [("series-GDP.json", "Gross Domestic Product"), ("series-CPILFESL.json", nil)] {
      let told = try FRED().description(
        of: "X", in: [(answer(try recorded("fred/\(file)")), FREDAddress.description(of: "X"))])
      #expect(title.map { told.title == $0 } ?? (told.frequency == .monthly))
    }
    for file in [
      "releases.json", "releases-dates-2024.json", "release-10.json", "category-related-empty.json",
      "series-vintagedates-GDP.json",
    ] {
      #expect(fault { () throws(ReadingError) in try fred(file, Self.plain("GDP")) } != nil, "\(file)")
    }
  }

  // MARK: World Bank

  private func bank(_ file: String, _ symbol: String, status: Int = 200) throws(ReadingError) -> Reading {
    guard let symbol = WorldBankSymbol(symbol) else { throw .unknownSymbol(symbol) }
    return try WorldBank().read(
      answer((try? recorded("worldbank/\(file)")) ?? [], status: status, at: "2024-11-03T12:00:00Z"),
      to: WorldBankAddress.values(symbol, years: 1960...2024))
  }

  @Test(arguments: [
    ("GBR-SP.POP.TOTL.json", "GBR:SP.POP.TOTL", 64, "2024-03-28"),
    ("GBR-SP.POP.TOTL.json", "GB:SP.POP.TOTL", 64, "2024-03-28"),
    ("FRA-NY.GDP.MKTP.CD.json", "FRA:NY.GDP.MKTP.CD", 64, "2024-03-28"),
    ("all-CPTOTNSXN.json", "AME:CPTOTNSXN", 37, "2024-01-17"),
  ])
  func `the rows of one country are read, published when the database was`(
    file: String, symbol: String, rows: Int, updated: String
  ) throws {
    let reading = try bank(file, symbol)
    guard case .rows(let facts) = reading.facts.typed else { return #expect(Bool(false)) }
    #expect(facts.count == rows && reading.refusals.isEmpty, "\(facts.count)")
    #expect(facts.allSatisfy { $0.key.parts[1] == .day(day(updated)) })
  }

  @Test func `an indicator that is not there is unknown, though it says so in XML under HTTP 200`() {
    #expect(
      fault { () throws(ReadingError) in try bank("error-indicator-not-found.xml", "USA:NY.NOPE") }
        == .unknownSymbol("USA:NY.NOPE"))
  }

  @Test(arguments: [
    "countries.json", "meta-countries_india-2012.json", "meta-income_levels-2012.json", "meta-regions-2012.json",
    "meta-sources-2012.json", "meta-topics-2012.json",
  ])
  func `lists of other things are refused`(file: String) {
    #expect(fault { () throws(ReadingError) in try bank(file, "USA:NY.GDP.MKTP.CD") } != nil)
  }

  // MARK: CNN

  private func mood(_ file: String, at instant: String) throws(ReadingError) -> Reading {
    try CNN().read(
      answer((try? recorded("cnn/\(file)")) ?? [], at: instant), to: CNNAddress.days(from: day("2021-02-01")))
  }

  @Test func `five years of sessions are read, with nine components`() throws {
    let reading = try mood(
      "graphdata-from-2021-02-01-recorded-2026-05-01.json", at: "2026-05-01T23:05:00Z")
    let index = reading.parts[0]
    let values = index.facts.sentiment
    // Good Friday of 2026 has a point, as some days at the weekends of 2022 had.
    #expect(index.refusals.compactMap { $0.at?.day } == [day("2026-04-03")])
    #expect(
      values.count == Market.Calendar.nyse.sessionCount(in: day("2021-02-01")...day("2026-05-01")), "\(values.count)")
    #expect(values.last == SentimentValue(day: day("2026-05-01"), value: 66.6, classification: "greed"))
    #expect(values.allSatisfy { CNNReading.word(for: $0.value) == $0.classification })
    guard case .rows(let rows) = reading.parts[1].facts.typed else { return #expect(Bool(false)) }
    #expect(Set(rows.compactMap(\.key.text)) == Set(CNNSeries.components))
    let scores = rows.filter { $0.key.parts[2] == .text("score") }
    #expect(scores.count == 9 && scores.allSatisfy { $0.key.at?.day == day("2026-05-01") })
    let vix = FactKey(.day(day("2026-05-01")), .text("market_volatility_vix"), .text("quantity"))
    #expect(rows.first { $0.key == vix }?.values[0].number == 16.99)
  }

  @Test func `during a session the running day is left out, and days without a session are refused`() throws {
    let reading = try mood("graphdata-2022-04-25.json", at: "2022-04-25T16:21:10Z")
    let index = reading.parts[0]
    #expect(index.facts.sentiment.last?.day == day("2022-04-22"))
    #expect(Set(index.refusals.map(\.reason)) == [.wrongTime])
    #expect(index.refusals.compactMap(\.at).allSatisfy { !Market.Calendar.nyse.isOpen(on: $0.day) })
  }

  @Test func `a teapot takes us for a robot`() throws {
    let teapot = answer(try recorded("cnn/error-418-bot.txt"), status: 418)
    let fault = fault { () throws(ReadingError) in
      try CNN().read(teapot, to: CNNAddress.days(from: day("2021-02-01")))
    }
    guard case .blocked = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
    #expect(CNN().profile.verdict(teapot) == .final)
  }

  // MARK: GDELT

  private static let summer = GDELTAddress.timeline(.volume, "california", day("2020-01-01")...day("2020-09-01"))

  @Test func `a timeline is read whole, and without its frame it is none`() throws {
    let points = try recorded("gdelt/timelinevolraw-data-california-2020.json")
    let whole = Array(#"{"timeline":[{"series":"Article Count","data":"#.utf8) + points + Array("}]}".utf8)
    let part = try GDELT().read(answer(whole, at: "2020-09-03T00:00:00Z"), to: Self.summer).parts[0]
    #expect(part.facts.count == 2 * 245 && part.refusals.isEmpty, "\(part.refusals.first?.detail ?? "")")
    #expect(part.covers == span("2020-01-01", "2020-09-01"))
    let bare = fault { () throws(ReadingError) in
      try GDELT().read(answer(points, at: "2020-09-03T00:00:00Z"), to: Self.summer)
    }
    guard case .shapeChanged = bare else { return #expect(Bool(false), "\(String(describing: bare))") }
  }

  @Test(arguments: ["artlist-articles-array-american-samoa-2020.json", "artlist-articles-array-vermont-2020.json"])
  func `a list of articles is no timeline`(file: String) throws {
    let body = try recorded("gdelt/\(file)")
    for text in [body, Array("{\"articles\":".utf8) + body + [UInt8(ascii: "}")]] {
      let found = fault { () throws(ReadingError) in
        try GDELT().read(answer(text, at: "2020-09-03T00:00:00Z"), to: Self.summer)
      }
      #expect(found != nil)
    }
  }
}
